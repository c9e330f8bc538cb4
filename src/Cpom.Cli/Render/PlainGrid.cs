using System.Text;

namespace Cpom.Cli.Render;

/// <summary>A grid as aligned text: for files, pipes and screens that draw nothing. Never wrapped, so that grep finds whole rows.</summary>
internal static class PlainGrid
{
    private const string Gap = "  ";

    public static void Write(Grid grid, TextWriter output)
    {
        var widths = grid.Columns.Select((column, i) => grid.Rows.Select(row => Width(row[i].Text)).Append(Width(column.Title)).Max()).ToList();
        output.WriteLine(Line(grid.Columns, widths, i => grid.Columns[i].Title));
        output.WriteLine(Line(grid.Columns, widths, i => new string('-', widths[i])));
        foreach (var row in grid.Rows)
        {
            output.WriteLine(Line(grid.Columns, widths, i => row[i].Text));
        }
    }

    private static string Line(IReadOnlyList<Column> columns, List<int> widths, Func<int, string> text)
    {
        var line = new StringBuilder();
        for (var i = 0; i < columns.Count; i++)
        {
            var padding = new string(' ', widths[i] - Width(text(i)));
            line.Append(i == 0 ? "" : Gap).Append(columns[i].IsNumber ? padding + text(i) : text(i) + padding);
        }

        return line.ToString().TrimEnd();
    }

    // Letters with their accents apart take one column together.
    private static int Width(string text) => StringInfo.ParseCombiningCharacters(text).Length;
}
