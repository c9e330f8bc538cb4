using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>How many contrats are negotiated, approved, late, in breach, terminated or renewed, and the line that lists them.</summary>
internal sealed class Situations(Stage stage)
{
    private static readonly Column[] Columns = [new("Situation", "situation"), new("Combien", "combien", true), new("Pour les voir", "commande")];

    /// <summary>Of contrats: the situation and its filter.</summary>
    private static readonly (string Situation, string Filter)[] OfContrats =
    [
        ("contrats en négociation", "negociation != aucune AND negociation != signee"),
        ("projets consultés ou validés, à signer", "approbation = a_valider OR approbation = a_signer"),
        ("contrats signés par la structure seule", "approbation = en_signature"),
        ("contrats avec une échéance dépassée", "overdue > 0"),
        ("contrats avec un engagement à risque", "engagements_at_risk > 0"),
        ("contrats visés par une procédure", "procedures > 0"),
        ("contrats résiliés", "statut = resilie"),
        ("contrats renouvelés", "renewed_by != \"\""),
        ("contrats uniques de groupements", "contrat_unique = oui"),
        ("contrats que la région négocie", "niveau = regional"),
        ("contrats fixés par arrêté", "arrete = oui"),
        ("contrats « socle commun » en attendant", "nature = socle_commun AND statut != remplace"),
        ("contrats remplacés par une nouvelle signature", "replaced_by != \"\""),
        ("contrats à modifier après une sanction", "modification = a_ouvrir OR modification = en_cours"),
        ("contrats mis en demeure", "procedure = mis_en_demeure OR procedure = renouvele"),
        ("contrats en recouvrement", "procedure = recouvrement"),
        ("contrats dont le renouvellement attend sa réponse", "renouvellement = a_repondre"),
        ("contrats avec un avenant en cours", "avenants_under_way > 0"),
        ("contrats dont la communication est demandée", "demandes_acces > 0"),
        ("projets abandonnés", "statut = abandonne"),
    ];

    public async Task Show(CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        foreach (var (situation, filter) in OfContrats)
        {
            var found = await stage.Remote.Portfolio.QueryAsync(new() { Filter = filter, PageSize = 1 }, cancellationToken: cancellation);
            Add(rows, situation, found.TotalSize, $"cpom portfolio --filter '{filter}'");
        }

        var overdue = await stage.Remote.Echeances.ListEcheancesAsync(new() { Stades = { EcheanceStade.Depassee }, PageSize = 1 }, cancellationToken: cancellation);
        Add(rows, "échéances dépassées", overdue.TotalSize, "cpom echeances --stade depassee");
        var late = await stage.Remote.Negociations.ListNegociationsAsync(new() { Late = true, PageSize = 1 }, cancellationToken: cancellation);
        Add(rows, "négociations dont une étape est dépassée", late.TotalSize, "cpom negociation list --late");
        var penalties = new ListManquementsRequest { PageSize = Paging.PageSize, Etapes = { ManquementEtape.Sanctionne, ManquementEtape.Notifie, ManquementEtape.Recouvrement } };
        var manquements = await stage.Remote.Sanctions.ListManquementsAsync(penalties, cancellationToken: cancellation);
        Add(rows, "pénalités demandées", manquements.Manquements.Count(m => m.Sanctions.Any(s => s.Sanction.Penalite.Length > 0 && s.CancelledOn.Length == 0)), "cpom sanction list --etape notifie");
        var others = await stage.Remote.AutresContrats.ListAutresContratsAsync(new() { PageSize = 1 }, cancellationToken: cancellation);
        Add(rows, "autres contrats des entités", others.TotalSize, "cpom autre-contrat list");
        var hors = await stage.Remote.Sanctions.ListHorsContratAsync(new(), cancellationToken: cancellation);
        Add(rows, "entités hors contrat", hors.Entites.Count, "cpom sanction list-hors-contrat");
        if (rows.Count > 0)
        {
            stage.Title("Où en sont les contrats");
            Output.Write(stage.Terminal, new Grid(Columns, rows));
        }
    }

    private static void Add(List<IReadOnlyList<Cell>> rows, string situation, int count, string command)
    {
        if (count > 0)
        {
            rows.Add([situation, Words.CountCell(count), command]);
        }
    }
}
