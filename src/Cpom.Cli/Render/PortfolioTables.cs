namespace Cpom.Cli.Render;

/// <summary>The portfolio: one row per contrat, or per group.</summary>
internal static class PortfolioTables
{
    private static readonly Column[] RowColumns =
    [
        new("Contrat", "numero"), new("Entité", "entite"), new("Nom", "nom"), new("GHT", "ghts"), new("Dép.", "departement"), new("Statut", "statut"),
        new("Régime", "regime"), new("Fin", "date_fin"), new("En attente", "pending", true), new("Autor.", "pending_autorisations", true),
        new("RC", "pending_rc", true), new("Financ.", "pending_financements", true), new("Montant", "pending_amount", true), new("Conflits", "conflicts", true),
        new("Partagés", "shared", true), new("Plus ancien", "oldest_pending"), new("Avenants", "avenants_under_way", true), new("Alertes", "flags", true),
        new("Retards", "overdue", true), new("Prochaine échéance", "next_due_on"), new("À risque", "engagements_at_risk", true),
    ];

    private static readonly Column[] TotalColumns =
    [
        new("Groupe", "key"), new("Libellé", "label"), new("Contrats", "contrats", true), new("En vigueur", "en_vigueur", true),
        new("En attente", "pending", true), new("Autor.", "pending_autorisations", true), new("RC", "pending_rc", true),
        new("Financ.", "pending_financements", true), new("Montant", "pending_amount", true), new("Conflits", "conflicts", true),
        new("Avenants", "avenants_under_way", true), new("Plus ancien", "oldest_pending"), new("Sans contrat", "entites_required", true),
        new("Retards", "overdue", true), new("À risque", "engagements_at_risk", true), new("Renouvelés", "renewed", true),
    ];

    public static Grid Rows(IEnumerable<PortfolioRow> rows) => new(RowColumns, [.. rows.Select(Row)]);

    public static Grid Totals(SummarizeResponse summary)
    {
        var rows = summary.Totals.Select(total => TotalRow(total, total.Key.Length > 0 ? total.Key : "—")).ToList();
        if (summary.Overall is { } overall)
        {
            rows.Add(TotalRow(overall, "Total"));
        }

        return new Grid(TotalColumns, rows);
    }

    private static IReadOnlyList<Cell> Row(PortfolioRow row)
    {
        var figures = row.Figures ?? new Figures();
        return
        [
            row.Numero, row.Entite, row.Nom, string.Join(' ', row.Ghts), row.Departement, Words.Statut(row.Statut), row.Regime, row.DateFin,
            Words.CountCell(figures.Pending, Tone.Attention), Words.CountCell(figures.PendingAutorisations), Words.CountCell(figures.PendingRc),
            Words.CountCell(figures.PendingFinancements), Words.Euros(figures.PendingAmount), Words.CountCell(figures.Conflicts, Tone.Bad),
            Words.CountCell(figures.Shared), Words.Instant(figures.OldestPending), Words.CountCell(figures.AvenantsUnderWay), Words.CountCell(figures.Flags, Tone.Bad),
            Words.CountCell(figures.Overdue, Tone.Bad), figures.NextDueOn, Words.CountCell(figures.EngagementsAtRisk, Tone.Bad),
        ];
    }

    private static IReadOnlyList<Cell> TotalRow(SummaryTotal total, string key) =>
    [
        new Cell(key, total.Key), total.Label, Words.CountCell(total.Contrats), Words.CountCell(total.EnVigueur), Words.CountCell(total.Pending, Tone.Attention),
        Words.CountCell(total.PendingAutorisations), Words.CountCell(total.PendingRc), Words.CountCell(total.PendingFinancements),
        Words.Euros(total.PendingAmount), Words.CountCell(total.Conflicts, Tone.Bad), Words.CountCell(total.AvenantsUnderWay),
        Words.Instant(total.OldestPending), Words.CountCell(total.EntitesRequired, Tone.Bad),
        Words.CountCell(total.Overdue, Tone.Bad), Words.CountCell(total.EngagementsAtRisk, Tone.Bad), Words.CountCell(total.Renewed),
    ];
}
