using System.Globalization;
using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>
/// P1: durable commands a second through actors, against the bulk load of the same bytes and against one transaction per command with as many
/// in flight. The actors are resident; each command is decided, encoded, grouped and stored.
/// </summary>
internal static class Throughput
{
    private const int Entites = 4_096;

    /// <param name="Commands">Of one turn of ours, and rows of one bulk load.</param>
    /// <param name="Singles">Of one turn of one transaction per command, which is slower.</param>
    private sealed record Load(int InFlight, int Commands, int Singles);

    private static readonly Load[] Loads = [new(1, 150, 150), new(32, 3_000, 1_500), new(1_024, 20_480, 3_072)];

    public static async Task Run(Report report, int rounds)
    {
        await using (var postgres = await Scene.OnPostgres())
        {
            await Run(report, rounds, postgres, "binary COPY");
        }

        await using var sqlite = await Scene.OnSqlite();
        await Run(report, rounds, sqlite, "one transaction of prepared INSERTs");
    }

    private static async Task Run(Report report, int rounds, Scene scene, string bulk)
    {
        var ledger = new Ledger(scene.Actors, Entites);
        await ledger.Register();
        var known = await scene.RowsAfter(0);
        await scene.Bulk.Load(known);
        await scene.Single.Prepare(known);
        var versions = known.ToDictionary(row => row.Actor, row => row.Version, StringComparer.Ordinal);
        foreach (var load in Loads)
        {
            IReadOnlyList<StoredEvent> rows = [];
            var samples = await Rounds.Interleave(
                rounds,
                async () =>
                {
                    var before = await scene.Store.LastPosition(default);
                    var seconds = await Rounds.Seconds(() => ledger.Notify(load.Commands, load.InFlight));
                    rows = await scene.RowsAfter(before);
                    return rows.Count / seconds;
                },
                async () => rows.Count / await Rounds.Seconds(() => scene.Bulk.Load(rows)),
                async () =>
                {
                    // Each actor's next version in the reference's own table, which holds fewer rows; one row per actor, for no two writers to meet.
                    var singles = rows.DistinctBy(row => row.Actor).Take(load.Singles).Select(row => row with { Version = versions[row.Actor] = versions[row.Actor] + 1 }).ToList();
                    return singles.Count / await Rounds.Seconds(() => Rounds.InFlight(load.InFlight, singles.Count, i => scene.Single.Store(singles[i])));
                });
            Add(report, scene, load, bulk, samples);
        }
    }

    private static void Add(Report report, Scene scene, Load load, string bulk, Sample[] samples)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{scene.Name}, {load.InFlight:#,0} in flight");
        var isTarget = load.InFlight == 1_024;
        report.Add(Row.Of("P1", $"{what}, against {bulk}", "commands/s", samples[0], samples[1], isTarget ? Target.RatioAtLeast(0.5) : null));
        report.Add(Row.Of("P1", $"{what}, against one transaction per command", "commands/s", samples[0], samples[2], isTarget ? Target.RatioAtLeast(5) : null));
    }
}
