using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// How far an engagement is against its cibles. No text says when a cible counts as reached, late or missed: what follows is ours
/// (decision 0039), and all of it is here.
/// </summary>
public static class EngagementStatuts
{
    /// <summary>The year of a rank: 1 for N+1 .</summary>
    public static int AnneeOf(Fiche fiche, int rang) => fiche.DateEffet.Year + rang;

    /// <summary>Of all its indicateurs, the worst.</summary>
    public static EngagementStatut Of(Ouvert contrat, Engagement engagement, int rang) => engagement.Indicateurs
        .Select((indicateur, n) => Of(indicateur, rang, Execution.Of(contrat).ValeurOf(engagement.Number, n + 1, AnneeOf(contrat.Fiche, rang))?.Texte))
        .DefaultIfEmpty(EngagementStatut.SansCible)
        .Max();

    /// <summary>
    /// Held when the value has come to the cible. Else late, while a later cible is still to come and half of the way from the reference is behind it;
    /// else missed: the last cible of an indicateur is held or missed.
    /// </summary>
    public static EngagementStatut Of(Indicateur indicateur, int rang, string? valeur)
    {
        var cible = indicateur.Cibles[rang - 1];
        if (cible is null || !Mesure.Fits(indicateur, cible))
        {
            return EngagementStatut.SansCible;
        }

        if (valeur is null)
        {
            return EngagementStatut.NonRenseigne;
        }

        return IsReached(indicateur, cible, valeur) ? EngagementStatut.Tenu
            : indicateur.Cibles.Skip(rang).Any(c => c is not null && Mesure.Fits(indicateur, c)) && IsHalfWay(indicateur, cible, valeur) ? EngagementStatut.EnRetard
            : EngagementStatut.Manque;
    }

    /// <summary>
    /// The newest of its years with a value is late or missed, or a value is missing whose day the clock has recorded as passed. What the years before were
    /// has been caught up or not: the newest says which.
    /// </summary>
    public static bool IsAtRisk(Ouvert contrat, Engagement engagement)
    {
        var newest = Newest(contrat, engagement).Statut;
        return newest is EngagementStatut.EnRetard or EngagementStatut.Manque
            || Enumerable.Range(1, Limits.CiblesParIndicateur).Any(rang => IsOverdue(contrat, rang) && Of(contrat, engagement, rang) == EngagementStatut.NonRenseigne);
    }

    /// <summary>
    /// Somebody can still do something about a risk: until the contrat leaves force; after its term until its final report, because the values of its last
    /// year come after it (decision 0048).
    /// </summary>
    public static bool IsWatched(Ouvert contrat, DateOnly day) =>
        contrat.Phase == ContratPhase.EnVigueur && (day <= contrat.LastDay || (contrat.LeavesForceOn is null && Execution.Of(contrat).RapportFinal is null));

    /// <summary>The newest year of which every cible has its value, and how far the engagement is in it; no year while there is none.</summary>
    public static (int Annee, EngagementStatut Statut) Newest(Ouvert contrat, Engagement engagement)
    {
        for (var rang = Limits.CiblesParIndicateur; rang >= 1; rang--)
        {
            if (Of(contrat, engagement, rang) is var statut and (EngagementStatut.Tenu or EngagementStatut.EnRetard or EngagementStatut.Manque))
            {
                return (AnneeOf(contrat.Fiche, rang), statut);
            }
        }

        return (0, EngagementStatut.SansCible);
    }

    public static EngagementStatut In(Ouvert contrat, Engagement engagement, int annee) =>
        annee - contrat.Fiche.DateEffet.Year is var rang and >= 1 and <= Limits.CiblesParIndicateur ? Of(contrat, engagement, rang) : EngagementStatut.SansCible;

    private static bool IsOverdue(Ouvert contrat, int rang) =>
        contrat.Suivi.Rappels.Reached.GetValueOrDefault(Echeance.CleOf(EcheanceKind.Valeurs, rang)) is { Reached: EcheanceStade.Depassee };

    private static bool IsReached(Indicateur indicateur, string cible, string valeur)
    {
        if (Mesure.IsOuiNon(indicateur))
        {
            return Mesure.OuiNon(cible) == Mesure.OuiNon(valeur);
        }

        var (goal, value) = (Mesure.Number(cible)!.Value, Mesure.Number(valeur));
        return SensOf(indicateur) switch
        {
            > 0 => value >= goal,
            < 0 => value <= goal,
            // What is to stay as it is may move a little to either side.
            _ => Math.Abs((double)(value ?? 0) - (double)goal) <= Math.Abs((double)goal) * Limits.MaintienTolerancePercent / 100,
        };
    }

    /// <summary>
    /// Which way is better: from the reference to the last cible. Without a reference, from the first cible to the last; where those do not say it, more.
    /// 0 where the last cible is the reference: what is there is to stay.
    /// </summary>
    private static int SensOf(Indicateur indicateur)
    {
        var goals = indicateur.Cibles.Select(Mesure.Number).OfType<decimal>().ToList();
        return Mesure.Number(indicateur.ValeurReference) is { } reference ? Math.Sign(goals[^1].CompareTo(reference)) : goals[^1] < goals[0] ? -1 : 1;
    }

    /// <summary>Where nothing says how long the way is, it is still on it.</summary>
    private static bool IsHalfWay(Indicateur indicateur, string cible, string valeur)
    {
        if (Mesure.IsOuiNon(indicateur) || Mesure.Number(indicateur.ValeurReference) is not { } reference)
        {
            return true;
        }

        var way = (double)Mesure.Number(cible)!.Value - (double)reference;
        return way == 0 || (((double)(Mesure.Number(valeur) ?? reference) - (double)reference) / way) * 100 >= Limits.EnRetardWayPercentMin;
    }
}
