using System.Net;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>How silos share out the relay's work without speaking of it.</summary>
public sealed class OwnersTests
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
        var owners = Enumerable.Range(0, Count).Select(partition => Owners.Of(partition, members)).ToList();
        var shares = members.Select(silo => owners.Count(owner => owner == silo)).ToList();
        Assert.Equal(Count, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        Assert.Equal(owners, Enumerable.Range(0, Count).Select(partition => Owners.Of(partition, [.. members.AsEnumerable().Reverse()])));
    }

    [Fact]
    public void Among_no_silos_a_partition_is_nobody_s() => Assert.Null(Owners.Of(3, []));

    private static SiloAddress Silo(int n) => SiloAddress.New(IPAddress.Loopback, 11_111 + n, 1);
}
