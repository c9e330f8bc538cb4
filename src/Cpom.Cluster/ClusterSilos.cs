using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>How a silo takes part, as the list and the silo itself have it.</summary>
public enum SiloState
{
    Joining,
    Active,
    Leaving,

    /// <summary>It takes part, as far as the others know, and does not answer.</summary>
    Silent,
}

/// <summary>One silo of the cluster.</summary>
/// <param name="Name">The machine, and the port at which the others reach it.</param>
/// <param name="Work">Null of a silo that has not told.</param>
public sealed record SiloReport(string Name, string Address, SiloState State, DateTimeOffset StartedAt, SiloWork? Work);

/// <summary>The silos of the cluster, from a silo or from a client of them.</summary>
public sealed class ClusterSilos
{
    /// <summary>A silo that is slower than this is as good as silent to a person at a terminal.</summary>
    private static readonly TimeSpan ReportMax = TimeSpan.FromSeconds(3);

    private readonly PostgresMembership _membership;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;

    private ClusterSilos(PostgresMembership membership, IGrainFactory grains, TimeProvider time) => (_membership, _grains, _time) = (membership, grains, time);

    public static ClusterSilos Of(IServiceProvider services, TimeProvider time) =>
        new(services.GetRequiredService<PostgresMembership>(), services.GetRequiredService<IGrainFactory>(), time);

    /// <summary>Those that take part or are on their way in or out, by name.</summary>
    public async Task<IReadOnlyList<SiloReport>> List()
    {
        var silos = await Members();
        return [.. (await Task.WhenAll(silos.Select(Report))).OrderBy(silo => silo.Name, StringComparer.Ordinal)];
    }

    /// <summary>Has a silo leave in order. False when none of that name is active.</summary>
    public async Task<bool> Drain(string name)
    {
        if ((await Members()).FirstOrDefault(silo => silo.Status == SiloStatus.Active && silo.SiloName == name) is not { } found)
        {
            return false;
        }

        await GrainOf(found).Drain();
        return true;
    }

    private async Task<List<MembershipEntry>> Members() =>
        [.. (await _membership.ReadAll()).Members.Select(member => member.Item1).Where(silo => silo.Status is not (SiloStatus.Dead or SiloStatus.None))];

    private async Task<SiloReport> Report(MembershipEntry silo)
    {
        var (state, work) = silo.Status switch
        {
            SiloStatus.Active => await Ask(silo),
            SiloStatus.ShuttingDown or SiloStatus.Stopping => (SiloState.Leaving, null),
            _ => (SiloState.Joining, null),
        };
        return new(silo.SiloName, silo.SiloAddress.Endpoint.ToString(), state, new(DateTime.SpecifyKind(silo.StartTime, DateTimeKind.Utc)), work);
    }

    private async Task<(SiloState State, SiloWork? Work)> Ask(MembershipEntry silo)
    {
        try
        {
            return (SiloState.Active, await GrainOf(silo).Report().WaitAsync(ReportMax, _time));
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return (SiloState.Silent, null);
        }
    }

    private ISiloGrain GrainOf(MembershipEntry silo) => _grains.GetGrain<ISiloGrain>(silo.SiloAddress.ToParsableString());
}
