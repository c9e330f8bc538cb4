using System.Globalization;
using System.Text;
using System.Text.Json;
using Cpom.Runtime;

namespace Cpom.TestKit;

/// <summary>What a log holds, as text that two runs can be compared by.</summary>
public static class Histories
{
    private const int PageMax = 1000;

    /// <summary>Properties of an event of a contrat that name the act, or the item, that it is about.</summary>
    private static readonly string[] ActNames = ["itemId", "actId"];

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

    /// <summary>See <see cref="Of"/>.</summary>
    public static async Task<SortedDictionary<string, IReadOnlyList<string>>> Read(IEventStore store, CancellationToken cancellation) =>
        Of(await ReadLog(store, cancellation));

    /// <summary>
    /// Each actor's own history in order, without what differs between any two runs: positions, times and days of recording. A contrat's history
    /// is that of each of its lines, and of the rest: many sites tell it of their lines at once, in no order among them. So is an entity's: of its
    /// obligation, and of the rest.
    /// </summary>
    /// <param name="isWhole">Contrats that nothing but their one client tells of anything: their whole history has one order.</param>
    public static SortedDictionary<string, IReadOnlyList<string>> Of(IEnumerable<StoredEvent> log, Func<string, bool>? isWhole = null)
    {
        var histories = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var stored in log)
        {
            var key = isWhole?.Invoke(stored.Actor) == true ? stored.Actor : KeyOf(stored);
            if (!histories.TryGetValue(key, out var history))
            {
                histories[key] = history = new List<string>();
            }

            ((List<string>)history).Add(Line(stored));
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

    private static string KeyOf(StoredEvent stored)
    {
        if (!stored.Actor.StartsWith("contrat-", StringComparison.Ordinal))
        {
            return IsObligation(stored) ? $"{stored.Actor} obligation" : stored.Actor;
        }

        using var payload = JsonDocument.Parse(stored.Payload);
        if (payload.RootElement.TryGetProperty("act", out var act))
        {
            return $"{stored.Actor} {act.GetProperty("ligneId").GetString()}";
        }

        var id = ActNames.Select(name => payload.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null).FirstOrDefault(value => value is not null);
        return id is null ? stored.Actor : $"{stored.Actor} {id.Split('#')[0]}";
    }

    private static string Line(StoredEvent stored)
    {
        var recorded = stored.Provenance.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var line = string.Join(
            " | ",
            stored.Name,
            Encoding.UTF8.GetString(stored.Payload.Span),
            stored.ValidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            stored.Provenance.Author,
            stored.Provenance.Cause.ToString());
        return line.Replace(recorded, "the day of recording", StringComparison.Ordinal);
    }

    /// <summary>What the relay tells an entity of its obligation comes in no order with what files and tools tell it of its money.</summary>
    private static bool IsObligation(StoredEvent stored) => stored.Name.StartsWith("contrat-requir", StringComparison.Ordinal);
}
