namespace Cpom.Cli.Render;

/// <param name="Title">French, for people.</param>
/// <param name="Key">ASCII, the column's name in CSV.</param>
/// <param name="IsNumber">Aligned to the right.</param>
internal sealed record Column(string Title, string Key, bool IsNumber = false);

/// <param name="Text">For people.</param>
/// <param name="Raw">For tools, as on the wire; the same as the text when null.</param>
/// <param name="Tone">Drawn in colour where there is colour; the text alone says it all.</param>
internal sealed record Cell(string Text, string? Raw = null, Tone Tone = Tone.Plain)
{
    public string Value => Raw ?? Text;

    public static implicit operator Cell(string text) => new(text);
}

internal enum Tone
{
    Plain,
    Good,
    Attention,
    Bad,
}

/// <summary>Rows to print, before anybody knows how.</summary>
internal sealed record Grid(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);
