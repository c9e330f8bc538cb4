using Cpom.Conformance;
using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Cpom.Cluster.Tests;

/// <summary>A cluster of one silo, and a client outside it. Two hosts over one log are two silos that both believe an actor to be theirs.</summary>
public class ClusterHostTests : HostSuite, IDisposable
{
    private readonly Dictionary<IActors, (InProcessTestCluster Cluster, EmbeddedActors Seats)> _hosts = [];

    public void Dispose()
    {
        foreach (var (cluster, _) in _hosts.Values)
        {
            cluster.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private protected virtual ClusterActors ActorsOf(InProcessTestCluster cluster) => new(cluster.Client, TimeProvider.System);

    protected override IActors Open(IEventStore store, IAppender appender)
    {
        var seats = new EmbeddedActors(store, appender, new(ResidentsMax, MailboxMax));
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) => silo.AddCpomActors(_ => seats));
        builder.ConfigureClient(client =>
        {
            client.AddCpomActors();
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(1)); // The suite holds appends as long as it likes.
        });
        var cluster = builder.Build();
        cluster.DeployAsync().GetAwaiter().GetResult();
        var host = ActorsOf(cluster);
        _hosts.Add(host, (cluster, seats));
        return host;
    }

    protected override int ResidentsOf(IActors host) => _hosts[host].Seats.Residents;
}
