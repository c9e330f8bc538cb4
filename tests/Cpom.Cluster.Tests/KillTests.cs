using System.Diagnostics;
using Cpom.TestKit;
using Npgsql;
using Xunit.Abstractions;

namespace Cpom.Cluster.Tests;

/// <summary>Silos die, hang and come back under load, and nothing that was acknowledged is lost or done twice. Times are told, not asserted.</summary>
[RequiresPostgres]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Acts = 400;

    [SuiteFact]
    public async Task A_silo_that_is_killed_is_replaced_by_the_others()
    {
        await using var cluster = await ProcessCluster.Start();
        await using var store = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, store);
        await load.Run(Acts, async () =>
        {
            var since = Stopwatch.GetTimestamp();
            cluster.Silo(0).Kill();
            await cluster.Gone(0);
            output.WriteLine($"Declared dead after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
            await cluster.Relayed(store, await store.LastPosition(default));
            output.WriteLine($"Relayed up to then after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
        });
        output.WriteLine($"The act that waited longest for its answer: {load.LongestWait.TotalSeconds:F1} s.");
        await load.AssertAllThereOnce(store);

        await cluster.Whole();
        await load.AssertAllThereOnce(store); // Whoever takes its part again does nothing twice.
    }

    [SuiteFact]
    public async Task A_silo_that_hangs_is_replaced_and_ends_when_it_wakes()
    {
        await using var cluster = await ProcessCluster.Start();
        await using var store = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, store);
        await load.Run(Acts, async () =>
        {
            var since = Stopwatch.GetTimestamp();
            await cluster.Silo(0).Signal("STOP");
            await cluster.Gone(0);
            output.WriteLine($"Declared dead after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
            await cluster.Relayed(store, await store.LastPosition(default));
            output.WriteLine($"Relayed up to then after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s.");
            await cluster.Silo(0).Signal("CONT"); // It still believes that its actors and its partitions are its own.
        });
        output.WriteLine($"The act that waited longest for its answer: {load.LongestWait.TotalSeconds:F1} s.");
        await cluster.Ended(0);
        await load.AssertAllThereOnce(store);
    }

    [SuiteFact]
    public async Task A_database_that_dies_and_comes_back_finds_the_cluster_as_it_was()
    {
        using var postgres = new PostgresServer();
        await using var cluster = await ProcessCluster.Start(postgres);
        await using var before = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, before);
        await load.Run(Acts, () => Task.Run(() =>
        {
            postgres.StopImmediately();
            postgres.Start();
            NpgsqlConnection.ClearAllPools(); // This process' own: none of them has survived.
        }));
        output.WriteLine($"The act that waited longest for its answer: {load.LongestWait.TotalSeconds:F1} s.");
        await cluster.Whole();
        await using var store = await cluster.Open();
        await load.AssertAllThereOnce(store);
    }
}
