namespace Cpom.Cli.Render;

/// <summary>One changed contrat on one line.</summary>
internal static class WatchText
{
    public static string Row(PortfolioRow row)
    {
        var figures = row.Figures ?? new Figures();
        var conflicts = figures.Conflicts > 0 ? $" · {Words.Plural(figures.Conflicts, "conflit", "conflits")}" : "";
        var avenants = figures.AvenantsUnderWay > 0 ? $" · {Words.Plural(figures.AvenantsUnderWay, "avenant en cours", "avenants en cours")}" : "";
        var overdue = figures.Overdue > 0 ? $" · {Words.Plural(figures.Overdue, "échéance dépassée", "échéances dépassées")}" : "";
        var atRisk = figures.EngagementsAtRisk > 0 ? $" · {Words.Plural(figures.EngagementsAtRisk, "engagement à risque", "engagements à risque")}" : "";
        var procedures = row.Procedures > 0 ? $" · {Words.Plural(row.Procedures, "procédure", "procédures")}" : "";
        var required = row.Modification is "a_ouvrir" or "en_cours" ? " · modification à conclure" : "";
        var renouvellement = row.Renouvellement == "a_repondre" ? " · renouvellement à répondre" : "";
        var negociation = row.Negociation.Length > 0 ? $" · négociation : {NegociationWords.Etape(row.NegociationEtape).Text}{(row.NegociationOverdue > 0 ? ", en retard" : "")}" : "";
        var autres = row.AutresContrats > 0 ? $" · {Words.Plural(row.AutresContrats, "autre contrat", "autres contrats")}" : "";
        var hors = row.HorsContrat ? " · entité hors contrat" : "";
        return $"{Words.Instant(row.ChangedAt).Text}  {row.Numero}  {row.Nom}  {Words.Statut(row.Statut).Text} · {Words.Count(figures.Pending)} en attente "
            + $"({Words.Euros(figures.PendingAmount).Text}){conflicts}{avenants}{overdue}{atRisk}{procedures}{required}{renouvellement}{negociation}{autres}{hors}";
    }

    public static string Removed(string name) => $"{name}  ne répond plus au filtre";
}
