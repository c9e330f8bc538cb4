using System.Diagnostics;
using Cpom.TestKit;
using Xunit.Abstractions;

namespace Cpom.Cluster.Tests;

/// <summary>A silo that the network cuts off under load, from its peers only or from everything. Nothing that was acknowledged is lost or done twice. Times are told, not asserted.</summary>
[RequiresPostgres]
[RequiresCutNetwork]
public sealed class CutOffTests(ITestOutputHelper output)
{
    private const int Acts = 400;

    /// <summary>It has its database, its gateway and its part of the relay's work, and believes that its actors are its own until it reads that it is dead.</summary>
    [SuiteFact]
    public Task A_silo_that_its_peers_do_not_reach_makes_room_for_them() => Cut(network => network.CutFromPeers());

    /// <summary>It learns what the others have decided when the network is whole again.</summary>
    [SuiteFact]
    public Task A_silo_that_nobody_reaches_is_replaced_and_ends_when_the_network_heals() => Cut(network => network.CutOff());

    private async Task Cut(Action<CutNetwork> cut)
    {
        using var network = CutNetwork.Start();
        using var postgres = new PostgresServer(network: network);
        await using var cluster = await ProcessCluster.Start(postgres, network);
        await using var store = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, store);
        await load.Run(Acts, async () =>
        {
            var since = Stopwatch.GetTimestamp();
            cut(network);
            await cluster.Gone(0);
            output.WriteLine($"Declared dead after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
            await cluster.Relayed(store, await store.LastPosition(default));
            output.WriteLine($"Relayed up to then after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
            network.Heal();
        });
        output.WriteLine($"The act that waited longest for its answer: {load.LongestWait.TotalSeconds:F1} s.");
        await cluster.Ended(0);
        await load.AssertAllThereOnce(store);

        await cluster.Whole();
        await load.AssertAllThereOnce(store); // Whoever takes its part again does nothing twice.
    }
}
