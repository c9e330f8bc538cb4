using Cpom.Domain.Entites;
using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>
/// P10: a silo of three is killed (SIGKILL) while 32 commands are in flight. Recovered is when one command to every entity that was under way or came
/// after has been acknowledged, and every partition has been relayed up to the end of the log. Then each command must be in the log once.
/// </summary>
internal static class ClusterRecovery
{
    private const int InFlight = 32;
    private const int RoundsMax = 3;
    private const int FirstMovement = 200_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(20);

    public static async Task Run(Report report, int rounds, Served place)
    {
        var cluster = place.Cluster!;
        var movements = new SubmittedMovements(place.Client);
        var recoveries = new List<double>();
        var acknowledged = 0;
        for (var round = 0; round < Math.Min(rounds, RoundsMax); round++)
        {
            var first = FirstMovement + (round * Served.Entites);
            var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var load = Rounds.InFlight(InFlight, Served.Entites, async i =>
            {
                await movements.Persist(first + i);
                if (i >= Served.Entites / 4 && killed.TrySetResult())
                {
                    cluster.Silo(round % cluster.Silos).Kill();
                }
            });
            await killed.Task;
            recoveries.Add(await Rounds.Seconds(async () =>
            {
                await load.WaitAsync(Patience);
                await Relayed(place).WaitAsync(Patience);
            }));
            acknowledged += Served.Entites;
            await cluster.StartSilo(round % cluster.Silos);
            await cluster.Listed();
        }

        report.Add(Row.Of("P10", "3 silos, from kill -9 of one under load to full service", "s", new(recoveries), null, Target.AtMost(15)));
        var counts = await CountsOf(place);
        report.Add(Row.Of("P10", $"acknowledged commands lost, of {acknowledged}", "commands", new(acknowledged - counts.Count), null, Target.AtMost(0)));
        report.Add(Row.Of("P10", $"effects doubled, of {acknowledged}", "commands", new(counts.Values.Count(count => count > 1)), null, Target.AtMost(0)));
    }

    private static async Task Relayed(Served place)
    {
        var last = await place.Store.LastPosition(default);
        await using var partitions = place.Store.JoinPartitions();
        var names = Enumerable.Range(0, partitions.Count).Select(p => $"relay-{p}-of-{partitions.Count}").ToList();
        using var looks = new PeriodicTimer(LookPause);
        while ((await place.Store.ReadCheckpoints(names, default)).Min() < last)
        {
            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>The movements of this row in the log: how often each.</summary>
    private static async Task<Dictionary<int, int>> CountsOf(Served place)
    {
        var counts = new Dictionary<int, int>();
        long position = 0;
        while (await place.Store.ReadLog(position, 4_096, default) is { Count: > 0 } page)
        {
            position = page[^1].Position;
            foreach (var movement in page.Select(EventCodec.Decode).OfType<EntiteEvent.FinancementNotified>())
            {
                var number = SubmittedMovements.NumberOf(movement.LigneId);
                if (number >= FirstMovement)
                {
                    counts[number] = counts.GetValueOrDefault(number) + 1;
                }
            }
        }

        return counts;
    }
}
