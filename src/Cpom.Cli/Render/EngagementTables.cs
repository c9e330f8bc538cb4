namespace Cpom.Cli.Render;

/// <summary>Engagements at work, and the library that generic ones come from.</summary>
internal static class EngagementTables
{
    private static readonly Column[] Columns =
    [
        new("Contrat", "contrat"), new("Entité", "entite"), new("Nom", "nom"), new("Dép.", "departement"), new("N°", "number", true), new("Volet", "volet"), new("Objectif", "objectif"),
        new("Année", "annee", true), new("Statut", "statut"), new("À risque", "at_risk"), new("Valeurs", "valeurs"),
    ];

    private static readonly Column[] BibliothequeColumns =
    [
        new("Volet", "volet"), new("Version", "version"), new("Publiée le", "published_on"), new("Code", "code"), new("Objectif", "objectif"), new("Indicateurs", "indicateurs"),
    ];

    public static Grid Of(IEnumerable<EngagementSuivi> engagements) => new(Columns, [.. engagements.Select(Row)]);

    public static Grid Of(IEnumerable<Bibliotheque> bibliotheques) => new(
        BibliothequeColumns,
        [
            .. from bibliotheque in bibliotheques
               from generique in bibliotheque.Generiques
               select (IReadOnlyList<Cell>)
               [
                   new Cell(Words.VoletCode(bibliotheque.Volet)), bibliotheque.Version, bibliotheque.PublishedOn, generique.Code, generique.Objectif,
                   string.Join(" ; ", generique.Indicateurs.Select(i => $"{i.Libelle} ({i.Unite})")),
               ],
        ]);

    /// <summary>One line for the reader of one contrat.</summary>
    public static string Line(EngagementSuivi engagement) =>
        $"Engagement {engagement.Number} : {EngagementWords.Statut(engagement.Statut).Text}{(engagement.Annee > 0 ? $" en {engagement.Annee}" : "")}{(engagement.AtRisk ? ", à risque" : "")} — {Values(engagement)}";

    private static IReadOnlyList<Cell> Row(EngagementSuivi engagement) =>
    [
        Names.NumeroOf(engagement.Contrat), engagement.Entite, engagement.Nom, engagement.Departement, Words.CountCell(engagement.Number), new Cell(Words.VoletCode(engagement.Volet)),
        engagement.Objectif, Words.CountCell(engagement.Annee), EngagementWords.Statut(engagement.Statut), engagement.AtRisk ? new Cell("à risque", "oui", Tone.Bad) : new Cell("", "non"),
        Values(engagement),
    ];

    private static string Values(EngagementSuivi engagement) => string.Join(" ; ", engagement.Valeurs.Select(v =>
        $"{(engagement.Valeurs.Any(o => o.Indicateur != v.Indicateur) ? $"n° {v.Indicateur}, " : "")}{v.Annee} : {(v.Valeur.Length > 0 ? v.Valeur : "?")}{(v.Cible.Length > 0 ? $" (cible {v.Cible})" : "")}"));
}
