using System.Collections.Immutable;
using Cpom.Domain.Acts;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Contrats;

/// <summary>Only what a later decision needs. What screens need is projected elsewhere.</summary>
public abstract record ContratState
{
    private ContratState() { }

    public sealed record None : ContratState;

    /// <param name="Sites">Perimeter: each site with its last day in it, or null.</param>
    /// <param name="SiteMoves">The day of a site's latest move into or out of the perimeter: an earlier one told again is not taken twice.</param>
    /// <param name="Seen">Every act recorded, so that a repeated one is known.</param>
    /// <param name="PendingByLigne">Line → its one pending item.</param>
    /// <param name="TakenByLigne">Line → each avenant, not abandoned, that holds an item of it → that item: what looks at a line looks at no other.</param>
    /// <param name="Liens">Financing line → RC line that it depends on .</param>
    /// <param name="FlaggedEngagements">Engagement → line of its contrepartie that was lost .</param>
    /// <param name="FlaggedFinancements">Financing line → RC line that was lost.</param>
    /// <param name="Groupe">Of a contrat for a whole GHT: its members; null for one of one entité.</param>
    /// <param name="Execution">How its engagements are kept; null while nothing is recorded of it.</param>
    public sealed record Ouvert(
        Fiche Fiche,
        ContratPhase Phase,
        bool CaughtUp,
        Signature? SignedByRepresentant,
        Signature? SignedByDgArs,
        ImmutableSortedDictionary<string, DateOnly?> Sites,
        ImmutableDictionary<string, DateOnly> SiteMoves,
        ImmutableDictionary<string, LigneDatee> Lignes,
        ImmutableSortedDictionary<int, Engagement> Engagements,
        ImmutableHashSet<string> Seen,
        ImmutableDictionary<string, Item> Items,
        ImmutableDictionary<string, string> PendingByLigne,
        ImmutableSortedDictionary<int, Avenant> Avenants,
        ImmutableDictionary<string, ImmutableSortedDictionary<int, string>> TakenByLigne,
        ImmutableDictionary<string, string> Liens,
        ImmutableDictionary<int, string> FlaggedEngagements,
        ImmutableDictionary<string, string> FlaggedFinancements,
        Suivi Suivi,
        Formalites Formalites,
        Execution? Execution = null,
        Suites? Suites = null,
        AccordRecu? Accord = null,
        Cloture? Cloture = null,
        GroupeMembres? Groupe = null) : ContratState
    {
        /// <summary>In force at most until then: the fiche's own, or the day before it leaves force.</summary>
        public DateOnly LastDay => LeavesForceOn is { } on ? Days.Before(on) : Fiche.DateFin;

        /// <summary>The first day on which it is no longer in force before its term: by a termination, or by the contrat that takes its place. Null where there is none.</summary>
        public DateOnly? LeavesForceOn => (Suites?.Resilie?.DateEffet, Cloture?.Remplacement?.DateEffet) switch
        {
            ({ } resilie, { } remplace) => resilie < remplace ? resilie : remplace,
            (var resilie, var remplace) => resilie ?? remplace,
        };

        /// <summary>As far as one entité is concerned, which may leave before: its own is that of the fiche.</summary>
        public DateOnly LastDayOf(string entite) =>
            Groupe?.RetraitOf(entite)?.LeftOn is { } leftOn && leftOn <= LastDay ? Days.Before(leftOn) : LastDay;

        /// <summary>As <see cref="LastDayOf"/>, and as far ahead as is known: a member that has given notice is in it until the day before it leaves.</summary>
        public DateOnly EngagedUntil(string entite) =>
            Groupe?.RetraitOf(entite) is { } retrait && Days.Before(retrait.EffetOn(Fiche.DateEffet)) is var left && left < LastDay ? left : LastDay;

        /// <summary>Whose contrat it is: one entité, or the members of a GHT that have not left.</summary>
        public IReadOnlyList<string> Entites => Groupe is null ? [Fiche.Entite] : [.. Groupe.Membres.Where(Groupe.Has)];

        /// <summary>One of these, now or before.</summary>
        public bool IsOf(string entite) => entite == Fiche.Entite || Groupe?.Membres.Contains(entite) == true;

        public bool IsAbandoned => Cloture?.Abandonne is not null;

        /// <summary>The day of the second signature, or of the arrêté that takes the place of both. Null before.</summary>
        public DateOnly? ConcludedOn => SignedByDgArs?.On ?? Suites?.Arrete?.On;

        public Regime Regime => Regimes.Of(Fiche.DateEffet);

        /// <summary>What the consolidated contrat says of a line today.</summary>
        public Ligne? Consolidated(string ligneId) => Lignes.GetValueOrDefault(ligneId)?.Latest;

        /// <summary>The one pending item of a line, or null.</summary>
        public Item? PendingOn(string ligneId) => PendingByLigne.TryGetValue(ligneId, out var id) ? Items[id] : null;

        /// <summary>What the line will be once the avenants under way are integrated.</summary>
        public Ligne? AfterAvenants(string ligneId) => BeforeAvenant(ligneId, int.MaxValue);

        /// <summary>
        /// What the line will be once the avenants under way before a given one are integrated. One that a later avenant has overtaken no longer
        /// counts.
        /// </summary>
        public Ligne? BeforeAvenant(string ligneId, int number)
        {
            var said = Lignes.GetValueOrDefault(ligneId)?.Versions.LastOrDefault(v => v.Rank < number);
            var (avenant, item) = TakenOn(ligneId).LastOrDefault(p => p.Key < number && Avenants[p.Key].IsUnderWay);
            return item is not null && avenant > (said?.Rank ?? 0) ? Items[item].Act.After : said?.Content;
        }

        /// <summary>The next item of the line that an avenant under way or integrated holds.</summary>
        public Item? InLaterAvenant(string ligneId, int number) =>
            TakenOn(ligneId).FirstOrDefault(p => p.Key > number).Value is { } id ? Items[id] : null;

        /// <summary>Oldest avenant first.</summary>
        private ImmutableSortedDictionary<int, string> TakenOn(string ligneId) =>
            TakenByLigne.TryGetValue(ligneId, out var taken) ? taken : ImmutableSortedDictionary<int, string>.Empty;
    }
}

