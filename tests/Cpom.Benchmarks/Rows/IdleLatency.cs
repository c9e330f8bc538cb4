namespace Cpom.Benchmarks;

/// <summary>P2: one command at a time through an actor, against one INSERT of the same row that commits itself, in turns.</summary>
internal static class IdleLatency
{
    private const int Entites = 256;
    private const int WarmUp = 100;
    private const int CommandsPerRound = 150;

    public static async Task Run(Report report, int rounds)
    {
        await using (var postgres = await Scene.OnPostgres())
        {
            await Run(report, rounds, postgres);
        }

        await using var sqlite = await Scene.OnSqlite();
        await Run(report, rounds, sqlite);
    }

    private static async Task Run(Report report, int rounds, Scene scene)
    {
        var ledger = new Ledger(scene.Actors, Entites);
        await ledger.Register();
        await scene.Single.Prepare(await scene.RowsAfter(0));
        var ours = new List<double>();
        var bare = new List<double>();
        for (var i = 0; i < WarmUp + (rounds * CommandsPerRound); i++)
        {
            var before = await scene.Store.LastPosition(default);
            var command = await Rounds.Seconds(ledger.NotifyNext) * 1_000;
            var row = (await scene.RowsAfter(before))[0];
            var commit = await Rounds.Seconds(() => scene.Single.StoreBare(row)) * 1_000;
            if (i >= WarmUp)
            {
                ours.Add(command);
                bare.Add(commit);
            }
        }

        Add(report, scene.Name, new(ours), new(bare));
    }

    private static void Add(Report report, string store, Sample ours, Sample bare)
    {
        var typical = new Sample(bare.Median);
        report.Add(Row.Of("P2", $"{store}, p50, against the p50 of a bare commit", "ms", new(ours.Median), typical, Target.RatioAtMost(1.5)));
        report.Add(Row.Of("P2", $"{store}, p99, against the p50 of a bare commit", "ms", new(ours.At(0.99)), typical, Target.RatioAtMost(5)));
        report.Add(Row.Of("P2", $"{store}, p99, against the p99 of a bare commit", "ms", new(ours.At(0.99)), new(bare.At(0.99)), target: null));
    }
}
