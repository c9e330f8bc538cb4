using System.Collections.Immutable;
using System.Diagnostics;
using static Cpom.Domain.Ghts.GhtCommand;
using static Cpom.Domain.Ghts.GhtEvent;

namespace Cpom.Domain.Ghts;

/// <summary>
/// A hospital group of a territory. It has no legal personality and never signs, unless it was given one (L-06); under the regime of 2025 its
/// members may ask for one contrat of all (L-05). Who may is in GhtDroits.cs, the request and what goes with it in ContratUniqueRules.cs.
/// </summary>
public sealed partial class Ght : IDecider<GhtState, GhtCommand, GhtEvent>
{
    private Ght() { }

    public static string Category => "ght";

    public static GhtState Initial { get; } = new(null, ImmutableSortedDictionary.Create<string, GhtRole>(StringComparer.Ordinal));

    public static Decision<GhtEvent> Decide(GhtState state, GhtCommand command) => (state, command) switch
    {
        (_, _) when GhtDroits.Check(state, command) is { } refusal => refusal,
        (_, State c) => Decide(state, c),
        (_, PassJour c) => Pass(state, c),
        ({ Nom: null }, _) => Refuse.GhtUnknown(),
        (_, AskContratUnique c) => ContratUniqueRules.Ask(state, c),
        (_, AnswerContratUnique c) => ContratUniqueRules.Answer(state, c),
        (_, RecordAvis c) => ContratUniqueRules.Record(state, c),
        (_, AcquirePersonnalite c) => ContratUniqueRules.Acquire(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static GhtState Evolve(GhtState state, GhtEvent recorded) => recorded switch
    {
        GhtRegistered e => state with { Nom = e.Nom, Code = e.Code },
        GhtRenamed e => state with { Nom = e.Nom },
        MembreJoined e => state with { Membres = state.Membres.SetItem(e.Entite, e.Role) },
        MembreLeft e => state with { Membres = state.Membres.Remove(e.Entite) },
        PersonnaliteAcquired e => state with { Personnalite = new(e.Entite, e.Forme, e.Deliberations, e.ValidOn) },
        _ => state with { Unique = Evolve(state.Unique ?? ContratUnique.None, recorded) },
    };

    private static ContratUnique Evolve(ContratUnique unique, GhtEvent recorded) => recorded switch
    {
        DemandeMade e when unique.Answer is { Granted: false } => Evolve(unique.Next(), e),
        DemandeMade e => unique with { Parts = unique.Parts.SetItem(e.Entite, new(e.Directeur, e.Deliberation, e.ValidOn)) },
        DemandeReceived e => unique with { Recue = new(e.ValidOn, null), Rappels = Echeances.Rappels.From(e.ValidOn) },
        DemandeAnswered e => unique with { Recue = (unique.Recue ?? new(e.ValidOn, null)) with { Answer = new(e.ValidOn, e.Granted, e.Reason, Tacit: false) } },
        DemandeRefusedTacitly e => unique with { Recue = (unique.Recue ?? new(e.ValidOn, null)) with { Answer = new(e.ValidOn, Granted: false, null, Tacit: true) } },
        GhtAvisRecorded e => unique with { Avis = [.. unique.Avis.Where(a => a.Instance != e.Avis.Instance), e.Avis] },
        GhtEcheanceReached e => unique with { Rappels = (unique.Rappels ?? Echeances.Rappels.From(e.ValidOn)).Note(e.Kind, e.Numero, e.Stade, e.DueOn) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<GhtEvent> Decide(GhtState ght, State command)
    {
        if (command.Membres.FirstOrDefault(m => !Finess.IsValid(m.Entite)) is { } wrong)
        {
            return Refuse.FinessInvalid(wrong.Entite);
        }

        if ((Textes.CheckCle("", "Code du GHT", command.Code, Limits.CleLengthMax) ?? Textes.Check("", ("Nom du GHT", command.Nom, Limits.NomLengthMax))) is { } unfit)
        {
            return unfit;
        }

        // Members present when the group is first seen joined with it; later ones joined on the day of the snapshot.
        var joinedOn = ght.Nom is null ? command.ValidOn : command.AsOf;
        var events = new List<GhtEvent>();
        if (ght.Nom is null)
        {
            events.Add(new GhtRegistered(command.ValidOn, command.Code, command.Nom));
        }
        else if (ght.Nom != command.Nom)
        {
            events.Add(new GhtRenamed(command.AsOf, command.Nom));
        }

        // An entité named twice, as member and as support, is the support.
        var stated = command.Membres.GroupBy(m => m.Entite).ToDictionary(g => g.Key, g => g.Max(m => m.Role));
        events.AddRange(ght.Membres.Keys.Where(m => command.Whole && !stated.ContainsKey(m)).Select(m => new MembreLeft(command.AsOf, m)));
        events.AddRange(command.Membres.Select(m => m.Entite).Distinct()
            .Where(m => !ght.Membres.TryGetValue(m, out var role) || role != stated[m])
            .Select(m => new MembreJoined(joinedOn, m, stated[m])));
        events.AddRange(ContratUniqueRules.Received(events.Aggregate(ght, Evolve), command.AsOf)); // Those who are left may all have asked.
        return events;
    }
}
