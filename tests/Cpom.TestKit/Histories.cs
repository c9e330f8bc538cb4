using System.Globalization;
using System.Text;
using System.Text.Json;
using Cpom.Runtime;

namespace Cpom.TestKit;

/// <summary>What a log holds, as text that two runs can be compared by.</summary>
public static class Histories
{
    private const int PageMax = 1000;

    /// <summary>The whole log, in its order.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> ReadLog(IEventStore store, CancellationToken cancellation)
    {
        var log = new List<StoredEvent>();
        long position = 0;
        while (await store.ReadLog(position, PageMax, cancellation) is { Count: > 0 } page)
        {
            log.AddRange(page);
            position = page[^1].Position;
        }

        return log;
    }

    /// <summary>
    /// Each actor's own history in order, without what differs between any two runs: positions and times of recording. A contrat's history is
    /// that of each of its lines, and of the rest: many sites tell it of their lines at once, in no order among them.
    /// </summary>
    /// <param name="keyOf">Where there are more sources than one import: which history an event belongs to.</param>
    /// <param name="lineOf">Where runs may be on different days: what an event says.</param>
    public static SortedDictionary<string, IReadOnlyList<string>> Of(
        IEnumerable<StoredEvent> log, Func<StoredEvent, string>? keyOf = null, Func<StoredEvent, string>? lineOf = null)
    {
        var histories = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var stored in log)
        {
            var key = (keyOf ?? KeyOf)(stored);
            if (!histories.TryGetValue(key, out var history))
            {
                histories[key] = history = new List<string>();
            }

            ((List<string>)history).Add((lineOf ?? LineOf)(stored));
        }

        return histories;
    }

    /// <summary>One text for each history that is not the same in both.</summary>
    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, IReadOnlyList<string>> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> found) =>
        from key in expected.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
        let quiet = expected.GetValueOrDefault(key) ?? []
        let disturbed = found.GetValueOrDefault(key) ?? []
        where !quiet.SequenceEqual(disturbed)
        select Difference(key, quiet, disturbed);

    private static string Difference(string key, IReadOnlyList<string> quiet, IReadOnlyList<string> disturbed)
    {
        var at = Enumerable.Range(0, Math.Max(quiet.Count, disturbed.Count)).First(i => quiet.ElementAtOrDefault(i) != disturbed.ElementAtOrDefault(i));
        var isOrder = quiet.Order(StringComparer.Ordinal).SequenceEqual(disturbed.Order(StringComparer.Ordinal));
        return $"""
            {key} differs from its event {at + 1} on{(isOrder ? ", in order only" : string.Empty)}:
            quiet     ({quiet.Count}): {quiet.ElementAtOrDefault(at) ?? "nothing"}
            disturbed ({disturbed.Count}): {disturbed.ElementAtOrDefault(at) ?? "nothing"}
            """;
    }

    public static string LineOf(StoredEvent stored) => string.Join(
        " | ",
        stored.Name,
        Encoding.UTF8.GetString(stored.Payload.Span),
        stored.ValidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        stored.Provenance.Author,
        stored.Provenance.Cause.ToString());

    private static string KeyOf(StoredEvent stored)
    {
        if (!stored.Actor.StartsWith("contrat-", StringComparison.Ordinal))
        {
            return stored.Actor;
        }

        using var payload = JsonDocument.Parse(stored.Payload);
        return payload.RootElement.TryGetProperty("act", out var act) ? $"{stored.Actor} {act.GetProperty("ligneId")}" : stored.Actor;
    }
}
