using System.Text;

namespace Cpom.Intake.Csv;

/// <summary>Cuts one record into fields. Pure.</summary>
internal static class CsvFields
{
    /// <summary>
    /// The fields, or null when a quote is still open at the end. A quote opens only at the start of a field; inside, it
    /// closes only before a separator or the end, so the "LE "BON" HOPITAL" of careless exports keeps its inner quotes.
    /// </summary>
    public static string[]? Split(string record, char separator, bool isQuoting)
    {
        if (!isQuoting || !record.Contains('"', StringComparison.Ordinal))
        {
            return record.Split(separator);
        }
        List<string> fields = [];
        var at = 0;
        while (true)
        {
            var field = at < record.Length && record[at] == '"'
                ? Quoted(record, separator, ref at)
                : Plain(record, separator, ref at);
            if (field is null)
            {
                return null;
            }
            fields.Add(field);
            if (at >= record.Length)
            {
                return [.. fields];
            }
            at++;
        }
    }

    private static string Plain(string record, char separator, ref int at)
    {
        var end = record.IndexOf(separator, at);
        end = end < 0 ? record.Length : end;
        var field = record[at..end];
        at = end;
        return field;
    }

    private static string? Quoted(string record, char separator, ref int at)
    {
        var field = new StringBuilder();
        for (var i = at + 1; i < record.Length; i++)
        {
            if (record[i] != '"')
            {
                field.Append(record[i]);
            }
            else if (i + 1 == record.Length || record[i + 1] == separator)
            {
                at = i + 1;
                return field.ToString();
            }
            else
            {
                i += record[i + 1] == '"' ? 1 : 0;
                field.Append('"');
            }
        }
        return null;
    }
}
