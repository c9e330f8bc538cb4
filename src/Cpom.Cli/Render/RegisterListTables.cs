namespace Cpom.Cli.Render;

/// <summary>The registers one row each: entities, sites, groups.</summary>
internal static class RegisterListTables
{
    private static readonly Column[] EntiteColumns =
        [new("Entité", "entite"), new("Nom", "nom"), new("Nature", "partie"), new("Commune", "commune"), new("Dép.", "departement"), new("GHT", "ghts"), new("Fermée le", "closed_on"), new("Sans contrat", "obligation")];

    private static readonly Column[] SiteColumns =
        [new("Site", "site"), new("Nom", "nom"), new("Entité", "entite"), new("Dép.", "departement"), new("Fermé le", "closed_on"), new("Autor.", "autorisations", true), new("RC", "rc", true)];

    private static readonly Column[] GhtColumns =
        [new("GHT", "code"), new("Nom", "nom"), new("Membres", "membres", true), new("Contrats", "contrats", true), new("En attente", "pending", true), new("Contrat unique", "contrat_unique")];

    public static Grid Of(IEnumerable<Entite> entites) => new(
        EntiteColumns,
        [
            .. entites.Select(e => (IReadOnlyList<Cell>)
            [
                e.Finess, e.Nom, Words.PartieCell(e.Partie), e.Commune, e.Departement, string.Join(' ', e.Ghts), e.ClosedOn,
                e.Obligation is { } obligation ? new Cell(obligation.Rule, obligation.Rule, Tone.Bad) : "",
            ]),
        ]);

    public static Grid Of(IEnumerable<Site> sites) => new(
        SiteColumns, [.. sites.Select(s => (IReadOnlyList<Cell>)[s.Finess, s.Nom, s.Entite, s.Departement, s.ClosedOn, Words.CountCell(s.Autorisations), Words.CountCell(s.Rc)])]);

    public static Grid Of(IEnumerable<Ght> ghts) => new(
        GhtColumns,
        [
            .. ghts.Select(g => (IReadOnlyList<Cell>)
            [
                g.Code, g.Nom, Words.CountCell(g.Membres.Count), Words.CountCell(g.Contrats), Words.CountCell(g.Totals?.Pending ?? 0, Tone.Attention), g.ContratUnique.Length > 0 ? Names.NumeroOf(g.ContratUnique) : "",
            ]),
        ]);
}
