using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Cpom.Cluster;

/// <summary>A relay grain is placed where its partition's queue is; so is an entity, and its sites and contrats where a call says that they are its own. The rest is spread by number.</summary>
[GenerateSerializer]
[Immutable]
[Alias("cpom.partition-placement")]
internal sealed class PartitionPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class PartitionPlacementAttribute() : PlacementAttribute(new PartitionPlacement());

internal sealed class PartitionDirector(IServiceProvider services) : IPlacementDirector
{
    private readonly LogQueues? _queues = services.GetService<LogQueues>();

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var place = Homes.PartitionOf(target.GrainIdentity, target.RequestContextData, _queues?.Count) ?? (int)(target.GrainIdentity.GetUniformHashCode() & int.MaxValue);
        return Task.FromResult(IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) // Of who moves an activation by hand.
            ?? Owners.Of(place, silos)
            ?? throw new OrleansException($"No silo takes {target.GrainIdentity}."));
    }
}

/// <summary>Where actors are at home: at the partition of their legal entity, as far as it is known when they are called.</summary>
internal static class Homes
{
    /// <summary>With a call: the legal entity of the actor called.</summary>
    public const string Entite = "cpom.entite";

    /// <summary>With a call of the relay: the partition that it relays.</summary>
    public const string Relay = "cpom.relay";

    private static readonly GrainType RelayType = GrainType.Create("relais");
    private static readonly GrainType EntiteType = GrainType.Create("entite");

    /// <summary>The legal entity that a command itself names as its actor's, or null.</summary>
    public static string? EntiteOf(string id, object command) => ((command as IfVersion)?.Command ?? command) switch
    {
        EntiteCommand or ManquementsCommand => id,
        SiteCommand.Register register => register.Entite,
        SiteCommand.Declare declare => declare.Entite,
        SiteCommand.StateLignes lignes => lignes.Entite,
        ContratCommand.Open open => open.Fiche.Entite,
        _ => null,
    };

    /// <param name="said">What came with the call.</param>
    /// <param name="partitions">How many there are; null where there is no relay.</param>
    public static int? PartitionOf(GrainId grain, Dictionary<string, object>? said, int? partitions)
    {
        if (grain.Type == RelayType)
        {
            return LogBatch.PartitionOf(grain.Key.ToString()!);
        }

        if (said?.GetValueOrDefault(Relay) is int relayed)
        {
            return relayed;
        }

        var entite = grain.Type == EntiteType ? grain.Key.ToString() : said?.GetValueOrDefault(Entite) as string;
        return entite is null || partitions is not { } count ? null : PartitionRules.Of(entite, count);
    }
}
