using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;

namespace Cpom.Cluster.Tests;

/// <summary>Which host is behind the door makes no difference to what is recorded and shown.</summary>
[RequiresPostgres]
public sealed class SamePortfolioTests
{
    [SuiteFact]
    public async Task A_cluster_shows_what_an_embedded_node_shows()
    {
        using var folder = new TemporaryFolder();
        var region = Region.Write(folder.File("region"), days: 1);
        await using var cluster = await ProcessCluster.Start();
        await using var clusterStore = await cluster.Open();
        var ofCluster = await Play(region, cluster.Client, clusterStore);

        var database = PostgresServer.Shared.CreateDatabase();
        using var server = await ServerProcess.Start(folder.File("embedded"), postgres: database);
        using var client = new Importer(server.Grpc);
        await using var store = await PostgresEventStore.Open(database);
        Assert.Equal(await Play(region, client, store), ofCluster);
    }

    /// <summary>One file after the other, each with all its effects before the next; then every row, but for the instants at which it changed.</summary>
    private static async Task<List<PortfolioRow>> Play(IReadOnlyList<Delivery> region, Importer client, PostgresEventStore store)
    {
        foreach (var delivery in region)
        {
            await client.Import(delivery);
            await Settle(store);
        }

        await client.WaitFor(await store.LastPosition(default), default);
        var answer = await client.Portfolio.QueryAsync(new() { PageSize = 1_000, OrderBy = "numero" });
        Assert.Contains(answer.Rows, row => row.Figures.Pending > 0); // Else there was nothing to compare.
        foreach (var row in answer.Rows)
        {
            (row.ChangedAt, row.Figures.OldestPending) = (null, null);
        }

        return [.. answer.Rows];
    }

    private static async Task Settle(PostgresEventStore store)
    {
        for (long before = -1, last = await store.LastPosition(default); before < last;)
        {
            await Waiting.Relayed(store, last);
            (before, last) = (last, await store.LastPosition(default));
        }
    }
}
