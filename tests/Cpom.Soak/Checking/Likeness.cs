using System.Globalization;
using System.Text.Json;
using Cpom.Runtime;
using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>The log of the disturbed run against that of the same workload undisturbed: every event of every history, in order.</summary>
public static class Likeness
{
    /// <summary>The first are enough to look at.</summary>
    private const int FindingsMax = 20;

    /// <summary>Properties of an event of a contrat that name the act, or the item, that it is about.</summary>
    private static readonly string[] ActNames = ["itemId", "actId"];

    public static IReadOnlyList<string> Differences(IReadOnlyList<StoredEvent> quiet, IReadOnlyList<StoredEvent> disturbed) =>
        [.. Histories.Differences(Histories.Of(quiet, KeyOf, LineOf), Histories.Of(disturbed, KeyOf, LineOf)).Take(FindingsMax)];

    /// <summary>
    /// Two sources write to an actor, each in an order of its own and independently of the other: its client or its files, and the relay, which
    /// may tell an entity that a contrat covers it before or after its money is told. What each of them wrote is one history: nothing looser.
    /// A contrat of the clients has one history, for its client waits for what the relay brings it. One of the imported region is told by many
    /// sites at once, in no order among them: each of its lines has a history, and so has the rest, by source as of any other actor.
    /// </summary>
    private static string KeyOf(StoredEvent stored)
    {
        if (stored.Actor.StartsWith("contrat-SOAK-", StringComparison.Ordinal))
        {
            return stored.Actor;
        }

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

    /// <summary>The day of recording is part of some facts, and a long run has more than one.</summary>
    private static string LineOf(StoredEvent stored) => Histories.LineOf(stored).Replace(
        stored.Provenance.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "the day of recording", StringComparison.Ordinal);
}
