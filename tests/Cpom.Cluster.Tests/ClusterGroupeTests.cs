using Cpom.Runtime.Specs;

namespace Cpom.Cluster.Tests;

/// <summary>Contrats for a GHT at random on a cluster (L-05).</summary>
public sealed class ClusterGroupeTests(ClusterMondes mondes) : GroupeSuite, IClassFixture<ClusterMondes>
{
    internal override Monde NewMonde() => mondes.New();
}
