using Cpom.Runtime;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>
/// A silo's part in the relay's work, by who is in the cluster and not by lock: a silo that hangs keeps its locks, but not its membership. Every silo reads
/// its share from the list of members; while lists differ, two may hold one partition, which does no harm, or nobody does, and its checkpoint waits.
/// </summary>
/// <param name="count">How many partitions there are: part of the names of their checkpoints, so the store's own number.</param>
internal sealed class ClusterPartitions(IClusterMembershipService membership, SiloAddress self, int count) : IPartitions
{
    /// <summary>As often as over locks.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    public int Count => count;

    public TimeSpan BalanceEvery => Every;

    public Task<IReadOnlySet<int>> Balance(CancellationToken cancellation)
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress);
        return Task.FromResult(ShareOf(self, silos, count));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Every partition is in one share. Who is not among the silos has none.</summary>
    internal static IReadOnlySet<int> ShareOf(SiloAddress silo, IEnumerable<SiloAddress> silos, int count)
    {
        var order = silos.Order().ToList();
        var rank = order.IndexOf(silo);
        return Enumerable.Range(0, count).Where(partition => rank >= 0 && partition % order.Count == rank).ToHashSet();
    }
}
