using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Engagements at work, both ways. Pure.</summary>
internal static class MappingExecution
{
    public static void Fill(V1.Contrat contrat, ContratRow row)
    {
        var (state, execution) = (row.Dossier.State, Execution.Of(row.Dossier.State));
        if (state.Phase == ContratPhase.EnVigueur)
        {
            contrat.Suivis.AddRange(state.Engagements.Values.Select(e => ToProto(e, row)));
        }

        contrat.Bilans.AddRange(execution.Bilans.Select(b => new V1.EvaluationBilan { Evaluation = b.Key, On = Text.Day(state.Suivi.Evaluations[b.Key]), Bilan = ToProto(b.Value) }));
        contrat.RapportFinal = ToProto(execution.RapportFinal?.Bilan);
        contrat.RapportFinalOn = Text.Day(execution.RapportFinal?.On);
        contrat.RenewedBy = execution.Successeur is { } successeur ? Names.Contrat(successeur.Contrat) : string.Empty;
        if (state.Cloture?.Abandonne is { } abandonne)
        {
            (contrat.AbandonedOn, contrat.AbandonReason) = (Text.Day(abandonne.On), abandonne.Reason);
        }

        if (state.Cloture?.Remplacement is { } by)
        {
            (contrat.ReplacedBy, contrat.ReplacedOn) = (Names.Contrat(by.Contrat), Text.Day(by.DateEffet));
        }

        if (execution.Reconduction is { } of)
        {
            contrat.Reconduction = new() { Contrat = Names.Contrat(of.Contrat) };
            contrat.Reconduction.Issues.AddRange(of.Issues.Select(i => new V1.Issue { Engagement = i.Engagement, Issue_ = (V1.EngagementIssue)i.Kind, Motif = i.Motif ?? string.Empty }));
        }
    }

    /// <summary>On the day of the row, as the portfolio counts it.</summary>
    public static bool IsAtRisk(ContratRow row, Engagement engagement) =>
        EngagementStatuts.IsWatched(row.Dossier.State, row.Day) && EngagementStatuts.IsAtRisk(row.Dossier.State, engagement);

    public static V1.EngagementSuivi ToProto(Engagement engagement, ContratRow row)
    {
        var state = row.Dossier.State;
        var (annee, statut) = EngagementStatuts.Newest(state, engagement);
        var message = new V1.EngagementSuivi
        {
            Contrat = Names.Contrat(row.Dossier.Numero),
            Entite = state.Fiche.Entite,
            Nom = row.Entite?.Identite.Nom ?? string.Empty,
            Departement = row.Entite?.Identite.Departement ?? string.Empty,
            Number = engagement.Number,
            Volet = (V1.Volet)engagement.Volet,
            Objectif = engagement.Objectif,
            AtRisk = IsAtRisk(row, engagement),
            Statut = (V1.EngagementStatut)statut,
            Annee = annee,
        };
        message.Valeurs.AddRange(engagement.Indicateurs.SelectMany((indicateur, n) => Valeurs(state, engagement, indicateur, n + 1)));
        return message;
    }

    public static V1.Bilan? ToProto(Bilan? bilan)
    {
        if (bilan is null)
        {
            return null;
        }

        var message = new V1.Bilan { Remarques = bilan.Remarques ?? string.Empty };
        if (bilan.Document is { } document)
        {
            message.Document = new() { Nom = document.Nom, Sha256 = document.Sha256 };
        }

        message.Lignes.AddRange(bilan.Lignes.Select(l => new V1.BilanLigne
        {
            Engagement = l.Engagement,
            Appreciation = (V1.EngagementStatut)l.Appreciation,
            Remarque = l.Remarque ?? string.Empty,
        }));
        return message;
    }

    public static Bilan? ToDomain(V1.Bilan? message) => message is null
        ? null
        : new(
            message.Lignes.Select(l => new Bilan.Ligne(
                l.Engagement, MappingEngagements.Defined((EngagementStatut)l.Appreciation, "bilan.lignes.appreciation"), MappingEngagements.OrNone(l.Remarque))).ToValueList(),
            MappingEngagements.OrNone(message.Remarques),
            message.Document is { } document ? new(document.Nom, document.Sha256) : null);

    public static Generique ToDomain(V1.Generique message) => new(
        message.Code,
        message.Objectif,
        message.Indicateurs.Select(i => new Generique.Indicateur(i.Libelle, i.ModeCalcul, i.Unite, i.Source)).ToValueList());

    public static V1.Bibliotheque ToProto(BibliothequeRow row, PortfolioView view)
    {
        var message = new V1.Bibliotheque
        {
            Volet = (V1.Volet)row.Volet,
            Version = row.Version,
            PublishedOn = Text.Day(row.PublishedOn),
            Engagements = view.Contrats.Values.Sum(c => c.State.Engagements.Values.Count(e => e.Volet == row.Volet && e.Generique?.Version == row.Version)),
        };
        message.Generiques.AddRange(row.Generiques.Select(g =>
        {
            var generique = new V1.Generique { Code = g.Code, Objectif = g.Objectif };
            generique.Indicateurs.AddRange(g.Indicateurs.Select(i => new V1.GeneriqueIndicateur { Libelle = i.Libelle, ModeCalcul = i.ModeCalcul, Unite = i.Unite, Source = i.Source }));
            return generique;
        }));
        return message;
    }

    private static IEnumerable<V1.ValeurAnnee> Valeurs(ContratState.Ouvert state, Engagement engagement, Indicateur indicateur, int rank)
    {
        for (var rang = 0; rang <= Limits.CiblesParIndicateur; rang++)
        {
            var annee = EngagementStatuts.AnneeOf(state.Fiche, rang);
            var valeur = Execution.Of(state).ValeurOf(engagement.Number, rank, annee);
            var cible = rang == 0 ? null : indicateur.Cibles[rang - 1];
            if (valeur is not null || cible is not null)
            {
                yield return new()
                {
                    Indicateur = rank,
                    Annee = annee,
                    Cible = cible ?? string.Empty,
                    Valeur = valeur?.Texte ?? string.Empty,
                    Source = valeur?.Source ?? string.Empty,
                    On = Text.Day(valeur?.On),
                    Statut = (V1.EngagementStatut)(rang == 0 ? EngagementStatut.SansCible : EngagementStatuts.Of(indicateur, rang, valeur?.Texte)),
                };
            }
        }
    }
}
