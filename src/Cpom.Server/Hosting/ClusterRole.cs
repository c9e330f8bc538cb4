using Microsoft.AspNetCore.Builder;
#if ORLEANS
using System.Net;
using Cpom.Cluster;
using Microsoft.Extensions.DependencyInjection;
#endif

namespace Cpom.Server;

/// <summary>The options ask for a process that cannot be. The message is for people, in French.</summary>
public sealed class HostUnusableException(string message) : Exception(message);

/// <summary>How many silos take part in the cluster that a process belongs to.</summary>
/// <param name="Count">Null outside of a cluster.</param>
internal sealed record ClusterMembers(Func<CancellationToken, Task<int?>> Count)
{
    public static ClusterMembers None { get; } = new(_ => Task.FromResult<int?>(null));
}

/// <summary>What a process of a cluster has besides what every node has. All that this project knows of Orleans is here: a program built without it has embedded nodes only.</summary>
internal static class ClusterRole
{
    /// <exception cref="HostUnusableException">Not with these options, or not with this program.</exception>
    public static void Check(ServerOptions options)
    {
        if (options.Host == HostRole.Embedded)
        {
            return;
        }

#if !ORLEANS
        throw new HostUnusableException("Ce programme est construit sans Orleans : il n'a pas de grappe. Sans --host (ou --host embedded), plusieurs nœuds se partagent un PostgreSQL.");
#else
        if (options.Postgres is null)
        {
            throw new HostUnusableException("Une grappe a son journal dans PostgreSQL : indiquez-le par --postgres ou CPOM_POSTGRES.");
        }

        if (options.Host == HostRole.Silo && AddressOf(options) is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            throw new HostUnusableException($"Un silo qui écoute sur {address} doit dire par CPOM_SILO_ADDRESS à quelle adresse les autres l'atteignent.");
        }
#endif
    }

#if ORLEANS
    /// <param name="partitions">How many the store has of the relay.</param>
    public static void Add(WebApplicationBuilder builder, ServerOptions options, int partitions)
    {
        var place = new ClusterPlace(options.Postgres ?? "", options.Cluster);
        switch (options.Host)
        {
            case HostRole.Silo:
                ClusterHosting.AddSilo(builder, place, PlaceOf(options), services => services.GetRequiredService<CpomNode>().Local, ProcessOf, partitions);
                break;
            case HostRole.Gateway:
                ClusterHosting.AddClient(builder, place);
                break;
        }
    }

    /// <summary>For whatever takes its clock from the container, where Orleans looks for it. What is recorded has <paramref name="time"/> itself.</summary>
    public static TimeProvider TimeOf(ServerOptions options, TimeProvider time) => options.Host == HostRole.Embedded ? time : ClusterHosting.Steady(time);

    /// <param name="partitions">As for <see cref="Add"/>.</param>
    public static ClusterParts? PartsOf(IServiceProvider services, ServerOptions options, TimeProvider time, int partitions) => options.Host switch
    {
        HostRole.Silo => new(ClusterHosting.ActorsOf(services, time), () => ClusterHosting.PartitionsOf(services)),
        HostRole.Gateway => new(ClusterHosting.ActorsOf(services, time, partitions), null),
        _ => null,
    };

    public static ClusterMembers MembersOf(IServiceProvider services, ServerOptions options) =>
        options.Host == HostRole.Embedded ? ClusterMembers.None : new(async _ => await ClusterHosting.CountSilos(services));

    public static IPeers? PeersOf(IServiceProvider services, ServerOptions options, TimeProvider time) =>
        options.Host == HostRole.Embedded ? null : new Silos(ClusterSilos.Of(services, time));

    private static SiloProcess ProcessOf(IServiceProvider services)
    {
        var node = services.GetRequiredService<CpomNode>();
        return new(() => new(new(node.Local.ResidentsByKind), [.. node.HeldPartitions]), services.GetRequiredService<StopRequest>().Ask);
    }

    private static SiloPlace PlaceOf(ServerOptions options) => new(AddressOf(options), options.SiloPort, options.SiloClientPort, $"{Environment.MachineName}:{options.SiloPort}");

    private static IPAddress AddressOf(ServerOptions options) => options.SiloAddress ?? options.Address;

    private sealed class Silos(ClusterSilos silos) : IPeers
    {
        public async Task<IReadOnlyList<V1.Node>> List() => [.. (await silos.List()).Select(ToProto)];

        public Task<bool> Drain(string name) => silos.Drain(name);

        private static V1.Node ToProto(SiloReport silo) => NodesService.Describe(
            silo.Name, V1.NodeRole.Silo, silo.State switch
            {
                SiloState.Joining => V1.NodeState.Joining,
                SiloState.Active => V1.NodeState.Active,
                SiloState.Leaving => V1.NodeState.Leaving,
                _ => V1.NodeState.Silent,
            },
            silo.Address, silo.StartedAt, silo.Work?.Actors ?? new Dictionary<string, int>(), silo.Work?.Partitions ?? []);
    }
#else
    public static void Add(WebApplicationBuilder builder, ServerOptions options, int partitions)
    {
        // Check has refused every other role.
    }

    public static TimeProvider TimeOf(ServerOptions options, TimeProvider time) => time;

    public static ClusterParts? PartsOf(IServiceProvider services, ServerOptions options, TimeProvider time, int partitions) => null;

    public static ClusterMembers MembersOf(IServiceProvider services, ServerOptions options) => ClusterMembers.None;

    public static IPeers? PeersOf(IServiceProvider services, ServerOptions options, TimeProvider time) => null;
#endif
}
