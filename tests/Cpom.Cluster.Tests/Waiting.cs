using System.Diagnostics;
using Cpom.Storage;

namespace Cpom.Cluster.Tests;

/// <summary>Waiting for what other processes do, with an end and a reason.</summary>
internal static class Waiting
{
    /// <summary>Evidence is missing after this; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks at the same thing: long enough to leave the machine to who is looked at.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again whether something is so.</summary>
    /// <param name="printed">What those who are waited for have said, for whoever reads that it is not.</param>
    public static async Task Until(string what, Func<Task<bool>> isSo, Func<string>? printed = null)
    {
        var since = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(Pause);
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"Not so after {Patience}: {what}.\n{printed?.Invoke()}");
            }

            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>Completes when every partition is relayed up to a position.</summary>
    public static Task Relayed(PostgresEventStore store, long position, Func<string>? printed = null) => Until(
        $"all is relayed up to {position}",
        async () => (await store.ReadCheckpoints([.. Enumerable.Range(0, 8).Select(p => $"relay-{p}-of-8")], default)).Min() >= position,
        printed);
}
