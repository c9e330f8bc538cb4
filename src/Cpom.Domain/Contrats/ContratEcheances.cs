using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// What is due in a contrat in force, computed from what it has recorded, a line for each kind. Nothing is stored of it but what has been reached
/// (decision 0028).
/// </summary>
public static class ContratEcheances
{
    /// <summary>After a termination nothing more is due, the end of the contrat included; a bridge is relayed on the day that its successor takes effect .</summary>
    public static IEnumerable<Echeance> Of(Ouvert contrat)
    {
        var due = contrat.LeavesForceOn is { } ended ? Whole(contrat).Where(e => e.DueOn < ended) : Whole(contrat);
        return contrat.Cloture?.Remplacement is { } by
            ? due.Append(new(EcheanceKind.Relais, 0, "R-088", EcheanceDepart.Relais, by.DateEffet, Delai.None, [], by.Relayed ? by.DateEffet : null))
            : due;
    }

    /// <summary>
    /// The same as a day sees it: without what was not done while the contrat lasted and can be no more (decision 0048).
    /// </summary>
    public static IEnumerable<Echeance> On(Ouvert contrat, DateOnly day) => Of(contrat).Where(e => e.DoneOn is not null || !Lapsed(contrat, e.Kind, day));

    /// <summary>
    /// Ended before its term, a contrat owes nothing more. At its term its values, its final report and the answer to its renewal are still owed; its end
    /// has come, renewal is no longer asked for, and the final report takes the place of an evaluation.
    /// </summary>
    private static bool Lapsed(Ouvert contrat, EcheanceKind kind, DateOnly day) =>
        day >= contrat.LeavesForceOn
            ? kind != EcheanceKind.Relais
            : day > contrat.Fiche.DateFin && kind is EcheanceKind.Fin or EcheanceKind.DemandeRenouvellement or EcheanceKind.Evaluation;

    private static IEnumerable<Echeance> Whole(Ouvert contrat)
    {
        if (contrat.Phase != ContratPhase.EnVigueur)
        {
            yield break;
        }

        var (fiche, regime, suivi) = (contrat.Fiche, contrat.Regime, contrat.Suivi);
        var (answer, successeur) = (suivi.Renouvellement?.Answer, Execution.Of(contrat).Successeur);

        // A renewal that is granted and not signed leaves the entity without a contrat: only the next contrat does this.
        yield return new(EcheanceKind.Fin, 0, "R-087", EcheanceDepart.DateFin, fiche.DateFin, Delai.None, [], successeur?.On);
        yield return new(
            EcheanceKind.DemandeRenouvellement, 0, regime.RenouvellementRule, EcheanceDepart.DateFin, fiche.DateFin, AskedBy(contrat), [], suivi.Renouvellement?.AskedOn);
        if (suivi.Renouvellement is { } asked)
        {
            yield return new(
                EcheanceKind.ReponseRenouvellement, 0, regime.RenouvellementRule, EcheanceDepart.DemandeRenouvellement, asked.AskedOn,
                Delai.OfMois(regime.RenouvellementAnsweredMonths), [], answer?.On ?? successeur?.On);
        }

        foreach (var (rank, delai) in Evaluations(contrat))
        {
            yield return new(
                EcheanceKind.Evaluation, rank, regime.EvaluationEveryMonths is null ? "L-02" : "R-109", EcheanceDepart.DateEffet, fiche.DateEffet,
                delai, [], suivi.Evaluations.TryGetValue(rank, out var on) ? on : null);
        }

        foreach (var echeance in ValeurRules.Echeances(contrat).Concat(BilanRules.Echeances(contrat)).Concat(RetraitRules.Echeances(contrat)))
        {
            yield return echeance;
        }

        foreach (var avenant in contrat.Avenants.Values.Where(a => a.IsSigned))
        {
            yield return new(
                EcheanceKind.EffetAvenant, avenant.Number, "R-059", EcheanceDepart.EffetAvenant, avenant.Request.DateEffet,
                Delai.None, [], avenant.IsUnderWay ? null : avenant.Request.DateEffet);
        }
    }

    /// <summary>The last day on which the agency may answer; null when nothing was asked.</summary>
    public static DateOnly? AnswerDueOn(Ouvert contrat) => Of(contrat).SingleOrDefault(e => e.Kind == EcheanceKind.ReponseRenouvellement)?.DueOn;

    /// <summary>
    /// each anniversary of the date d'effet while the contrat lasts; its last year ends with the final report instead. L-02: once, after half of its whole months.
    /// </summary>
    public static IEnumerable<(int Rank, Delai Delai)> Evaluations(Ouvert contrat)
    {
        var fiche = contrat.Fiche;
        if (contrat.Regime.EvaluationEveryMonths is not { } every)
        {
            var half = WholeMonths(fiche) / 2;
            return half == 0 ? [] : [(1, Delai.OfMois(half))];
        }

        return Enumerable.Range(1, contrat.Regime.DureeYearsMax * 12 / every)
            .Select(rank => (rank, Delai.OfMois(rank * every)))
            .TakeWhile(e => e.Item2.After(fiche.DateEffet) < fiche.DateFin);
    }

    /// <summary>A year before the end; of a contrat that lasts less, its first day.</summary>
    private static Delai AskedBy(Ouvert contrat)
    {
        var (fiche, asked) = (contrat.Fiche, Delai.OfMois(-contrat.Regime.RenouvellementAskedMonths));
        return asked.After(fiche.DateFin) >= fiche.DateEffet ? asked : Delai.OfJours(fiche.DateEffet.DayNumber - fiche.DateFin.DayNumber);
    }

    private static int WholeMonths(Fiche fiche)
    {
        var months = ((fiche.DateFin.Year - fiche.DateEffet.Year) * 12) + fiche.DateFin.Month - fiche.DateEffet.Month + 1;
        return Days.Before(Delai.OfMois(months).After(fiche.DateEffet)) > fiche.DateFin ? months - 1 : months;
    }
}
