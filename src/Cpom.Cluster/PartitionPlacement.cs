using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Cpom.Cluster;

/// <summary>Grains of a partition are placed on the silo that has its queue.</summary>
[GenerateSerializer]
[Immutable]
[Alias("cpom.partition-placement")]
internal sealed class PartitionPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class PartitionPlacementAttribute() : PlacementAttribute(new PartitionPlacement());

internal sealed class PartitionDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return Task.FromResult(IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) // Of who moves an activation by hand.
            ?? Owners.Of(LogBatch.PartitionOf(target.GrainIdentity.Key.ToString()!), silos)
            ?? throw new OrleansException($"No silo takes {target.GrainIdentity}."));
    }
}
