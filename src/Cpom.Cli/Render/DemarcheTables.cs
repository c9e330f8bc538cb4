namespace Cpom.Cli.Render;

/// <summary>What can be done next, by whom, and what keeps the rest from being done.</summary>
internal static class DemarcheTables
{
    private static readonly Column[] Columns =
        [new("Étape", "groupe"), new("Démarche", "libelle"), new("Possible", "possible"), new("Par", "roles"), new("Règle", "rule"), new("Ce qui empêche", "detail")];

    private static readonly Column[] StepColumns = [.. Columns[1..]];

    public static Grid Of(IEnumerable<Demarche> demarches) => new(Columns, [.. demarches.Select(Row)]);

    public static Grid Of(IEnumerable<CampagneDemarche> demarches) => new(
        [new("Vague", "vague"), .. StepColumns],
        [.. demarches.Select(d => (IReadOnlyList<Cell>)[new Cell(d.Vague == 0 ? "" : Invariant($"{d.Vague}"), Invariant($"{d.Vague}")), .. Step(d.Libelle, d.Roles, d.Refusal)])]);

    public static Grid Of(IEnumerable<ManquementDemarche> demarches) => new(StepColumns, [.. demarches.Select(d => Step(d.Libelle, d.Roles, d.Refusal))]);

    public static string Footer(IReadOnlyCollection<Demarche> demarches) =>
        $"{Words.Plural(demarches.Count(d => d.Refusal is null), "démarche possible", "démarches possibles")}, {Words.Plural(demarches.Count(d => d.Refusal is not null), "empêchée", "empêchées")}";

    public static string RolesOf(IEnumerable<Role> roles) => string.Join(", ", roles.Select(r => ApprobationWords.Roles.GetValueOrDefault(r, "?")));

    private static IReadOnlyList<Cell> Row(Demarche demarche) => [new Cell(GroupeOf(demarche.Groupe)), .. Step(demarche.Libelle, demarche.Roles, demarche.Refusal)];

    private static IReadOnlyList<Cell> Step(string libelle, IEnumerable<Role> roles, RefusalDetail? refusal) =>
    [
        libelle,
        refusal is null ? new Cell("oui", "true", Tone.Good) : new Cell("non", "false", Tone.Attention),
        RolesOf(roles),
        refusal?.Rule ?? "",
        refusal?.Detail ?? "",
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string GroupeOf(DemarcheGroupe groupe) => groupe switch
    {
        DemarcheGroupe.Projet => "projet",
        DemarcheGroupe.Approbation => "approbation",
        DemarcheGroupe.Signature => "signature",
        DemarcheGroupe.Publicite => "publicité",
        DemarcheGroupe.SocleCommun => "socle commun",
        DemarcheGroupe.Avenant => "avenant",
        DemarcheGroupe.Suivi => "suivi",
        _ => "?",
    };
}
