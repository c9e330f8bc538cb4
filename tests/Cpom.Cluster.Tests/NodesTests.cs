using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Cluster.Tests;

/// <summary>What an operator sees of a cluster, and the silo that he has leave.</summary>
[RequiresPostgres]
public sealed class NodesTests
{
    private const int Partitions = 8;

    [SuiteFact]
    public async Task An_operator_sees_who_holds_what_and_has_one_leave()
    {
        await using var cluster = await ProcessCluster.Start();
        await using var store = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, store);
        await cluster.Settle(store);

        var list = await Shared(cluster, ProcessCluster.Silos);
        Assert.Equal(NodeRole.Gateway, list.Nodes[0].Role);
        Assert.All(Silos(list), silo => Assert.Equal(NodeState.Active, silo.State));
        Assert.True(Silos(list).Sum(silo => silo.Actors.Single(kind => kind.Kind == "contrat").Count) > 0);
        Assert.All(list.Partitions, partition => Assert.Equal(0, partition.Lag));

        var leaves = Silos(list)[1];
        await load.Run(100, async () => await cluster.Client.Nodes.DrainNodeAsync(new() { Name = leaves.Name }));
        await cluster.Ended(cluster.SiloAt(leaves.Address));
        Assert.DoesNotContain(leaves.Name, Silos(await Shared(cluster, ProcessCluster.Silos - 1)).Select(silo => silo.Name));
        await load.AssertAllThereOnce(store);

        var gone = await Assert.ThrowsAsync<RpcException>(async () => await cluster.Client.Nodes.DrainNodeAsync(new() { Name = leaves.Name }));
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }

    [SuiteFact]
    public async Task A_silo_that_hangs_is_seen_to_be_silent()
    {
        await using var cluster = await ProcessCluster.Start();
        await cluster.Silo(0).Signal("STOP");
        await cluster.Until("somebody is silent", async () =>
            (await cluster.Client.Nodes.ListNodesAsync(new())).Nodes.Any(node => node.State == NodeState.Silent && cluster.SiloAt(node.Address) == 0));
    }

    /// <summary>What is told once every partition is one silo's.</summary>
    private static async Task<ListNodesResponse> Shared(ProcessCluster cluster, int silos)
    {
        ListNodesResponse? list = null;
        await cluster.Until($"{silos} silos share {Partitions} partitions", async () =>
        {
            list = await cluster.Client.Nodes.ListNodesAsync(new());
            return Silos(list).Count == silos && Silos(list).SelectMany(silo => silo.Partitions).Order().SequenceEqual(Enumerable.Range(0, Partitions));
        });
        return list!;
    }

    private static List<Node> Silos(ListNodesResponse list) => [.. list.Nodes.Where(node => node.Role == NodeRole.Silo)];
}
