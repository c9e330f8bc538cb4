namespace Cpom.Cli.Render;

/// <summary>RFC 4180: commas, CRLF, quotes only where needed and doubled inside. Values as on the wire, names of columns in ASCII.</summary>
internal static class Csv
{
    private const string LineEnd = "\r\n";
    private static readonly char[] Special = [',', '"', '\r', '\n'];

    public static void Write(Grid grid, TextWriter output)
    {
        WriteLine(grid.Columns.Select(column => column.Key), output);
        foreach (var row in grid.Rows)
        {
            WriteLine(row.Select(cell => cell.Value), output);
        }
    }

    private static void WriteLine(IEnumerable<string> values, TextWriter output)
    {
        output.Write(string.Join(',', values.Select(Quote)));
        output.Write(LineEnd);
    }

    // A space at an end is quoted too: readers may trim what is not.
    private static string Quote(string value) =>
        value.IndexOfAny(Special) >= 0 || value.StartsWith(' ') || value.EndsWith(' ') ? $"\"{value.Replace("\"", "\"\"")}\"" : value;
}
