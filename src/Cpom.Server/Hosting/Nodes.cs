using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cpom.Server;

/// <summary>The silos of the cluster, to a process that is one or speaks to them.</summary>
internal interface IPeers
{
    Task<IReadOnlyList<V1.Node>> List();

    /// <summary>Has one leave in order. False when none of that name takes part.</summary>
    Task<bool> Drain(string name);
}

/// <summary>This process and those that it works with.</summary>
/// <param name="peers">Null where there is no cluster: nodes over one log do not know one another.</param>
internal sealed class Nodes(CpomNode node, ServerOptions options, IServer server, StopRequest stop, IPeers? peers)
{
    private readonly DateTimeOffset _startedAt = node.Time.GetUtcNow();

    /// <summary>This process first.</summary>
    public async Task<IReadOnlyList<V1.Node>> List()
    {
        var (name, address) = Self();
        var self = NodesService.Describe(
            name,
            options.Host == HostRole.Gateway ? V1.NodeRole.Gateway : V1.NodeRole.Embedded,
            stop.Asked.IsCompleted ? V1.NodeState.Leaving : V1.NodeState.Active,
            address, _startedAt, node.Local.ResidentsByKind, node.HeldPartitions);
        return peers is null ? [self] : [self, .. await peers.List()];
    }

    /// <summary>Has a process leave in order. False when none of that name takes part.</summary>
    public async Task<bool> Drain(string name)
    {
        if (name != Self().Name)
        {
            return peers is not null && await peers.Drain(name);
        }

        stop.Ask();
        return true;
    }

    /// <summary>Named as silos are, by the machine and the port at which it is called: the one of gRPC, last of its addresses.</summary>
    private (string Name, string Address) Self()
    {
        var called = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Last());
        return ($"{Environment.MachineName}:{called.Port}", called.Authority);
    }
}
