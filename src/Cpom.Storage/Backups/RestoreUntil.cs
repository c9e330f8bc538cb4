using System.Globalization;

namespace Cpom.Storage.Backups;

/// <summary>Where a restore ends before the end of its file: after a position, or before the first event that was recorded after an instant.</summary>
public sealed record RestoreUntil
{
    private readonly long? _position;
    private readonly DateTimeOffset? _instant;

    private RestoreUntil(long? position, DateTimeOffset? instant) => (_position, _instant) = (position, instant);

    public static RestoreUntil Position(long position) => new(position, null);

    public static RestoreUntil Instant(DateTimeOffset instant) => new(null, instant);

    /// <summary>A position in digits, or an instant that says its offset from UTC (2026-11-25T16:00:00Z).</summary>
    public static bool TryParse(string text, out RestoreUntil? until)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        until = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? Position(position)
            : text.Length > 6 && (text[^1] == 'Z' || text[^6..] is ['+' or '-', ..])
                && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? Instant(instant)
            : null;
        return until is not null;
    }

    /// <summary>
    /// The beginning of a log. What one command recorded stays whole or goes whole: an actor never was what half of it would make. Events of one actor that
    /// follow one another with the same instant, author and cause are taken for one command's.
    /// </summary>
    internal IEnumerable<LogRow> Keep(IEnumerable<LogRow> rows)
    {
        var command = new List<LogRow>();
        foreach (var row in rows)
        {
            if (command is [.., var last] && !IsOfOneCommand(last, row))
            {
                foreach (var whole in command)
                {
                    yield return whole;
                }

                command.Clear();
            }

            if (!Keeps(row))
            {
                yield break;
            }

            command.Add(row);
        }

        foreach (var whole in command)
        {
            yield return whole;
        }
    }

    private bool Keeps(in LogRow row) => _position is { } position ? row.Position <= position : row.Instant <= _instant;

    private static bool IsOfOneCommand(in LogRow one, in LogRow next) =>
        one.Actor == next.Actor && one.RecordedAt == next.RecordedAt && one.Author == next.Author && one.Cause.AsSpan().SequenceEqual(next.Cause);
}
