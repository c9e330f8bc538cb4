using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.TestingHost;

namespace Cpom.Cluster.Tests;

/// <summary>The same from a client that goes by the silo's door, as a gateway does.</summary>
public sealed class ClusterDoorTests : ClusterHostTests
{
    private protected override ClusterActors ActorsOf(InProcessTestCluster cluster) => new(
        cluster.Client, TimeProvider.System, new Doors(cluster.Client, cluster.Client.ServiceProvider.GetRequiredService<IClusterManifestProvider>(), StreamCluster.Partitions, TimeProvider.System));
}
