using Cpom.Domain.Acts;

namespace Cpom.Domain.Contrats;

/// <summary>What a rule advises and never blocks (kind W of the catalogue).</summary>
/// <param name="Detail">A French sentence for people.</param>
public sealed record ContratWarning(string Rule, string Detail);

public static class ContratWarnings
{
    public static IEnumerable<ContratWarning> Of(ContratState.Ouvert contrat)
    {
        if (contrat.IsAbandoned)
        {
            yield break;
        }

        var fiche = contrat.Fiche;
        var lastDay = Regimes.LastDay(contrat.Regime, fiche.DateEffet);
        if (fiche.DateFin < lastDay && string.IsNullOrWhiteSpace(fiche.MotifDuree))
        {
            yield return new("R-014", "Le contrat dure moins de cinq ans, sans motif.");
        }

        if (contrat.Engagements.Count is > 0 and < Limits.EngagementsAdvisedMin)
        {
            yield return new("R-031", $"{contrat.Engagements.Count} engagement(s) : le guide en conseille {Limits.EngagementsAdvisedMin} au moins, ou aucun.");
        }

        foreach (var engagement in contrat.Engagements.Values.Where(e => Ligne.VoletOf(e.Contrepartie ?? string.Empty) == Volet.A2V2 && !(e.Themes ?? []).Any(IsRcTheme)))
        {
            yield return new("R-054", $"Engagement {engagement.Number} : pris en contrepartie d'une RC, il porte sur l'organisation, les personnels, les équipements ou les coopérations. Indiquez ses thèmes.");
        }

        foreach (var engagement in contrat.Engagements.Values.Where(e => e.Indicateurs.Any(i => !Mesure.IsMeasured(i))))
        {
            // As far as a machine can tell: whether a source is accessible and a measure objective is for people to judge.
            yield return new("R-040", $"Engagement {engagement.Number} : la référence et les cibles d'un indicateur sont des nombres, ou oui/non sur une action définie.");
        }

        foreach (var engagement in contrat.Engagements.Values.Where(e => LastRang(e) > 0 && fiche.DateEffet.Year + LastRang(e) > fiche.DateFin.Year))
        {
            yield return new("R-028", $"Engagement {engagement.Number} : cible en {fiche.DateEffet.Year + LastRang(engagement)}, après la fin du contrat.");
        }

        foreach (var conseil in ConseilRules.Of(contrat))
        {
            yield return conseil;
        }

        foreach (var crowded in contrat.Engagements.Values
            .SelectMany(e => e.Finess.SelectMany(f => e.Indicateurs.Select(_ => f)))
            .GroupBy(f => f)
            .Where(g => g.Count() > Limits.IndicateursParEtablissementAdvised))
        {
            yield return new("R-033", $"{crowded.Key} : {crowded.Count()} indicateurs à suivre, le guide en conseille {Limits.IndicateursParEtablissementAdvised} au plus.");
        }

        foreach (var warning in OfTextes(contrat))
        {
            yield return warning;
        }
    }

    /// <summary>Of the texts that are still to be signed: whatever the kind of structure.</summary>
    private static IEnumerable<ContratWarning> OfTextes(ContratState.Ouvert contrat)
    {
        if (contrat.Phase != ContratPhase.EnVigueur)
        {
            foreach (var preferred in ApprobationRules.Missing(contrat, null, DateOnly.MaxValue).Where(e => !e.Blocks))
            {
                yield return new(preferred.Rule, "Un avis du conseil de surveillance sur la version finale est préférable avant la signature.");
            }

            foreach (var number in Unheard(contrat, null, contrat.Engagements.Values))
            {
                yield return new("R-096", $"Engagement {number} : il implique le corps médical ou l'organisation des soins, la commission médicale n'a pas été consultée.");
            }
        }

        foreach (var avenant in contrat.Avenants.Values.Where(a => a is { IsUnderWay: true, IsSigned: false }))
        {
            foreach (var number in Unheard(contrat, avenant.Number, avenant.Changes.OfType<EngagementChange.Add>().Select(c => c.Engagement)))
            {
                yield return new("R-096", $"Avenant {avenant.Number}, engagement {number} : il implique le corps médical ou l'organisation des soins, la commission médicale n'a pas été consultée.");
            }
        }
    }

    private static IEnumerable<int> Unheard(ContratState.Ouvert contrat, int? avenant, IEnumerable<Engagement> engagements) =>
        contrat.Formalites.Of(avenant).Consultations.Any(c => c.Instance is Instance.Cme or Instance.ConferenceMedicale && c.Kind >= ConsultationKind.Avis)
            ? []
            : engagements.Where(e => e.ImpactMedical).Select(e => e.Number);

    private static bool IsRcTheme(EngagementTheme theme) => theme is >= EngagementTheme.Organisation and <= EngagementTheme.Cooperations;

    /// <summary>Rank of the last year for which a target is set, 0 for none.</summary>
    private static int LastRang(Engagement engagement) => engagement.Indicateurs
        .Select(i => Enumerable.Range(1, i.Cibles.Count).LastOrDefault(rang => i.Cibles[rang - 1] is not null))
        .DefaultIfEmpty(0)
        .Max();
}
