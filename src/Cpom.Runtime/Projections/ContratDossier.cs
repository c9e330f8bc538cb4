using System.Collections.Immutable;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;

namespace Cpom.Runtime.Projections;

/// <summary>Where a contrat stands on a day. From the third on it follows from the calendar, not from an event.</summary>
public enum ContratStatut
{
    Projet = 1,
    EnSignature = 2,
    AVenir = 3,
    EnVigueur = 4,
    Echu = 5,
    Resilie = 6,

    /// <summary>A bridge that gave way to the contrat signed again .</summary>
    Remplace = 7,

    /// <summary>A project that was given up.</summary>
    Abandonne = 8,
}

/// <summary>When the platform learned an item, and where in the log.</summary>
public sealed record ItemTrace(DateTimeOffset RecordedAt, long Position);

/// <summary>One contrat as the replica holds it: its state, folded by the domain's own Evolve, and what the state does not say.</summary>
/// <param name="Version">The actor's version: the etag that writes are compared with.</param>
/// <param name="Position">The log position of its newest event.</param>
public sealed record ContratDossier(
    string Numero,
    ContratState.Ouvert State,
    ImmutableDictionary<string, ItemTrace> Traces,
    long Version,
    long Position,
    DateTimeOffset ChangedAt)
{
    private readonly Lazy<ContratFigures> _figures = new(() => ContratFigures.Of(State, Traces));
    private ContratFigures? _over;

    /// <summary>While it lasts. Computed once per change, when first asked for.</summary>
    public ContratFigures Figures => _figures.Value;

    /// <summary>A contrat that is over owes less, and less is at risk in it (decision 0048); nothing else that is counted depends on the day.</summary>
    public ContratFigures FiguresOn(DateOnly day) => day <= State.LastDay ? Figures : _over ??= Figures.Owing([.. ContratEcheances.On(State, day)], State.Suivi.Rappels) with
    {
        EngagementsAtRisk = EngagementStatuts.IsWatched(State, day) ? Figures.EngagementsAtRisk : 0,
    };

    public ContratStatut StatutOn(DateOnly day) => State.Phase switch
    {
        _ when State.IsAbandoned => ContratStatut.Abandonne,
        ContratPhase.Projet => ContratStatut.Projet,
        ContratPhase.EnSignature => ContratStatut.EnSignature,
        _ when day < State.Fiche.DateEffet => ContratStatut.AVenir,
        _ when day >= State.LeavesForceOn => State.Cloture?.Remplacement?.DateEffet == State.LeavesForceOn ? ContratStatut.Remplace : ContratStatut.Resilie,
        _ when day > State.Fiche.DateFin => ContratStatut.Echu,
        _ => ContratStatut.EnVigueur,
    };

    /// <summary>The lines of the socle commun that hold on a day, by volet and line.</summary>
    public IEnumerable<(string LigneId, Ligne Ligne, LigneVersion Version)> LignesOn(DateOnly day) =>
        from pair in State.Lignes
        let ligne = pair.Value.On(day)
        where ligne is not null
        orderby ligne.Volet, pair.Key
        select (pair.Key, ligne, pair.Value.Versions.Last(v => v.From <= day));
}

/// <summary>The counts and sums that people ask of a contrat; what it owes by a day is less once it is over.</summary>
/// <param name="Amount">Euros of the pending financing, signed.</param>
/// <param name="OldestPending">When the oldest pending item was learned.</param>
/// <param name="Overdue">Échéances not done whose day the clock has recorded as passed.</param>
/// <param name="NextDueOn">The first day on which something not done is due.</param>
public sealed record ContratFigures(
    int Pending,
    int PendingAutorisations,
    int PendingRc,
    int PendingFinancements,
    decimal PendingAmount,
    int Conflicts,
    int Shared,
    DateTimeOffset? OldestPending,
    int AvenantsUnderWay,
    int AvenantsIntegrated,
    int Engagements,
    int Flags,
    int Warnings,
    int Overdue,
    DateOnly? NextDueOn)
{
    /// <summary>Engagements that are late or missed, or of which a value is missing after its day.</summary>
    public int EngagementsAtRisk { get; init; }

    /// <summary>1 for a contrat that another one renews .</summary>
    public int Renewed { get; init; }

    /// <summary>Avenants under way that one party has signed.</summary>
    public int AvenantsEnSignature { get; init; }

    /// <summary>Avenants that both have signed, and whose date d'effet has not come .</summary>
    public int AvenantsSignes { get; init; }

    /// <summary>Requests to be given the contrat that nobody has answered .</summary>
    public int DemandesAcces { get; init; }

    public static ContratFigures Of(ContratState.Ouvert state, ImmutableDictionary<string, ItemTrace> traces)
    {
        var pending = state.PendingByLigne.Values.Select(id => state.Items[id]).ToList();
        return new ContratFigures(
            pending.Count,
            pending.Count(i => i.Act.Volet == Volet.A2V1),
            pending.Count(i => i.Act.Volet == Volet.A2V2),
            pending.Count(i => i.Act.Volet == Volet.A2V4),
            pending.Sum(AmountOf),
            pending.Count(i => i.Conflict),
            pending.Count(i => i.Shared),
            pending.Count == 0 ? null : pending.Min(i => traces[i.Id].RecordedAt),
            state.Avenants.Values.Count(a => a.IsUnderWay),
            state.Avenants.Values.Count(a => a.End == AvenantEnd.Integrated),
            state.Engagements.Count,
            state.FlaggedEngagements.Count + state.FlaggedFinancements.Count,
            ContratWarnings.Of(state).Count(),
            0,
            null)
        {
            EngagementsAtRisk = state.Phase == ContratPhase.EnVigueur ? state.Engagements.Values.Count(e => EngagementStatuts.IsAtRisk(state, e)) : 0,
            Renewed = Execution.Of(state).Successeur is null ? 0 : 1,
            AvenantsEnSignature = state.Avenants.Values.Count(a => a is { IsUnderWay: true, SignedByRepresentant: not null, SignedByDgArs: null }),
            AvenantsSignes = state.Avenants.Values.Count(a => a is { IsUnderWay: true, IsSigned: true }),
            DemandesAcces = state.Formalites.Demandes.Values.Count(d => d.Answer is null),
        }.Owing([.. ContratEcheances.Of(state)], state.Suivi.Rappels);
    }

    public ContratFigures Owing(IReadOnlyList<Echeance> echeances, Rappels rappels) => this with
    {
        Overdue = echeances.Count(rappels.IsOverdue),
        NextDueOn = echeances.Where(e => e.DoneOn is null).Min(e => (DateOnly?)e.DueOn),
    };

    /// <summary>What an item changes of the money: a correction counts for its difference.</summary>
    public static decimal AmountOf(Item item) =>
        ((item.Act.After as Ligne.Financement)?.Montant ?? 0) - ((item.Expected as Ligne.Financement)?.Montant ?? 0);
}
