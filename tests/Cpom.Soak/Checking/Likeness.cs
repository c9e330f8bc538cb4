using System.Globalization;
using Cpom.Runtime;
using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>The log of the disturbed run against that of the same workload undisturbed: every event of every history, in order.</summary>
public static class Likeness
{
    /// <summary>The first are enough to look at.</summary>
    private const int FindingsMax = 20;

    public static IReadOnlyList<string> Differences(IReadOnlyList<StoredEvent> quiet, IReadOnlyList<StoredEvent> disturbed) =>
        [.. Histories.Differences(Histories.Of(quiet, KeyOf, LineOf), Histories.Of(disturbed, KeyOf, LineOf)).Take(FindingsMax)];

    /// <summary>A contrat of the clients has one history, for its client waits for what the relay brings it.</summary>
    private static string KeyOf(StoredEvent stored) =>
        stored.Actor.StartsWith("contrat-SOAK-", StringComparison.Ordinal) ? stored.Actor : Histories.KeyOf(stored);

    /// <summary>The day of recording is part of some facts, and a long run has more than one.</summary>
    private static string LineOf(StoredEvent stored) => Histories.LineOf(stored).Replace(
        stored.Provenance.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "the day of recording", StringComparison.Ordinal);
}
