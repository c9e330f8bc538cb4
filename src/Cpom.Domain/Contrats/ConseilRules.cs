using Cpom.Domain.Acts;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What is advised of engagements and avenants beyond their form, L-08. Nothing here blocks.</summary>
public static class ConseilRules
{
    public static IEnumerable<ContratWarning> Of(Ouvert contrat) =>
        [.. contrat.Engagements.Values.SelectMany(Of), .. Redondances.Within([.. contrat.Engagements.Values]), .. Substantial(contrat), .. Renewal(contrat)];

    private static IEnumerable<ContratWarning> Of(Engagement engagement)
    {
        if (engagement.Type == EngagementType.Generique && engagement.Generique is null)
        {
            yield return new("R-044", $"Engagement {engagement.Number} : générique, sans la fiche de la bibliothèque dont il vient. Indiquez son code et sa version.");
        }

        var volet = engagement.Contrepartie is { } ligne ? Ligne.VoletOf(ligne) : (Volet?)null;
        if (volet == Volet.A2V2 && engagement.Indicateurs.Any(i => string.IsNullOrWhiteSpace(i.ModeCalcul) || string.IsNullOrWhiteSpace(i.Unite) || string.IsNullOrWhiteSpace(i.Source)))
        {
            yield return new("R-133", $"Engagement {engagement.Number} : les indicateurs d'une reconnaissance contractuelle sont précisément définis (mode de calcul, unité, source).");
        }

        // R-032 goes before: no authorisation needs an engagement. One that is given for an authorisation is counted.
        if ((volet == Volet.A2V1 || engagement.Volet == Volet.A2V1) && !engagement.Indicateurs.Any(IsQuantified))
        {
            yield return new("L-08", $"Engagement {engagement.Number} : un objectif sur une activité autorisée est quantifié. Donnez une cible chiffrée à l'un de ses indicateurs.");
        }
    }

    private static bool IsQuantified(Indicateur indicateur) => !Mesure.IsOuiNon(indicateur) && indicateur.Cibles.Any(c => Mesure.Number(c) is not null);

    /// <summary>R-060: no text says what is substantial. Here: one avenant over more volets than those that acts change by themselves, or a quarter of the sites.</summary>
    private static IEnumerable<ContratWarning> Substantial(Ouvert contrat)
    {
        if (contrat.Phase != ContratPhase.EnVigueur)
        {
            yield break;
        }

        foreach (var avenant in contrat.Avenants.Values.Where(a => a.IsUnderWay && a.Changes.Count > 0))
        {
            var volets = VoletsOf(contrat, avenant);
            if (volets > Limits.VoletsParAvenantAdvised)
            {
                yield return new("R-060", $"L'avenant {avenant.Number} touche {volets} volets : une modification substantielle. Un nouveau contrat peut être préférable.");
            }
        }

        var moved = contrat.SiteMoves.Values.Count(day => day > contrat.Fiche.DateEffet);
        if (moved * 100 >= Math.Max(1, contrat.Sites.Count) * Limits.PerimetreMovedPercentAdvised)
        {
            yield return new("R-060", $"{moved} site(s) sur {contrat.Sites.Count} entrés ou sortis depuis la date d'effet : le périmètre a beaucoup changé. Un nouveau contrat peut être préférable.");
        }
    }

    private static IEnumerable<ContratWarning> Renewal(Ouvert contrat)
    {
        if (Execution.Of(contrat).Reconduction is not { } of)
        {
            yield break;
        }

        var gap = contrat.Fiche.DateEffet.DayNumber - of.DateFin.DayNumber - 1;
        if (gap > 0)
        {
            yield return new("R-111", $"{gap} jour(s) sans contrat entre la fin du contrat {of.Contrat} et la date d'effet de celui qui le renouvelle.");
        }

        foreach (var engagement in contrat.Engagements.Values.Where(e => contrat is { CaughtUp: true, Phase: ContratPhase.Projet } && e.Contrepartie is { } ligne && !ProjetRules.Knows(contrat, ligne)))
        {
            yield return new("R-025", $"Engagement {engagement.Number}, repris du contrat {of.Contrat} : le socle commun n'a plus sa contrepartie {engagement.Contrepartie}. Revoyez-le avant de signer.");
        }
    }

    private static int VoletsOf(Ouvert contrat, Avenant avenant) => avenant.Changes
        .Select(change => change switch
        {
            EngagementChange.Add c => c.Engagement.Volet,
            EngagementChange.Remove c => contrat.Engagements.GetValueOrDefault(c.Number)?.Volet,
            EngagementChange.ChangeCible c => contrat.Engagements.GetValueOrDefault(c.Number)?.Volet,
            EngagementChange.MoveEcheance c => contrat.Engagements.GetValueOrDefault(c.Number)?.Volet,
            _ => null,
        })
        .OfType<Volet>()
        .Concat(avenant.Items.Select(id => contrat.Items[id].Act.Volet))
        .Distinct()
        .Count();
}
