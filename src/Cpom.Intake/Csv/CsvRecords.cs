using System.Text;

namespace Cpom.Intake.Csv;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">Of its first character, from 1.</param>
/// <param name="Problem">French, when the record could not be cut into fields; then <paramref name="Fields"/> is empty.</param>
/// <param name="IsLastWithoutEnd">The file stops without a line end: it may have been cut.</param>
internal sealed record CsvRecord(int Line, string[] Fields, string? Problem, bool IsLastWithoutEnd)
{
    public string Place => $"ligne {Line}";
}

/// <summary>
/// Cuts a CSV file into records, RFC 4180 and the mixed quoting of etalab included. Own code rather than a library because
/// a record must know its line, stay within limits, and give the following lines back when a quote is never closed.
/// </summary>
internal sealed class CsvRecords(BoundedLines lines, char separator) : IDisposable
{
    private readonly Queue<TextLine> _givenBack = [];
    private int _width;

    public static CsvRecords Open(ValidFile file, IProgress<long>? progress) => new(
        new BoundedLines(new StreamReader(file.OpenContent(progress), file.Encoding, detectEncodingFromByteOrderMarks: true)),
        file.Separator ?? throw new InvalidOperationException($"{file.Name} is not a CSV file."));

    /// <summary>The next record that is not an empty line, or null at the end.</summary>
    public async ValueTask<CsvRecord?> Next(CancellationToken cancellation)
    {
        while (await NextLine(cancellation) is { } line)
        {
            if (line.Text.Length == 0 && !line.IsTooLong)
            {
                continue;
            }
            var record = await Complete(line, cancellation);
            _width = _width == 0 ? record.Fields.Length : _width;
            return record;
        }
        return null;
    }

    private ValueTask<TextLine?> NextLine(CancellationToken cancellation) =>
        _givenBack.TryDequeue(out var line) ? new(line) : lines.Next(cancellation);

    /// <summary>A quoted field may hold line ends: adds lines until the quotes close, within the limits.</summary>
    private async ValueTask<CsvRecord> Complete(TextLine first, CancellationToken cancellation)
    {
        var text = new StringBuilder(first.Text);
        var last = first;
        List<TextLine> added = [];
        while (!last.IsTooLong)
        {
            if (CsvFields.Split(text.ToString(), separator, isQuoting: true) is { } fields)
            {
                return Sound(first, fields, last);
            }
            var isFull = added.Count + 1 >= IntakeLimits.RecordLinesMax || text.Length > IntakeLimits.LineCharsMax;
            if (isFull || await NextLine(cancellation) is not { } next)
            {
                break;
            }
            added.Add(next);
            text.Append('\n').Append(next.Text);
            last = next;
        }
        return GiveUp(first, added);
    }

    /// <summary>The quote never closed: the lines after the first are given back, and the first is read with its quotes as letters.</summary>
    private CsvRecord GiveUp(TextLine first, List<TextLine> added)
    {
        var waiting = _givenBack.ToArray();
        _givenBack.Clear();
        foreach (var line in (TextLine[])[.. added, .. waiting])
        {
            _givenBack.Enqueue(line);
        }
        if (first.IsTooLong)
        {
            return new CsvRecord(first.Number, [], $"La ligne dépasse {IntakeLimits.LineCharsMax} caractères.", false);
        }
        var literal = CsvFields.Split(first.Text, separator, isQuoting: false)!;
        return literal.Length == _width
            ? Sound(first, literal, first)
            : new CsvRecord(first.Number, [], "Un guillemet ouvert n'est jamais refermé.", false);
    }

    private static CsvRecord Sound(TextLine first, string[] fields, TextLine last)
    {
        if (fields.Length > IntakeLimits.ColumnsMax)
        {
            return new CsvRecord(first.Number, [], $"La ligne a plus de {IntakeLimits.ColumnsMax} colonnes.", false);
        }
        var isTooLong = fields.Any(field => field.Length > IntakeLimits.FieldCharsMax);
        return isTooLong
            ? new CsvRecord(first.Number, [], $"Une valeur dépasse {IntakeLimits.FieldCharsMax} caractères.", false)
            : new CsvRecord(first.Number, fields, null, !last.IsEnded);
    }

    public void Dispose() => lines.Dispose();
}
