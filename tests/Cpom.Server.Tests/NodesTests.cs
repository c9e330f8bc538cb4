using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>What a node on its own tells its operator.</summary>
public sealed class NodesTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.Start(new InMemoryEventStore());
        await _server.Register();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_is_the_only_one_and_holds_everything()
    {
        var list = await _server.Nodes.ListNodesAsync(new());
        var node = Assert.Single(list.Nodes);
        Assert.Equal((V1.NodeRole.Embedded, V1.NodeState.Active), (node.Role, node.State));
        Assert.Equal(_server.Grpc.Authority, node.Address);
        Assert.Equal($"nodes/{Environment.MachineName}:{_server.Grpc.Port}", node.Name);
        Assert.Equal(_server.Time.GetUtcNow(), node.StartedAt.ToDateTimeOffset());
        Assert.Equal([("entite", 1), ("ght", 1), ("site", 2)], node.Actors.Select(kind => (kind.Kind, kind.Count)));
        Assert.Equal([0], node.Partitions);
    }

    [Fact]
    public async Task It_tells_how_far_the_relay_and_the_portfolio_have_come()
    {
        var last = await _server.Node.Store.LastPosition(default);
        await _server.Node.Portfolio.WaitFor(last, default);
        var list = await _server.Nodes.ListNodesAsync(new());
        Assert.Equal((last, last), (list.LogPosition, list.PortfolioPosition));
        Assert.Equal((0, last, 0), Assert.Single(list.Partitions) is var p ? (p.Number, p.Position, p.Lag) : default);
    }

    [Fact]
    public async Task It_can_be_told_to_leave_by_its_name_only()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await _server.Nodes.DrainNodeAsync(new() { Name = "nodes/ailleurs:1" }));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.False(_server.Stopping.IsCompleted);
        await _server.Nodes.DrainNodeAsync(new() { Name = (await _server.Nodes.ListNodesAsync(new())).Nodes[0].Name });
        Assert.True(_server.Stopping.IsCompleted);
        Assert.Equal(V1.NodeState.Leaving, (await _server.Nodes.ListNodesAsync(new())).Nodes[0].State); // And is still there to be asked.
    }
}
