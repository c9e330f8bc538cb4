using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// On which day time next changes something in which contrat, folded from the log in its order, so that a day speaks only to the contrats that it concerns. Of a
/// contrat it keeps what its échéances are computed from, by the contrat's own Evolve.
/// </summary>
public sealed class Echeancier
{
    private static readonly HashSet<Type> ReadTypes =
    [
        typeof(ContratOpened), typeof(ContratEnteredIntoForce), typeof(AvenantOpened), typeof(AvenantSigned), typeof(AvenantSignatureWithdrawn),
        typeof(AvenantIntegrated), typeof(AvenantAbandoned), typeof(EcheanceReached), typeof(RenouvellementAsked), typeof(RenouvellementAnswered),
        typeof(RenouvellementGrantedTacitly), typeof(EvaluationRecorded),
    ];

    private readonly Dictionary<string, Suivi> _contrats = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateOnly Day, string Contrat)> _days = [];

    /// <summary>What it holds of one contrat.</summary>
    /// <param name="LearnedOn">The day on which the newest of its facts was recorded.</param>
    public sealed record Suivi(string Id, Ouvert Contrat, DateOnly LearnedOn)
    {
        /// <summary>The next day on which time changes something; null when nothing more comes by itself.</summary>
        public DateOnly? Next { get; } = EcheanceRules.Next(Contrat)?.Day;
    }

    public IEnumerable<Suivi> All => _contrats.Values;

    public static bool Reads(Type fact) => ReadTypes.Contains(fact);

    public void Apply(string id, ContratEvent recorded, DateOnly learnedOn)
    {
        ContratState known = _contrats.TryGetValue(id, out var found) ? found.Contrat : Contrats.Contrat.Initial;
        Put(new(id, (Ouvert)Contrats.Contrat.Evolve(known, Lightened(recorded)), learnedOn));
    }

    public void Put(Suivi suivi)
    {
        if (_contrats.TryGetValue(suivi.Id, out var former) && former.Next is { } day)
        {
            _days.Remove((day, suivi.Id));
        }

        _contrats[suivi.Id] = suivi;
        if (suivi.Next is { } next)
        {
            _days.Add((next, suivi.Id));
        }
    }

    /// <summary>
    /// The contrats to which a day that begins brings something, the longest due first: what was known when it began. What is learned on the day itself is for
    /// the next one, so that a day brings the same whenever it is told, and however often.
    /// </summary>
    public IEnumerable<Suivi> DueOn(DateOnly day) => _days.TakeWhile(d => d.Day <= day).Select(d => _contrats[d.Contrat]).Where(s => s.LearnedOn < day);

    /// <summary>Sites and items are the bulk of a contrat, and nothing is due because of them.</summary>
    private static ContratEvent Lightened(ContratEvent recorded) => recorded switch
    {
        ContratOpened e => e with { Sites = [] },
        AvenantOpened e => e with { Items = [], Request = e.Request with { Items = [] } },
        _ => recorded,
    };
}
