#if ORLEANS
using System.Globalization;
using Cpom.Cluster;
using Cpom.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#endif

namespace Cpom.Benchmarks;

/// <summary>
/// P10: what a durable command costs more where its actor is on one of one or three silos, beside an embedded node on the same PostgreSQL. Twice: through gRPC,
/// the door that users have on both sides (a gateway, or the node), and through <c>IActors</c>, where the embedded actors are in the caller's own process and
/// those of the silos a message away.
/// </summary>
internal static class ClusterCost
{
    private const string What = "a durable command on silos, against an embedded node";
    private static readonly Target Twice = Target.RatioAtMost(2);

#if !ORLEANS
    public static Task Run(Report report, int rounds)
    {
        report.Add(Row.Missing("P10", What, "µs", Twice, "Orleans does not restore here, or UseOrleans=false: not run"));
        return Task.CompletedTask;
    }
#else
    private static readonly int[] Silos = [1, 3];

    /// <summary>
    /// Commands to each process that has actors before anything is counted. A process compiles what it does often once more in the background; a silo of three is
    /// given a third of the commands. With as many for all of them together, a quarter to a half of a cluster's processor time was the compiler's.
    /// </summary>
    private const int WarmUp = 40_000;

    private const int WarmUpInFlight = 256;

    private sealed record Load(int InFlight, int Commands);

    private static readonly Load[] Loads = [new(1, 200), new(32, 3_000), new(1_024, 8_192)];

    public static async Task Run(Report report, int rounds)
    {
        await using var node = await Served.Start(silos: 0);
        await using var one = await Served.Start(Silos[0]);
        await using var three = await Served.Start(Silos[1]);
        foreach (var (place, processes) in new[] { (node, 1), (one, Silos[0]), (three, Silos[1]) })
        {
            await new SubmittedMovements(place.Client, firstMovement: 10_000_000).Submit(WarmUp * processes, WarmUpInFlight);
        }

        await ThroughGrpc(report, rounds, [node, one, three]);
        await ThroughActors(report, rounds, [one, three]);
        await ClusterRecovery.Run(report, rounds, three);
    }

    private static async Task ThroughGrpc(Report report, int rounds, Served[] places)
    {
        var movements = places.Select(place => new SubmittedMovements(place.Client)).ToArray();
        foreach (var load in Loads)
        {
            var processor = places.Select(_ => new List<double>()).ToArray();
            var samples = await Rounds.Interleave(rounds, [.. places.Select((place, i) => (Func<Task<double>>)(async () =>
            {
                var before = await place.ProcessorTime();
                var seconds = await Rounds.Seconds(() => movements[i].Submit(load.Commands, load.InFlight));
                processor[i].Add((await place.ProcessorTime() - before).TotalMicroseconds / load.Commands);
                return seconds * 1e6 / load.Commands;
            }))]);
            var spent = processor.Select(figures => new Sample(figures.Skip(1))).ToArray();
            for (var i = 0; i < Silos.Length; i++)
            {
                var what = Named(Silos[i], load, "gRPC");
                report.Add(Row.Of("P10", what, "µs", samples[i + 1], samples[0], Twice));
                report.Add(Row.Of("P10", $"{what}, processor time of the platform's processes", "µs", spent[i + 1], spent[0], target: null));
            }
        }
    }

    private static async Task ThroughActors(Report report, int rounds, Served[] places)
    {
        await using var scene = await Scene.OnPostgres();
        var embedded = new Ledger(scene.Actors, Served.Entites);
        await embedded.Register();
        var clients = new List<IHost>();
        try
        {
            foreach (var place in places)
            {
                clients.Add(await ClientOf(place));
            }

            // Movements that gRPC has not told of.
            var ledgers = clients.Select(client => new Ledger(ClusterHosting.ActorsOf(client.Services, TimeProvider.System, places[0].Store.JoinPartitions().Count), Served.Entites, firstMovement: 100_000_000)).Prepend(embedded).ToList();
            foreach (var load in Loads)
            {
                var samples = await Rounds.Interleave(rounds, [.. ledgers.Select(ledger => (Func<Task<double>>)(async () =>
                    await Rounds.Seconds(() => ledger.Notify(load.Commands, load.InFlight)) * 1e6 / load.Commands))]);
                for (var i = 0; i < Silos.Length; i++)
                {
                    report.Add(Row.Of("P10", Named(Silos[i], load, "IActors"), "µs", samples[i + 1], samples[0], target: null));
                }
            }
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.StopAsync();
                client.Dispose();
            }
        }
    }

    private static async Task<IHost> ClientOf(Served place)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        ClusterHosting.AddClient(builder, new(place.Database, new Cpom.Server.ServerOptions().Cluster));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static string Named(int silos, Load load, string door) =>
        string.Create(CultureInfo.InvariantCulture, $"{What}: {silos} {(silos == 1 ? "silo" : "silos")}, {load.InFlight:#,0} in flight, {door}");
#endif
}
