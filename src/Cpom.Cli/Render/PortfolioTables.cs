namespace Cpom.Cli.Render;

/// <summary>The portfolio: one row per contrat, or per group.</summary>
internal static class PortfolioTables
{
    /// <summary>What a table shows unless asked for other columns.</summary>
    public const string Essential = "essentiel";

    /// <summary>What acts have brought and what waits of them.</summary>
    public const string Acts = "actes";

    /// <summary>From the négociation to the renewal.</summary>
    public const string Life = "vie";

    private static readonly ColumnChoice<PortfolioRow> RowColumns = new(
    [
        new(new("Contrat", "numero"), r => r.Numero),
        new(new("Entité", "entite"), r => r.Entite),
        new(new("Nom", "nom"), r => r.Nom),
        new(new("GHT", "ghts"), r => string.Join(' ', r.Ghts)),
        new(new("Dép.", "departement"), r => r.Departement),
        new(new("Statut", "statut"), r => Words.Statut(r.Statut)),
        new(new("Régime", "regime"), r => r.Regime),
        new(new("Fin", "date_fin"), r => r.DateFin),
        new(new("En attente", "pending", true), r => Words.CountCell(Of(r).Pending, Tone.Attention)),
        new(new("Autor.", "pending_autorisations", true), r => Words.CountCell(Of(r).PendingAutorisations)),
        new(new("RC", "pending_rc", true), r => Words.CountCell(Of(r).PendingRc)),
        new(new("Financ.", "pending_financements", true), r => Words.CountCell(Of(r).PendingFinancements)),
        new(new("Montant", "pending_amount", true), r => Words.Euros(Of(r).PendingAmount)),
        new(new("Conflits", "conflicts", true), r => Words.CountCell(Of(r).Conflicts, Tone.Bad)),
        new(new("Partagés", "shared", true), r => Words.CountCell(Of(r).Shared)),
        new(new("Plus ancien", "oldest_pending"), r => Words.Instant(Of(r).OldestPending)),
        new(new("Avenants", "avenants_under_way", true), r => Words.CountCell(Of(r).AvenantsUnderWay)),
        new(new("Alertes", "flags", true), r => Words.CountCell(Of(r).Flags, Tone.Bad)),
        new(new("Retards", "overdue", true), r => Words.CountCell(Of(r).Overdue, Tone.Bad)),
        new(new("Prochaine échéance", "next_due_on"), r => Of(r).NextDueOn),
        new(new("À risque", "engagements_at_risk", true), r => Words.CountCell(Of(r).EngagementsAtRisk, Tone.Bad)),
        new(new("Négociation", "negociation"), r => NegociationWords.Etape(r.NegociationEtape)),
        new(new("En retard", "negociation_overdue", true), r => Words.CountCell(r.NegociationOverdue, Tone.Bad)),
        new(new("Procédures", "procedures", true), r => Words.CountCell(r.Procedures, Tone.Bad)),
        new(new("Approbation", "approbation"), r => LifeWords.Of(r.Approbation)),
        new(new("Original", "original"), r => LifeWords.Of(r.Original)),
        new(new("Caisse", "caisse"), r => LifeWords.Of(r.Caisse)),
        new(new("Autres contrats", "autres_contrats", true), r => Words.CountCell(r.AutresContrats)),
        new(new("Hors contrat", "hors_contrat"), r => r.HorsContrat ? new Cell("oui", "oui", Tone.Attention) : new Cell("", "non")),
        new(new("Contrat unique", "contrat_unique"), r => r.ContratUnique),
        new(new("Membres", "membres"), r => string.Join(' ', r.Membres)),
        new(new("Retraits", "retraits", true), r => Words.CountCell(r.Retraits, Tone.Attention)),
        new(new("Renouvelle", "renews"), r => r.Renews),
        new(new("Renouvelé par", "renewed_by"), r => r.RenewedBy),
        new(new("Remplacé par", "replaced_by"), r => r.ReplacedBy),
        new(new("Niveau", "niveau"), r => LifeWords.Niveau(r.Niveau)),
        new(new("Nature", "nature"), r => LifeWords.Of(r.Nature)),
        new(new("Arrêté du", "arrete_on"), r => r.ArreteOn),
        new(new("Modification", "modification"), r => LifeWords.Of(r.Modification)),
        new(new("Renouvellement", "renouvellement"), r => LifeWords.Of(r.Renouvellement)),
        new(new("Rapport final", "rapport_final"), r => r.RapportFinal ? "oui" : new Cell("", "non")),
        new(new("Évaluations", "evaluations", true), r => Words.CountCell(r.Evaluations)),
        new(new("Étapes des procédures", "procedure"), r => string.Join(' ', r.ProcedureEtapes.Select(e => SanctionWords.Etapes[e]))),
        new(new("Avenants en signature", "avenants_en_signature", true), r => Words.CountCell(Of(r).AvenantsEnSignature)),
        new(new("Avenants signés", "avenants_signes", true), r => Words.CountCell(Of(r).AvenantsSignes)),
        new(new("Demandes d'accès", "demandes_acces", true), r => Words.CountCell(Of(r).DemandesAcces, Tone.Attention)),
    ],
    new Dictionary<string, string[]>
    {
        [Essential] = ["numero", "nom", "departement", "statut", "date_fin", "pending", "pending_amount", "conflicts", "avenants_under_way", "overdue", "engagements_at_risk", "negociation", "procedures"],
        [Acts] =
        [
            "numero", "nom", "ghts", "pending", "pending_autorisations", "pending_rc", "pending_financements", "pending_amount", "conflicts", "shared", "oldest_pending", "avenants_under_way", "flags",
        ],
        [Life] =
        [
            "numero", "nom", "statut", "date_fin", "next_due_on", "overdue", "engagements_at_risk", "negociation", "negociation_overdue", "approbation", "original", "caisse", "procedures", "autres_contrats",
            "hors_contrat", "modification", "renouvellement", "renewed_by",
        ],
    });

