using Spectre.Console;

namespace Cpom.Cli.Render;

/// <summary>A grid drawn for a person at a terminal.</summary>
internal static class RichGrid
{
    public static void Write(Grid grid, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in grid.Columns)
        {
            var drawn = new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)));
            table.AddColumn(column.IsNumber ? drawn.RightAligned() : drawn);
        }

        foreach (var row in grid.Rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, StyleOf(cell.Tone))));
        }

        console.Write(table);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Attention => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}
