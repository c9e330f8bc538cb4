using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See nodes.proto.</summary>
internal sealed class NodesService(Nodes nodes, CpomNode node, ServerOptions options) : V1.NodesService.NodesServiceBase
{
    private const string Collection = "nodes";

    public override async Task<V1.ListNodesResponse> ListNodes(V1.ListNodesRequest request, ServerCallContext context)
    {
        // Progress before the log's end: a lag is never less than it was.
        var relayed = await node.ReadRelayed(context.CancellationToken);
        var last = await node.Store.LastPosition(context.CancellationToken);
        var response = new V1.ListNodesResponse { LogPosition = last, PortfolioPosition = options.Host == HostRole.Silo ? 0 : node.Portfolio.Current.Position };
        response.Nodes.AddRange(await nodes.List());
        response.Partitions.AddRange(relayed.Select((position, number) => new V1.RelayPartition { Number = number, Position = position, Lag = Math.Max(0, last - position) }));
        return response;
    }

    public override async Task<V1.DrainNodeResponse> DrainNode(V1.DrainNodeRequest request, ServerCallContext context) =>
        await nodes.Drain(Names.Read(request.Name, Collection, "name")) ? new() : throw Errors.NotFound(request.Name);

    internal static V1.Node Describe(
        string name, V1.NodeRole role, V1.NodeState state, string address, DateTimeOffset startedAt, IReadOnlyDictionary<string, int> actors, IReadOnlyList<int> partitions)
    {
        var described = new V1.Node { Name = $"{Collection}/{name}", Role = role, State = state, Address = address, StartedAt = Timestamp.FromDateTimeOffset(startedAt) };
        described.Actors.AddRange(actors.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new V1.ResidentActors { Kind = kind.Key, Count = kind.Value }));
        described.Partitions.AddRange(partitions);
        return described;
    }
}
