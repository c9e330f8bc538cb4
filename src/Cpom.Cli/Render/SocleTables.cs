namespace Cpom.Cli.Render;

/// <summary>Versions of the socle contractuel, and the clauses of one.</summary>
internal static class SocleTables
{
    private static readonly Column[] Columns = [new("Version", "version"), new("Publié le", "published_on"), new("Contrats", "contrats", true)];

    private static readonly Column[] ClauseColumns = [new("Clause", "clause"), new("Texte", "texte")];

    public static Grid Of(IEnumerable<Socle> socles) => new(
        Columns, [.. socles.Select(socle => (IReadOnlyList<Cell>)[socle.Version, socle.PublishedOn, Words.CountCell(socle.Contrats)])]);

    /// <summary>In the guide's order.</summary>
    public static Grid Clauses(Socle socle) => new(
        ClauseColumns,
        [
            ["Fondements", socle.Texte.Fondements],
            ["Champ", socle.Texte.Champ],
            ["Suivi", socle.Texte.Suivi],
            ["Révision", socle.Texte.Revision],
            ["Sanctions", socle.Texte.Sanctions],
            ["Renouvellement", socle.Texte.Renouvellement],
            ["Durée", socle.Texte.Duree],
        ]);
}
