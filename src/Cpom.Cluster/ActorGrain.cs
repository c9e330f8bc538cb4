using Cpom.Runtime;
using Orleans.Concurrency;
using Orleans.Metadata;

namespace Cpom.Cluster;

/// <summary>One actor of the cluster. Its key is the actor's own number, its grain type the actor's category.</summary>
[Alias("cpom.actor")]
[GrainInterfaceType("cpom.actor")]
internal interface IActorGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="IActors.Execute"/>.</summary>
    [Alias("execute")]
    Task<Answer> Execute([Immutable] Order order, CancellationToken cancellation);

    /// <summary>As <see cref="IActors.ExecuteAll"/>.</summary>
    [Alias("execute-all")]
    Task<Answers> ExecuteAll([Immutable] Order[] orders, CancellationToken cancellation);
}

/// <summary>The actors in the memory of one silo, behind its grains.</summary>
/// <param name="Seats">
/// The host of a single process. What it does about memory, mailboxes and races is what a silo has to do: a grain adds that one silo at a time
/// is the actor's.
/// </param>
public sealed record SiloActors(IActors Seats);

/// <summary>
/// The one grain there is, a kind of actor a line. It holds nothing: its silo keeps the actor in memory and has its calls wait for one another, so calls
/// may interleave here, and one too many is answered at once. While membership changes two silos may each have an activation of one actor; then they are two
/// nodes over one log, and the loser of a race decides again.
/// </summary>
[Reentrant]
[PartitionPlacement]
internal abstract class ActorGrain(SiloActors silo) : Grain, IActorGrain
{
    public async Task<Answer> Execute(Order order, CancellationToken cancellation) =>
        new(await silo.Seats.Execute(this.GetPrimaryKeyString(), order.Command, order.Provenance, cancellation));

    public async Task<Answers> ExecuteAll(Order[] orders, CancellationToken cancellation) =>
        new(await silo.Seats.ExecuteAll(this.GetPrimaryKeyString(), orders, cancellation));
}

[GrainType("entite")]
internal sealed class EntiteGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("site")]
internal sealed class SiteGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("contrat")]
internal sealed class ContratGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("ght")]
internal sealed class GhtGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("nomenclature")]
internal sealed class NomenclatureGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("fichier")]
internal sealed class FichierGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("socle")]
internal sealed class SocleGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("manquement")]
internal sealed class ManquementGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("campagne")]
internal sealed class CampagneGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("negociation")]
internal sealed class NegociationGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("prs")]
internal sealed class PrsGrain(SiloActors silo) : ActorGrain(silo);

[GrainType("bibliotheque")]
internal sealed class BibliothequeGrain(SiloActors silo) : ActorGrain(silo);
