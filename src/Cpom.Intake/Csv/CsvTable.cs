using System.Runtime.CompilerServices;

namespace Cpom.Intake.Csv;

/// <summary>The values of one line, by column name.</summary>
internal sealed class CsvRow(CsvRecord record, Dictionary<string, int> columns)
{
    public string Place => record.Place;

    /// <summary>As written, its spaces included (R-034 counts them); null when blank, or when the file has no such column.</summary>
    public string? Raw(string column) => this[column] is null ? null : record.Fields[columns[column]];

    /// <summary>Trimmed; null when blank, or when the file has no such column.</summary>
    public string? this[string column] =>
        columns.TryGetValue(column, out var at) && at < record.Fields.Length ? Values.Blank(record.Fields[at]) : null;
}

/// <summary>A CSV file as lines with named values. Lines that cannot be cut into the header's columns become faults.</summary>
internal static class CsvTable
{
    public static async IAsyncEnumerable<SourceItem<TRow>> Read<TRow>(
        ValidFile file,
        CsvLayout layout,
        Func<CsvRow, SourceItem<TRow>> parse,
        IProgress<long>? progress,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TRow : ISourceRow
    {
        if (file.Kind != layout.Kind)
        {
            throw new ArgumentException($"{file.Name} is {file.Kind}, not {layout.Kind}.", nameof(file));
        }
        using var records = CsvRecords.Open(file, progress);
        var header = await records.Next(cancellation);
        var columns = Columns(header!.Fields);
        while (await records.Next(cancellation) is { } record)
        {
            yield return FaultOf(record, header.Fields.Length) is { } fault
                ? new SourceItem<TRow>.Fault(fault)
                : parse(new CsvRow(record, columns));
        }
    }

    /// <summary>The first column of a name wins: a repeated name further right is some tool's leftover.</summary>
    public static Dictionary<string, int> Columns(string[] header)
    {
        Dictionary<string, int> columns = [];
        for (var at = 0; at < header.Length; at++)
        {
            columns.TryAdd(Values.Fold(header[at]), at);
        }
        return columns;
    }

    private static LineFault? FaultOf(CsvRecord record, int width)
    {
        if (record.Problem is { } problem)
        {
            return new LineFault(record.Place, IntakeRules.Limit, problem, "Corriger la ligne dans le fichier d'origine puis le renvoyer.");
        }
        var isWiderByBlanks = record.Fields.Length > width && record.Fields.Skip(width).All(string.IsNullOrWhiteSpace);
        return record.Fields.Length == width || isWiderByBlanks
            ? null
            : new LineFault(
                record.Place,
                IntakeRules.Columns,
                $"La ligne a {record.Fields.Length} colonnes, l'en-tête en annonce {width}.",
                "Mettre entre guillemets les valeurs qui contiennent le séparateur, puis renvoyer le fichier.");
    }
}
