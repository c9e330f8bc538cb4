using Cpom.Runtime.Specs;

namespace Cpom.Cluster.Tests;

/// <summary>Small regions at random on a cluster.</summary>
public sealed class ClusterRegionTests(ClusterMondes mondes) : RegionSuite, IClassFixture<ClusterMondes>
{
    internal override Monde NewMonde() => mondes.New();
}
