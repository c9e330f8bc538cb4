namespace Cpom.Cli.Render;

/// <summary>What is due.</summary>
internal static class EcheanceTables
{
    private static readonly Column[] Columns =
    [
        new("Échéance", "due_on"), new("Stade", "stade"), new("Contrat ou dossier", "contrat"), new("Quoi", "title"), new("Entité", "entite"), new("Nom", "nom"),
        new("Dép.", "departement"), new("Règle", "rule"), new("Calcul", "computed"), new("Fait le", "done_on"),
    ];

    public static Grid Of(IEnumerable<Echeance> echeances) => new(Columns, [.. echeances.Select(Row)]);

    /// <summary>One line for the reader of one contrat.</summary>
    public static string Line(Echeance echeance) => $"Échéance {echeance.DueOn} : {echeance.Title}, {EcheanceWords.Stade(echeance).Text} ({echeance.Rule} ; {echeance.Computed})";

    private static IReadOnlyList<Cell> Row(Echeance echeance) =>
    [
        echeance.DueOn, EcheanceWords.Stade(echeance), echeance.Contrat.Length > 0 ? Names.NumeroOf(echeance.Contrat) : echeance.Actor,
        new Cell(echeance.Title, EcheanceWords.Kinds.GetValueOrDefault(echeance.Kind, "") + (echeance.Number > 0 ? $"-{echeance.Number}" : "")),
        echeance.Entite, echeance.Nom, echeance.Departement, echeance.Rule, echeance.Computed, echeance.DoneOn,
    ];
}
