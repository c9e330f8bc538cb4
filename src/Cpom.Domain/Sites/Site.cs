using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Acts;
using static Cpom.Domain.Sites.SiteCommand;
using static Cpom.Domain.Sites.SiteEvent;
using static Cpom.Domain.Sites.SiteState;

namespace Cpom.Domain.Sites;

/// <summary>A geographic site (FINESS ET): who operates it over time, and what it is authorised and recognised to do.</summary>
public sealed class Site : IDecider<SiteState, SiteCommand, SiteEvent>
{
    private Site() { }

    public static string Category => "site";

    public static SiteState Initial { get; } = new Waiting(null, [], 0, ImmutableDictionary<string, Registre>.Empty);

    public static Decision<SiteEvent> Decide(SiteState state, SiteCommand command) => (state, command) switch
    {
        (Waiting s, Register c) => Decide(s, c),
        (Waiting s, Declare c) => Decide(s, c),
        (Waiting s, ConfirmEntite c) => Decide(s, c),
        (Waiting s, StateLignes c) => Decide(s, c),
        (Waiting s, CloseMissing c) => Decide(s, c),
        (Known s, Register c) => Decide(s, c),
        (Known, Declare) => Decision<SiteEvent>.NothingToDo,
        (Known, ConfirmEntite) => Decision<SiteEvent>.NothingToDo,
        (Known s, StateLignes c) => Decide(s, c),
        (Known s, CloseMissing c) => Missing(s, c.Volet, c.Stated.ToHashSet(), c.AsOf, c.Absence).ToList(),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static SiteState Evolve(SiteState state, SiteEvent recorded) => (state, recorded) switch
    {
        (Waiting s, SiteDeclared e) => s with { Declared = e },
        (Waiting s, LignesHeld e) => Hold(s, e.Statement),
        (Waiting, SiteRegistered e) => new Known(e.Finess, e.Entite, e.Identite, null, Registre.Empty),
        (Known s, SiteIdentiteChanged e) => s with { Identite = e.Identite },
        (Known s, SiteTransferred e) => s with { Entite = e.To },
        (Known s, SiteClosed e) => s with { ClosedOn = e.ValidOn },
        (Known s, SiteReopened) => s with { ClosedOn = null },
        (Known, LignesRefused) => state,
        (Known s, ILigneFact e) => s with { Registre = s.Registre.Apply(e) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    private static Decision<SiteEvent> Decide(Waiting site, Register command)
    {
        if (!Finess.IsValid(command.Finess) || !Finess.IsValid(command.Entite))
        {
            return Refuse.FinessInvalid(Finess.IsValid(command.Finess) ? command.Entite : command.Finess);
        }

        if (CheckTextes(command.Identite) is { } tooLong)
        {
            return tooLong;
        }

        var events = Admit(site, new(command.ValidOn, command.Finess, command.Entite, command.Identite));
        if (command.ClosedOn is { } closed)
        {
            events.Add(new SiteClosed(closed));
        }

        return events;
    }

    private static Decision<SiteEvent> Decide(Waiting site, Declare command)
    {
        if (!Finess.IsValid(command.Finess) || !Finess.IsValid(command.Entite))
        {
            return Refuse.FinessInvalid(Finess.IsValid(command.Finess) ? command.Entite : command.Finess);
        }

        if (CheckTextes(new(command.Nom, null, null, null)) is { } tooLong)
        {
            return tooLong;
        }

        return site.Declared is null
            ? new SiteDeclared(command.ValidOn, command.Finess, command.Entite, command.Nom)
            : Decision<SiteEvent>.NothingToDo;
    }

    /// <summary>A declared site is admitted on the strength of its entity; one declared elsewhere stays where it is.</summary>
    private static Decision<SiteEvent> Decide(Waiting site, ConfirmEntite command) =>
        site.Declared is { } declared && declared.Entite == command.Entite
            ? Admit(site, new(declared.ValidOn, declared.Finess, declared.Entite, new(declared.Nom, null, null, Finess.DepartementOf(declared.Finess))))
            : Decision<SiteEvent>.NothingToDo;

    /// <summary>Becoming known applies, in order, what waited under the site's entity, and refuses what waited under another.</summary>
    private static List<SiteEvent> Admit(Waiting site, SiteRegistered registered)
    {
        var events = new List<SiteEvent> { registered };
        var known = (Known)Evolve(site, registered);
        foreach (var held in site.Held.Where(h => h.Entite == known.Entite))
        {
            var changes = Changes(known, held).ToList();
            events.AddRange(changes);
            known = (Known)changes.Aggregate<SiteEvent, SiteState>(known, Evolve);
        }

        events.AddRange(Refused(site, registered));
        return events;
    }

    private static IEnumerable<LignesRefused> Refused(Waiting site, SiteRegistered registered) =>
        from held in site.Held
        where held.Entite != registered.Entite
        from ligne in held.Lignes
        group new LigneRefusee(ligne.Last.Id, ligne.Cause) by held.Entite into refused
        select new LignesRefused(registered.ValidOn, registered.Entite, refused.Key, refused.ToValueList());

    private static Decision<SiteEvent> Decide(Waiting site, StateLignes command)
    {
        if (Check(command) is { } refusal)
        {
            return refusal;
        }

        var known = OnceKnown(site, command);
        if (!Changes(known, command).Any())
        {
            return Decision<SiteEvent>.NothingToDo;
        }

        return Count(site, command) > Limits.SiteLignesHeldMax
            ? Refuse.TooManyHeld(command.Finess)
            : new LignesHeld(command.AsOf, Standing(known, command));
    }

    /// <summary>A snapshot that stands for what waited before it says also what those told and it leaves unsaid.</summary>
    private static StateLignes Standing(Known known, StateLignes command) =>
        command.Complete ? command with { Lignes = command.Lignes.Select(known.Registre.Complete).ToValueList() } : command;

    /// <summary>The volet as what waits would make it: a statement that changes nothing of that need not wait.</summary>
    private static Known OnceKnown(Waiting site, StateLignes command) => new(
        command.Finess, command.Entite, new(command.Finess, null, null, null), null, site.Registres.GetValueOrDefault(Waiting.KeyOf(command), Registre.Empty));

    /// <summary>A snapshot stands for what waited of its volet before it, in the fold as in the list.</summary>
    private static Waiting Hold(Waiting site, StateLignes stated)
    {
        // By the changes themselves: replaying makes no event, and cannot refuse a volet.
        var start = stated.Complete ? Registre.Empty : OnceKnown(site, stated).Registre;
        var folded = start.Compare(stated.Lignes, stated.AsOf).Aggregate(start, (registre, change) => registre.Apply(change));
        return site with { Held = Hold(site.Held, stated), Lignes = Count(site, stated), Registres = site.Registres.SetItem(Waiting.KeyOf(stated), folded) };
    }

    /// <summary>The lines that wait once a statement has come; counted anew only where it stands for others.</summary>
    private static int Count(Waiting site, StateLignes stated) =>
        stated.Complete ? Hold(site.Held, stated).Sum(h => h.Lignes.Count) : site.Lignes + stated.Lignes.Count;

    /// <summary>Of what waits, the lines that the snapshot still has go on waiting; they stand for all that waited of the volet.</summary>
    private static Decision<SiteEvent> Decide(Waiting site, CloseMissing command) => site.Held
        .Where(h => h.Volet == command.Volet)
        .GroupBy(h => h.Entite)
        .Where(held => held.SelectMany(h => h.Lignes).Any(l => !command.Stated.Contains(l.Last.Id)))
        .Select(held => new StateLignes(
            held.First().Finess, held.Key, command.Volet, Complete: true, command.AsOf,
            held.SelectMany(h => h.Lignes).Where(l => command.Stated.Contains(l.Last.Id)).ToValueList(),
            command.Absence))
        .Select(remaining => (SiteEvent)new LignesHeld(command.AsOf, remaining))
        .ToList();

    /// <summary>A later snapshot of a volet stands for the earlier ones.</summary>
    private static ImmutableList<StateLignes> Hold(ImmutableList<StateLignes> held, StateLignes stated) =>
        (stated.Complete ? held.RemoveAll(h => h.Volet == stated.Volet && h.Entite == stated.Entite) : held).Add(stated);

    private static Refusal? CheckTextes(SiteIdentite identite) => Textes.Check(
        "",
        ("Nom du site", identite.Nom, Limits.NomLengthMax),
        ("Catégorie", identite.Categorie, Limits.ReferenceLengthMax),
        ("Commune", identite.Commune, Limits.ReferenceLengthMax),
        ("Département", identite.Departement, Limits.ReferenceLengthMax));

    private static Decision<SiteEvent> Decide(Known site, Register command)
    {
        if (CheckTextes(command.Identite) is { } tooLong)
        {
            return tooLong;
        }

        var events = new List<SiteEvent>();
        if (command.Entite != site.Entite)
        {
            events.Add(new SiteTransferred(command.AsOf, site.Finess, site.Entite, command.Entite));
        }

        if (command.Identite != site.Identite)
        {
            events.Add(new SiteIdentiteChanged(command.AsOf, command.Identite));
        }

        if (command.ClosedOn is { } closed && site.ClosedOn != closed && !(site.ClosedOn is not null && closed == command.AsOf))
        {
            events.Add(new SiteClosed(closed));
        }
        else if (command.ClosedOn is null && site.ClosedOn is not null)
        {
            events.Add(new SiteReopened(command.AsOf));
        }

        return events;
    }

    private static Decision<SiteEvent> Decide(Known site, StateLignes command)
    {
        if (Check(command) is { } refusal)
        {
            return refusal;
        }

        // A right follows its site: a flow that still names the former entity is behind the structures file.
        return command.Entite == site.Entite
            ? Changes(site, command).ToList()
            : Refuse.SiteOfAnotherEntite(site.Finess, site.Entite, command.Entite);
    }

    private static Refusal? Check(StateLignes command)
    {
        if (command.Lignes.Count > Limits.SiteLignesMax)
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

        foreach (var ligne in command.Lignes.SelectMany(s => s.Etats).Select(e => e.Ligne))
        {
            if (ligne.Finess != command.Finess || ligne.Volet != command.Volet || ligne is Ligne.Financement)
            {
                return Refuse.LigneMisplaced(ligne.Id);
            }

            if (ligne is Ligne.Rc rc && RcRules.Check(rc) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static IEnumerable<SiteEvent> Changes(Known site, StateLignes command)
    {
        foreach (var change in site.Registre.Compare(command.Lignes, command.AsOf))
        {
            yield return EventOf(command.Volet, change);
        }

        if (command.Complete)
        {
            var stated = command.Lignes.Select(l => l.Last.Id).ToHashSet();
            foreach (var ended in Missing(site, command.Volet, stated, command.AsOf, command.Absence))
            {
                yield return ended;
            }
        }
    }

    private static IEnumerable<SiteEvent> Missing(Known site, Volet volet, HashSet<string> stated, DateOnly asOf, Cause absence) =>
        site.Registre.Missing(volet, stated, asOf, absence).Select(change => EventOf(volet, change));

    private static SiteEvent EventOf(Volet volet, LigneChange c) => (volet, c.Before, c.After) switch
    {
        (Volet.A2V1, null, { } after) => new AutorisationGranted(c.ValidOn, c.LigneId, c.Revision, after, c.Cause),
        (Volet.A2V1, { } before, { } after) => new AutorisationChanged(c.ValidOn, c.LigneId, c.Revision, before, after, c.Cause),
        (Volet.A2V1, { } before, null) => new AutorisationEnded(c.ValidOn, c.LigneId, c.Revision, before, c.Cause),
        (Volet.A2V2, null, { } after) => new RcRecognised(c.ValidOn, c.LigneId, c.Revision, after, c.Cause),
        (Volet.A2V2, { } before, { } after) => new RcChanged(c.ValidOn, c.LigneId, c.Revision, before, after, c.Cause),
        (Volet.A2V2, { } before, null) => new RcWithdrawn(c.ValidOn, c.LigneId, c.Revision, before, c.Cause),
        _ => throw new UnreachableException($"{volet} is not a volet of a site."),
    };
}
