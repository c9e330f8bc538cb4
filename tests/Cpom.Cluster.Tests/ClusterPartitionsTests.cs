using System.Net;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>How silos share out the relay's work without speaking of it.</summary>
public sealed class ClusterPartitionsTests
{
    private const int Count = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void Every_partition_is_one_silo_s_whatever_the_order_of_the_list(int silos)
    {
        var members = Enumerable.Range(0, silos).Select(Silo).ToList();
        var shares = members.Select(silo => ClusterPartitions.ShareOf(silo, members, Count)).ToList();
        Assert.Equal(Enumerable.Range(0, Count), shares.SelectMany(share => share).Order());
        Assert.InRange(shares.Max(share => share.Count) - shares.Min(share => share.Count), 0, 1);
        Assert.Equal(shares, members.Select(silo => ClusterPartitions.ShareOf(silo, members.AsEnumerable().Reverse(), Count)));
    }

    [Fact]
    public void Who_is_not_among_the_silos_has_nothing_to_relay()
    {
        Assert.Empty(ClusterPartitions.ShareOf(Silo(9), [Silo(1), Silo(2)], Count));
        Assert.Empty(ClusterPartitions.ShareOf(Silo(9), [], Count));
    }

    private static SiloAddress Silo(int n) => SiloAddress.New(IPAddress.Loopback, 11_111 + n, 1);
}
