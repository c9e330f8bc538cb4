using Cpom.Domain;
using Cpom.Runtime;
using Cpom.Runtime.Specs;
using Cpom.TestKit;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Cpom.Cluster.Tests;

/// <summary>Worlds that are played on a cluster of three silos, each with actors in a memory of its own, over the one log of the world.</summary>
public sealed class ClusterMondes : IAsyncLifetime
{
    private const short Silos = 3;

    private InProcessTestCluster _cluster = null!;
    private volatile World? _world;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) => silo.AddCpomActors(_ => new Seats(this)));
        builder.ConfigureClient(client => client.AddCpomActors());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>The silos stay; what they keep in memory is of the new world from here on.</summary>
    internal Monde New()
    {
        _world = new();
        return new(_world, new ClusterActors(_cluster.Client, TimeProvider.System));
    }

    /// <summary>A log that every silo appends to.</summary>
    private sealed class World() : StoreDouble(new InMemoryEventStore())
    {
        public override bool IsExclusive => false;
    }

    /// <summary>The actors in the memory of one silo.</summary>
    private sealed class Seats(ClusterMondes mondes) : IActors, IAppender
    {
        private readonly Lock _lock = new();
        private World? _of;
        private EmbeddedActors? _host;

        private EmbeddedActors Host
        {
            get
            {
                lock (_lock)
                {
                    if (_of != mondes._world)
                    {
                        (_of, _host) = (mondes._world, new(mondes._world!, this, new()));
                    }

                    return _host!;
                }
            }
        }

        public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation) =>
            Host.Execute(id, command, provenance, cancellation);

        public Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation) =>
            Host.ExecuteAll(id, orders, cancellation);

        public async Task<AppendResult> Append(Append decision, CancellationToken cancellation) => (await _of!.Append([decision], cancellation))[0];
    }
}
