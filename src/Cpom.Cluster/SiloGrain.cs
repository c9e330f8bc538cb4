using Orleans.Concurrency;
using Orleans.Metadata;

namespace Cpom.Cluster;

/// <summary>What a silo tells of itself, and what it can be told to do. Its key is the silo's own address.</summary>
[Alias("cpom.silo")]
[GrainInterfaceType("cpom.silo")]
internal interface ISiloGrain : IGrainWithStringKey
{
    [Alias("report")]
    Task<SiloWork> Report();

    /// <summary>Has the silo leave the cluster in order and end. Answered when it has begun.</summary>
    [Alias("drain")]
    Task Drain();
}

/// <summary>What a silo has in hand. Numbers of members are for ever.</summary>
/// <param name="Actors">Actors in its memory, by category.</param>
/// <param name="Partitions">Partitions of the relay that it holds.</param>
[GenerateSerializer]
[Immutable]
[Alias("cpom.silo-work")]
public sealed record SiloWork([property: Id(0)] Dictionary<string, int> Actors, [property: Id(1)] int[] Partitions);

/// <summary>The process of a silo, to its grain.</summary>
/// <param name="Stop">As SIGTERM: returns at once.</param>
public sealed record SiloProcess(Func<SiloWork> Work, Action Stop);

/// <summary>Stands for the silo that it is on.</summary>
[Reentrant]
[SiloPlacement]
[GrainType("silo")]
internal sealed class SiloGrain(SiloProcess silo) : Grain, ISiloGrain
{
    public Task<SiloWork> Report() => Task.FromResult(silo.Work());

    public Task Drain()
    {
        silo.Stop();
        return Task.CompletedTask;
    }
}
