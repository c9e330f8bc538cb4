using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What the indicateurs of a contrat were, year by year, and by when it is to be said.</summary>
public static class ValeurRules
{
    /// <summary>A later value corrects an earlier one, which stays in the history. One that falls behind its cible is an alert, once.</summary>
    public static Decision<ContratEvent> Record(Ouvert contrat, RecordValeur command)
    {
        if (Find(contrat, command) is not { } indicateur)
        {
            return Refuse.ValeurIndicateurUnknown(command.Engagement, command.Indicateur);
        }

        var rang = command.Annee - contrat.Fiche.DateEffet.Year;
        if (rang is < 0 or > Limits.CiblesParIndicateur || command.Annee > contrat.Fiche.DateFin.Year)
        {
            return Refuse.ValeurAnneeOutside(command.Annee, contrat.Fiche);
        }

        if (command.On.Year < command.Annee)
        {
            return Refuse.ValeurTooEarly(command.Annee);
        }

        var (valeur, source) = (command.Valeur.Trim(), command.Source.Trim());
        if (!Mesure.Fits(indicateur, valeur))
        {
            return Refuse.ValeurUnfit(command.Engagement, command.Indicateur, Mesure.IsOuiNon(indicateur));
        }

        if (source.Length == 0)
        {
            return Refuse.ValeurSourceMissing(command.Engagement, command.Indicateur);
        }

        var known = Execution.Of(contrat).ValeurOf(command.Engagement, command.Indicateur, command.Annee);
        if (known?.Demandes?.FirstOrDefault(d => d.Id == command.Request) is { } demande)
        {
            return (demande.Texte, demande.Source) == (valeur, source) ? Decision<ContratEvent>.NothingToDo : Refuse.ValeurRequestReused(command.Request!, demande.Texte);
        }

        if (known is not null && (known.Texte, known.Source) == (valeur, source))
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        var recorded = new ValeurRecorded(command.On, command.Engagement, command.Indicateur, command.Annee, valeur, source, command.Request);
        var statut = rang == 0 ? EngagementStatut.SansCible : EngagementStatuts.Of(indicateur, rang, valeur);
        var before = rang == 0 ? statut : EngagementStatuts.Of(indicateur, rang, known?.Texte);
        return statut != before && statut is EngagementStatut.EnRetard or EngagementStatut.Manque
            ? new List<ContratEvent> { recorded, new EngagementAlerted(command.On, command.Engagement, command.Indicateur, command.Annee, statut) }
            : recorded;
    }

    /// <summary>One échéance a year for which a cible is set: done when every cible of that year has its value.</summary>
    public static IEnumerable<Echeance> Echeances(Ouvert contrat)
    {
        for (var rang = 1; rang <= Limits.CiblesParIndicateur && EngagementStatuts.AnneeOf(contrat.Fiche, rang) <= contrat.Fiche.DateFin.Year; rang++)
        {
            var annee = EngagementStatuts.AnneeOf(contrat.Fiche, rang);
            var valeurs = Asked(contrat, rang).Select(asked => Execution.Of(contrat).ValeurOf(asked.Engagement, asked.Indicateur, annee)).ToList();
            if (valeurs.Count > 0)
            {
                yield return new(
                    EcheanceKind.Valeurs, rang, "R-043", EcheanceDepart.FinAnnee, new(annee, 12, 31), Delai.OfMois(Limits.ValeursDueMonths), [],
                    valeurs.Contains(null) ? null : valeurs.Max(v => v!.FirstOn));
            }
        }
    }

    /// <summary>What has a cible in the year of a rank.</summary>
    private static IEnumerable<(int Engagement, int Indicateur)> Asked(Ouvert contrat, int rang) =>
        from engagement in contrat.Engagements.Values
        from numbered in engagement.Indicateurs.Select((indicateur, n) => (Indicateur: indicateur, Rank: n + 1))
        where !string.IsNullOrWhiteSpace(numbered.Indicateur.Cibles[rang - 1])
        select (engagement.Number, numbered.Rank);

    private static Indicateur? Find(Ouvert contrat, RecordValeur command) =>
        contrat.Engagements.TryGetValue(command.Engagement, out var engagement) && command.Indicateur >= 1 && command.Indicateur <= engagement.Indicateurs.Count
            ? engagement.Indicateurs[command.Indicateur - 1]
            : null;
}
