namespace Cpom.Cli.Render;

/// <summary>Items of a contrat or of an avenant: where, what, from when, and by what proof.</summary>
internal static class ItemTables
{
    private static readonly Column[] Columns =
    [
        new("Élément", "id"), new("Volet", "volet"), new("FINESS", "finess"), new("Ligne", "ligne"), new("Avant", "before"), new("Après", "after"),
        new("Montant", "amount", IsNumber: true), new("Effet", "valid_on"), new("Marques", "marks"), new("Preuve", "proof"),
    ];

    public static Grid Of(IEnumerable<Item> items) => new(Columns, [.. items.Select(Row)]);

    /// <summary>"—" where the line did not exist or ends.</summary>
    public static string LigneText(Ligne? ligne) => ligne is null ? "—" : ligne.Summary.Length > 0 ? ligne.Summary : ligne.Id;

    public static Cell Marks(Item item)
    {
        var words = new List<string>();
        if (item.Conflict)
        {
            words.Add($"conflit : le contrat dit « {LigneText(item.Expected)} »");
        }

        if (item.Shared)
        {
            words.Add("partagé");
        }

        return new Cell(string.Join(" ; ", words), string.Join(' ', Keys(item)), item.Conflict ? Tone.Bad : Tone.Plain);
    }

    private static IReadOnlyList<Cell> Row(Item item) =>
    [
        item.Id,
        new Cell(Words.VoletCode(item.Volet)),
        item.Finess,
        item.LigneId,
        LigneText(item.Before),
        LigneText(item.After),
        Words.Euros(item.Amount),
        item.ValidOn,
        Marks(item),
        ProofText.Of(item.Cause),
    ];

    private static IEnumerable<string> Keys(Item item)
    {
        if (item.Conflict)
        {
            yield return "conflict";
        }

        if (item.Shared)
        {
            yield return "shared";
        }
    }
}