/// <summary>What the clock and the follow-up of a contrat have recorded.</summary>
/// <param name="Evaluations">Rank → the day on which it took place.</param>
public sealed record Suivi(Rappels Rappels, Renouvellement? Renouvellement, ImmutableSortedDictionary<int, DateOnly> Evaluations)
{
    public static Suivi From(DateOnly openedOn) => new(Rappels.From(openedOn), null, ImmutableSortedDictionary<int, DateOnly>.Empty);
}

/// <summary>What the contrat was told last of its négociation .</summary>
public sealed record AccordRecu(string Negociation, int Version, ValueList<Engagement>? Engagements, int? Avenant);

/// <summary>Asked for by the structure, then answered by the agency or by its silence.</summary>
public sealed record Renouvellement(DateOnly AskedOn, Renouvellement.Reponse? Answer)
{
    public sealed record Reponse(DateOnly On, bool Granted, string? Reason, bool Tacit);
}

/// <summary>A project is negotiated; once its first party has signed, its text waits for the second; then it is in force.</summary>
public enum ContratPhase
{
    Projet = 1,
    EnSignature = 2,
    EnVigueur = 3,
}

public sealed record Signature(string Name, DateOnly On);

/// <summary>
/// A line of the socle commun with its successive contents, in the order of the acts that made them: a later one holds from its own day on,
/// whatever was said before for those days. The last is what the contrat says today. Items of one line go into avenants in the order of their
/// acts, so an avenant integrated after a later one takes its place before it.
/// </summary>
public sealed record LigneDatee(ValueList<LigneVersion> Versions)
{
    public Ligne? Latest => Versions[^1].Content;

    /// <summary>What the line says on a day, while it holds by its own terms.</summary>
    public Ligne? On(DateOnly day) =>
        Versions.LastOrDefault(v => v.From <= day)?.Content is { } content && (content.LastDay is not { } last || day <= last) ? content : null;

    public static LigneDatee Extend(LigneDatee? ligne, LigneVersion version)
    {
        var versions = ligne?.Versions ?? [];
        return new([.. versions.TakeWhile(v => v.Rank <= version.Rank), version, .. versions.SkipWhile(v => v.Rank <= version.Rank)]);
    }
}

/// <param name="Avenant">The avenant that brought it; null for the contrat as first signed.</param>
public sealed record LigneVersion(DateOnly From, Ligne? Content, string ActId, int? Avenant)
{
    public int Rank => Avenant ?? 0;
}

/// <summary>An act on its way into the contrat. It is in exactly one place.</summary>
public sealed record Item(Act Act, Ligne? Expected, bool Conflict, bool Shared, ItemPlace Place)
{
    public string Id => Act.Id;
}

/// <summary>Where an item is. One value, so that it cannot be in two places.</summary>
public abstract record ItemPlace
{
    private ItemPlace() { }

    public sealed record Pending : ItemPlace;

    public sealed record InAvenant(int Number) : ItemPlace;

    public sealed record Integrated(int Number) : ItemPlace;

    public sealed record Superseded(string By) : ItemPlace;

    public sealed record Cancelled(string By) : ItemPlace;

    public sealed record Dismissed(string Reason) : ItemPlace;
}

/// <param name="Request">As it was asked for: the same request again opens no second avenant.</param>
public sealed record Avenant(
    int Number,
    ContratCommand.OpenAvenant Request,
    ValueList<string> Items,
    ValueList<EngagementChange> Changes,
    Signature? SignedByRepresentant,
    Signature? SignedByDgArs,
    AvenantEnd End,
    string? AbandonReason)
{
    public bool IsUnderWay => End == AvenantEnd.None;

    public bool IsSigned => SignedByRepresentant is not null && SignedByDgArs is not null;
}

public enum AvenantEnd
{
    None = 0,
    Integrated = 1,
    Abandoned = 2,
}
