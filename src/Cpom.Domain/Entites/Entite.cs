using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Acts;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Entites.EntiteState;

namespace Cpom.Domain.Entites;

/// <summary>A legal entity (FINESS EJ): the one that can sign, and the ledger of the money notified to it.</summary>
public sealed class Entite : IDecider<EntiteState, EntiteCommand, EntiteEvent>
{
    private Entite() { }

    public static string Category => "entite";

    public static EntiteState Initial { get; } = new Waiting([]);

    public static Decision<EntiteEvent> Decide(EntiteState state, EntiteCommand command) => (state, command) switch
    {
        (_, _) when EntiteDroits.Check(state, command) is { } refusal => refusal,
        (Waiting s, Register c) => Decide(s, c),
        (Waiting s, StateFinancements c) => Decide(s, c),
        (Waiting s, ReceiveForwarded c) => Decide(s, c.Statement),
        (Waiting, RequireContrat) => Refuse.EntiteUnknown(),
        (Waiting, NoteContratInForce or NoteContratTerminated) => Decision<EntiteEvent>.NothingToDo,
        (Waiting, DeclareHorsContrat or WithdrawHorsContrat or RecordAutreContrat or EndAutreContrat or ConcludeClinicien or SetNiveau) => Refuse.EntiteUnknown(),
        (Waiting { Held.IsEmpty: false }, ForwardHeld c) => new FinancementsForwarded(c.AsOf, c.To),
        (_, ForwardHeld) => Decision<EntiteEvent>.NothingToDo,
        (Known s, Register c) => Decide(s, c),
        (Known s, StateFinancements c) => Decide(s, c),
        (Known s, ReceiveForwarded c) => Decide(s, c),
        (Known s, RequireContrat c) => Decide(s, c),
        (Known s, NoteContratInForce c) => Decide(s, c),
        (Known s, NoteContratTerminated c) => HorsContratRules.Note(s, c),
        (Known s, DeclareHorsContrat c) => HorsContratRules.Declare(s, c),
        (Known s, WithdrawHorsContrat c) => HorsContratRules.Withdraw(s, c),
        (Known s, RecordAutreContrat c) => AutreContratRules.Record(s, c),
        (Known s, EndAutreContrat c) => AutreContratRules.End(s, c),
        (Known s, ConcludeClinicien c) => AutreContratRules.Conclude(s, c),
        (Known s, SetNiveau c) => NiveauRules.Set(s, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static EntiteState Evolve(EntiteState state, EntiteEvent recorded) => (state, recorded) switch
    {
        (Waiting s, FinancementsHeld e) => s with { Held = s.Held.Add(e.Statement) },
        (Waiting s, FinancementsForwarded) => s with { Held = [] },
        (Waiting, EntiteRegistered e) => new Known(e.Finess, e.Identite, null, Registre.Empty, null, ImmutableDictionary<string, DateOnly>.Empty),
        (Known s, EntiteIdentiteChanged e) => s with { Identite = e.Identite },
        (Known s, EntiteClosed e) => s with { ClosedOn = e.ValidOn },
        (Known s, EntiteReopened) => s with { ClosedOn = null },
        (Known s, ContratRequired e) => s with { RequiredBy = e.Rule },
        (Known s, ContratRequirementMet e) => s with { RequiredBy = null, ContratsInForce = s.ContratsInForce.SetItem(e.Contrat, e.DateFin), HorsContrat = null },
        (Known s, ContratLeftForce e) => s with { ContratsInForce = s.ContratsInForce.SetItem(e.Contrat, Days.Before(e.ValidOn)) },
        (Known s, HorsContratDeclared e) => s with { RequiredBy = null, HorsContrat = new(e.ValidOn, e.Motif) },
        (Known s, HorsContratWithdrawn) => s with { HorsContrat = null },
        (Known s, AutreContratRecorded or AutreContratEnded or ClinicienConcluded) => s with { Autres = AutresContrats.Evolve(s.Autres, recorded) },
        (Known s, EntiteNiveauSet e) => s with { Niveau = new(e.Niveau, e.Motif, e.ValidOn, e.Revision) },
        (Known s, ILigneFact e) => s with { Registre = s.Registre.Apply(e) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    private static Decision<EntiteEvent> Decide(Waiting entite, Register command)
    {
        if (!Finess.IsValid(command.Finess))
        {
            return Refuse.FinessInvalid(command.Finess);
        }

        if (CheckTextes(command.Identite) is { } tooLong)
        {
            return tooLong;
        }

        var registered = new EntiteRegistered(command.ValidOn, command.Finess, command.Identite);
        var events = new List<EntiteEvent> { registered };
        var known = (Known)Evolve(entite, registered);
        foreach (var held in entite.Held)
        {
            var changes = Changes(known, held).ToList();
            events.AddRange(changes);
            known = (Known)changes.Aggregate<EntiteEvent, EntiteState>(known, Evolve);
        }

        if (command.ClosedOn is { } closed)
        {
            events.Add(new EntiteClosed(closed));
        }

        return events;
    }

    private static Decision<EntiteEvent> Decide(Waiting entite, StateFinancements command)
    {
        if (Check(command) is { } refusal)
        {
            return refusal;
        }

        if (!OnceKnown(entite).Compare(command.Lignes, command.AsOf).Any())
        {
            return Decision<EntiteEvent>.NothingToDo;
        }

        return entite.Held.Sum(h => h.Lignes.Count) + command.Lignes.Count > Limits.EntiteLignesHeldMax
            ? Refuse.TooManyHeld(command.Finess)
            : new FinancementsHeld(command.AsOf, command);
    }

    /// <summary>The ledger as what waits would make it: a statement that changes nothing of that need not wait.</summary>
    private static Registre OnceKnown(Waiting entite) => entite.Held.Aggregate(
        Registre.Empty,
        (registre, held) => registre.Compare(held.Lignes, held.AsOf).Aggregate(registre, (at, change) => at.Apply(change)));

    private static Refusal? CheckTextes(EntiteIdentite identite) => Textes.Check(
        "",
        ("Nom de l'entité", identite.Nom, Limits.NomLengthMax),
        ("Statut juridique", identite.Statut, Limits.ReferenceLengthMax),
        ("SIREN", identite.Siren, Limits.ReferenceLengthMax),
        ("Commune", identite.Commune, Limits.ReferenceLengthMax),
        ("Département", identite.Departement, Limits.ReferenceLengthMax));

    private static Decision<EntiteEvent> Decide(Known entite, Register command)
    {
        if (CheckTextes(command.Identite) is { } tooLong)
        {
            return tooLong;
        }

        var events = new List<EntiteEvent>();
        if (command.Identite != entite.Identite)
        {
            events.Add(new EntiteIdentiteChanged(command.AsOf, command.Identite));
        }

        if (command.ClosedOn is { } closed && entite.ClosedOn != closed && !(entite.ClosedOn is not null && closed == command.AsOf))
        {
            events.Add(new EntiteClosed(closed));
        }
        else if (command.ClosedOn is null && entite.ClosedOn is not null)
        {
            events.Add(new EntiteReopened(command.AsOf));
        }

        return events;
    }

    private static Decision<EntiteEvent> Decide(Known entite, StateFinancements command) =>
        Check(command) is { } refusal ? refusal : Changes(entite, command).ToList();

    private static Decision<EntiteEvent> Decide(Known entite, ReceiveForwarded command)
    {
        if (Check(command.Statement) is { } refusal)
        {
            return refusal;
        }

        var news = command.Statement.Lignes.GroupBy(l => l.Last.Id).Where(g => !entite.Registre.HasSeen(g.Last().Last)).SelectMany(g => g).ToValueList();
        return news.Count == 0 ? Decision<EntiteEvent>.NothingToDo : Decide(entite, command.Statement with { Lignes = news });
    }

    private static Decision<EntiteEvent> Decide(Known entite, RequireContrat command) =>
        entite.ClosedOn is not null || entite.RequiredBy is not null || entite.HorsContrat is not null || entite.ContratsInForce.Values.Any(dateFin => dateFin >= command.AsOf)
            ? Decision<EntiteEvent>.NothingToDo
            : new ContratRequired(command.AsOf, command.Rule, command.Reason);

    private static Decision<EntiteEvent> Decide(Known entite, NoteContratInForce command) =>
        entite.ContratsInForce.ContainsKey(command.Contrat)
            ? Decision<EntiteEvent>.NothingToDo
            : new ContratRequirementMet(command.ValidOn, command.Contrat, command.DateFin);

    private static Refusal? Check(StateFinancements command)
    {
        if (command.Lignes.Count is 0 or > Limits.EntiteLignesHeldMax)
        {
            return Refuse.TooManyLignes(command.Finess, command.Lignes.Count);
        }

        if (command.Lignes.Any(l => l.Etats.Count == 0))
        {
            return Refuse.TooManyLignes(command.Finess, 0);
        }

        if (command.Lignes.Select(LigneTextes.Check).FirstOrDefault(r => r is not null) is { } tooLong)
        {
            return tooLong;
        }

        return command.Lignes.SelectMany(l => l.Etats).FirstOrDefault(e => e.Ligne is not Ligne.Financement) is { } misplaced
            ? Refuse.LigneMisplaced(misplaced.Ligne.Id)
            : null;
    }

    private static IEnumerable<EntiteEvent> Changes(Known entite, StateFinancements command) =>
        entite.Registre.Compare(command.Lignes, command.AsOf).Select(EventOf);

    private static EntiteEvent EventOf(LigneChange c) => (c.Before, c.After) switch
    {
        (null, { } after) => new FinancementNotified(c.ValidOn, c.LigneId, c.Revision, after, c.Cause),
        ({ } before, { } after) => new FinancementCorrected(c.ValidOn, c.LigneId, c.Revision, before, after, c.Cause),
        ({ } before, null) => new FinancementCancelled(c.ValidOn, c.LigneId, c.Revision, before, c.Cause),
        _ => throw new UnreachableException("A change that changes nothing."),
    };
}
