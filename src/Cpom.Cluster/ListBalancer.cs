using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Cpom.Cluster;

/// <summary>
/// Which queues are this silo's, by who is in the cluster: Orleans' own balancers either divide unevenly among few silos or must know their names beforehand.
/// While lists differ, two silos may hold one queue, which does no harm, or nobody does, and its checkpoint waits.
/// </summary>
internal sealed class ListBalancer(IServiceProvider services, IClusterMembershipService membership, ILogger<ListBalancer> logger) : QueueBalancerBase(services, logger)
{
    private List<QueueId> _queues = [];

    public override Task Initialize(IStreamQueueMapper queueMapper)
    {
        _queues = [.. queueMapper.GetAllQueues()];
        return base.Initialize(queueMapper);
    }

    public override IEnumerable<QueueId> GetMyQueues()
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToList();
        return _queues.Where(queue => Owners.Of((int)queue.GetNumericId(), silos) == SiloAddress);
    }

    protected override void OnClusterMembershipChange(HashSet<SiloAddress> activeSilos) => NotifyListeners().Ignore();
}

/// <summary>Whose a partition is: what silos agree on without speaking of it, as far as they have the same list.</summary>
internal static class Owners
{
    /// <summary>Each partition is one silo's, and their shares are equal as far as can be. Among no silos it is nobody's.</summary>
    public static SiloAddress? Of(int partition, IReadOnlyCollection<SiloAddress> silos) => silos.Count == 0 ? null : silos.Order().ElementAt(partition % silos.Count);
}