    private static readonly ColumnChoice<(SummaryTotal Total, string Key)> TotalColumns = new(
    [
        new(new("Groupe", "key"), t => new Cell(t.Key, t.Total.Key)),
        new(new("Libellé", "label"), t => t.Total.Label),
        new(new("Contrats", "contrats", true), t => Words.CountCell(t.Total.Contrats)),
        new(new("En vigueur", "en_vigueur", true), t => Words.CountCell(t.Total.EnVigueur)),
        new(new("En attente", "pending", true), t => Words.CountCell(t.Total.Pending, Tone.Attention)),
        new(new("Autor.", "pending_autorisations", true), t => Words.CountCell(t.Total.PendingAutorisations)),
        new(new("RC", "pending_rc", true), t => Words.CountCell(t.Total.PendingRc)),
        new(new("Financ.", "pending_financements", true), t => Words.CountCell(t.Total.PendingFinancements)),
        new(new("Montant", "pending_amount", true), t => Words.Euros(t.Total.PendingAmount)),
        new(new("Conflits", "conflicts", true), t => Words.CountCell(t.Total.Conflicts, Tone.Bad)),
        new(new("Avenants", "avenants_under_way", true), t => Words.CountCell(t.Total.AvenantsUnderWay)),
        new(new("Plus ancien", "oldest_pending"), t => Words.Instant(t.Total.OldestPending)),
        new(new("Sans contrat", "entites_required", true), t => Words.CountCell(t.Total.EntitesRequired, Tone.Bad)),
        new(new("Retards", "overdue", true), t => Words.CountCell(t.Total.Overdue, Tone.Bad)),
        new(new("À risque", "engagements_at_risk", true), t => Words.CountCell(t.Total.EngagementsAtRisk, Tone.Bad)),
        new(new("Renouvelés", "renewed", true), t => Words.CountCell(t.Total.Renewed)),
        new(new("Négociations", "en_negociation", true), t => Words.CountCell(t.Total.EnNegociation)),
        new(new("Dont en retard", "negociations_late", true), t => Words.CountCell(t.Total.NegociationsLate, Tone.Bad)),
        new(new("En approbation", "approbations_under_way", true), t => Words.CountCell(t.Total.ApprobationsUnderWay)),
        new(new("À archiver", "originaux_to_archive", true), t => Words.CountCell(t.Total.OriginauxToArchive)),
        new(new("Caisses à informer", "caisses_to_notify", true), t => Words.CountCell(t.Total.CaissesToNotify)),
        new(new("En procédure", "en_procedure", true), t => Words.CountCell(t.Total.EnProcedure, Tone.Bad)),
        new(new("Résiliés", "resilies", true), t => Words.CountCell(t.Total.Resilies, Tone.Attention)),
        new(new("Remplacés", "remplaces", true), t => Words.CountCell(t.Total.Remplaces)),
        new(new("Abandonnés", "abandonnes", true), t => Words.CountCell(t.Total.Abandonnes)),
        new(new("Hors contrat", "hors_contrat", true), t => Words.CountCell(t.Total.HorsContrat, Tone.Attention)),
        new(new("Autres contrats", "avec_autre_contrat", true), t => Words.CountCell(t.Total.AvecAutreContrat)),
        new(new("Contrats uniques", "contrats_uniques", true), t => Words.CountCell(t.Total.ContratsUniques)),
        new(new("Retraits", "retraits", true), t => Words.CountCell(t.Total.Retraits, Tone.Attention)),
        new(new("Régionaux", "regionaux", true), t => Words.CountCell(t.Total.Regionaux)),
        new(new("Socles communs", "socles_communs", true), t => Words.CountCell(t.Total.SoclesCommuns)),
        new(new("Par arrêté", "arretes", true), t => Words.CountCell(t.Total.Arretes, Tone.Attention)),
        new(new("À modifier", "modifications_required", true), t => Words.CountCell(t.Total.ModificationsRequired, Tone.Bad)),
        new(new("Renouv. à répondre", "renouvellements_to_answer", true), t => Words.CountCell(t.Total.RenouvellementsToAnswer, Tone.Attention)),
        new(new("Mis en demeure", "mis_en_demeure", true), t => Words.CountCell(t.Total.MisEnDemeure, Tone.Bad)),
        new(new("En recouvrement", "en_recouvrement", true), t => Words.CountCell(t.Total.EnRecouvrement, Tone.Bad)),
        new(new("Avenants en signature", "avenants_en_signature", true), t => Words.CountCell(t.Total.AvenantsEnSignature)),
        new(new("Avenants signés", "avenants_signes", true), t => Words.CountCell(t.Total.AvenantsSignes)),
        new(new("Demandes d'accès", "demandes_acces", true), t => Words.CountCell(t.Total.DemandesAcces, Tone.Attention)),
    ],
    new Dictionary<string, string[]>
    {
        [Essential] =
        [
            "key", "label", "contrats", "en_vigueur", "pending", "pending_amount", "conflicts", "avenants_under_way", "entites_required", "overdue", "engagements_at_risk", "en_negociation", "en_procedure",
        ],
        [Acts] =
        [
            "key", "label", "contrats", "en_vigueur", "pending", "pending_autorisations", "pending_rc", "pending_financements", "pending_amount", "conflicts", "avenants_under_way", "oldest_pending",
            "entites_required",
        ],
        [Life] =
        [
            "key", "label", "contrats", "en_vigueur", "overdue", "engagements_at_risk", "en_negociation", "negociations_late", "approbations_under_way", "originaux_to_archive", "caisses_to_notify",
            "en_procedure", "modifications_required", "resilies", "abandonnes", "hors_contrat", "avec_autre_contrat", "renouvellements_to_answer", "renewed",
        ],
    });

    public static Grid Rows(IEnumerable<PortfolioRow> rows, params IReadOnlyList<string> columns) => RowColumns.Grid(rows, columns);

    public static Grid Totals(SummarizeResponse summary, params IReadOnlyList<string> columns)
    {
        var rows = summary.Totals.Select(total => (total, total.Key.Length > 0 ? total.Key : "—")).ToList();
        if (summary.Overall is { } overall)
        {
            rows.Add((overall, "Total"));
        }

        return TotalColumns.Grid(rows, columns);
    }

    private static Figures Of(PortfolioRow row) => row.Figures ?? new Figures();
}
