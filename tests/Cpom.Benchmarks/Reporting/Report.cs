using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cpom.Benchmarks;

/// <summary>The rows as they come, then the table and the file.</summary>
internal sealed class Report
{
    private static readonly string[] Headings = ["id", "what", "ours", "reference", "unit", "ratio", "target", "met", "min…max"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Row> _rows = [];

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.WriteLine(string.Join("  ", Cells(row)) + (row.Remark.Length == 0 ? "" : $"  ({row.Remark})"));
    }

    public void PrintTable()
    {
        var lines = _rows.Select(Cells).Prepend(Headings).ToList();
        var widths = Headings.Select((_, i) => lines.Max(cells => cells[i].Length)).ToList();
        Console.WriteLine();
        foreach (var cells in lines)
        {
            Console.WriteLine(string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        foreach (var row in _rows.Where(row => row.Remark.Length > 0))
        {
            Console.WriteLine($"{row.Id} {row.What}: {row.Remark}");
        }
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(_rows, Json));
    }

    private static string[] Cells(Row row) =>
    [
        row.Id, row.What, Figures.Show(row.Ours), Figures.Show(row.Reference), row.Unit, Figures.Show(row.Ratio), row.Target,
        row.Met switch { true => "yes", false => "NO", null => "" }, row.Spread,
    ];
}
