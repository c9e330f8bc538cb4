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

    /// <summary>
    /// Each actor's own histories in order, without what differs between any two runs: positions and times of recording.
    /// </summary>
    /// <param name="keyOf">Where an actor's writers wait for each other: which history an event belongs to.</param>
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

    /// <summary>
    /// Two sources write to an actor, each in an order of its own and independently of the other: its client or its files, and the relay, which
    /// may catch a contrat up before or after its next row is read, or tell an entity that a contrat covers it before or after its money is told.
    /// What each of them wrote is one history: nothing looser. A contrat is told by many sites at once, in no order among them: each of its lines
    /// has a history besides.
    /// </summary>
    public static string KeyOf(StoredEvent stored)
    {
        var bySource = $"{stored.Actor}, by {(stored.Provenance.Author == Relay.Author ? "the relay" : "a client")}";
        if (!stored.Actor.StartsWith("contrat-", StringComparison.Ordinal))
        {
            return bySource;
        }

        using var payload = JsonDocument.Parse(stored.Payload);
        if (payload.RootElement.TryGetProperty("act", out var act))
        {
            return $"{stored.Actor} {act.GetProperty("ligneId").GetString()}";
        }

        var id = ActNames.Select(name => payload.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null).FirstOrDefault(value => value is not null);
        return id is null ? bySource : $"{stored.Actor} {id.Split('#')[0]}";
    }
}
