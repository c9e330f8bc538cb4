using System.Net;
using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Cpom.Cluster;

/// <summary>Where the members of a cluster find one another.</summary>
/// <param name="Postgres">The database of the log; the list of silos is beside it.</param>
/// <param name="Cluster">The name of the cluster: silos of another name over the same database are strangers.</param>
public sealed record ClusterPlace(string Postgres, string Cluster);

/// <summary>Where one silo can be reached by the others and by clients. The ports are the operator's to choose; 0 is none.</summary>
public sealed record SiloPlace(IPAddress Address, int SiloPort, int ClientPort, string Name);

/// <summary>What a silo and a client of the cluster are told of Cpom.</summary>
public static class ClusterHosting
{
    /// <summary>How often a client looks which silos take calls.</summary>
    internal static readonly TimeSpan GatewaysEvery = TimeSpan.FromSeconds(2);

    /// <summary>A silo is probed by every other one this often. One that misses three probes of two silos in a row is dead.</summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// The longest that a probe is given on a busy machine. For three times as long anything else that a silo has said is taken for a sign of life: a garbage
    /// collection is no death, and one that hangs is out of the cluster after some seven seconds.
    /// </summary>
    private static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long an answer is waited for before the command is sent again. Nobody says that a message went down with the silo that it went through, nor
    /// that it lies with one that hangs: the second sending finds the cluster without it.
    /// </summary>
    internal static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an activation that nobody calls is kept; it holds nothing. Orleans reckons its end by the wall clock, and refuses to make a new one where that
    /// would end in what it holds for the past: a clock that is set back by less does no harm.
    /// </summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromHours(2);

    /// <summary>
    /// How often a silo writes that it is alive. A silo that starts asks every one that has written within three times as long, and waits for it: so long a cluster
    /// that died all at once is waited for by the first silo of the next.
    /// </summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(500);

    /// <summary>This process as a silo: it starts with the host, before the services that are registered later, and leaves the cluster after they have stopped.</summary>
    /// <param name="seats">The actors in the silo's own memory.</param>
    /// <param name="process">The silo's own process.</param>
    /// <param name="partitions">How many the store has of the relay.</param>
    public static void AddSilo(
        IHostApplicationBuilder builder, ClusterPlace place, SiloPlace silo, Func<IServiceProvider, IActors> seats, Func<IServiceProvider, SiloProcess> process, int partitions) =>
        builder.UseOrleans(orleans =>
        {
            orleans.Services.AddSingleton(process);
            orleans.Services.AddPlacementDirector<SiloPlacement, SiloDirector>();
            AddMembership(orleans.Services, place);
            orleans.Services.AddSingleton<IMembershipTable>(services => services.GetRequiredService<PostgresMembership>());
            orleans.Configure<SiloOptions>(options => options.SiloName = silo.Name);
            orleans.Configure<EndpointOptions>(options =>
                (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (silo.Address, silo.SiloPort, silo.ClientPort));
            orleans.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = ProbeEvery;
                options.MaxProbeTimeout = ProbeMax;
                options.TableRefreshTimeout = GatewaysEvery;
                options.IAmAliveTablePublishTimeout = AliveEvery;
                options.NumMissedTableIAmAliveLimit = 3;
                options.EvictWhenMaxJoinAttemptTimeExceeded = false; // Told by a clock that may be ahead of the one of who joins; one that hangs is missed by its probes.
                options.EnableIndirectProbes = false; // Two silos must agree on a death already; one that asks by way of another gave no verdict on a silo that hangs.
            });
            orleans.Configure<GrainCollectionOptions>(options => options.CollectionAge = IdleMax);
            orleans.AddActivityPropagation();
            orleans.AddCpomActors(seats);
            orleans.AddLogStreams(partitions, TimeProvider.System);
        });

    /// <summary>This process as a client. It keeps looking for a silo for as long as there is none.</summary>
    public static void AddClient(IHostApplicationBuilder builder, ClusterPlace place) =>
        builder.UseOrleansClient(orleans =>
        {
            AddMembership(orleans.Services, place);
            orleans.Services.AddSingleton<IGatewayListProvider>(services => services.GetRequiredService<PostgresMembership>());
            orleans.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewaysEvery);
            orleans.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(ConnectPause, cancellation);
                return true;
            });
            orleans.AddActivityPropagation();
            orleans.AddCpomActors();
        });

    /// <summary>The clock for the container of a silo or of a client: the machine's, without its steps back.</summary>
    public static TimeProvider Steady(TimeProvider time) => new SteadyTime(time);

    /// <summary>The actors of the cluster, from a process that is a silo.</summary>
    public static IActors ActorsOf(IServiceProvider services, TimeProvider time) => new ClusterActors(services.GetRequiredService<IGrainFactory>(), time);

    /// <summary>The same, from a client.</summary>
    /// <param name="partitions">How many the store has of the relay.</param>
    public static IActors ActorsOf(IServiceProvider services, TimeProvider time, int partitions)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        return new ClusterActors(grains, time, new Doors(grains, services.GetRequiredService<IClusterManifestProvider>(), partitions, time));
    }

    /// <summary>The silo's part in the relay's work.</summary>
    public static IPartitions PartitionsOf(IServiceProvider services) => LogStreams.PartitionsOf(services);

    /// <summary>Silos that take part, by the list beside the log.</summary>
    public static async Task<int> CountSilos(IServiceProvider services) =>
        (await services.GetRequiredService<PostgresMembership>().ReadAll()).Members.Count(member => member.Item1.Status == SiloStatus.Active);

    /// <summary>The part of it that does not depend on how silos find one another.</summary>
    internal static ISiloBuilder AddCpomActors(this ISiloBuilder silo, Func<IServiceProvider, IActors> seats)
    {
        silo.Services.AddSingleton(services => new SiloActors(seats(services)));
        silo.Services.Configure<SiloMessagingOptions>(Configure);
        silo.Services.AddPlacementDirector<PartitionPlacement, PartitionDirector>();
        return silo.AddIncomingGrainCallFilter<IncomingCalls>().AddOutgoingGrainCallFilter<OutgoingCalls>();
    }

    internal static IClientBuilder AddCpomActors(this IClientBuilder client)
    {
        client.Services.Configure<ClientMessagingOptions>(Configure);
        return client.AddOutgoingGrainCallFilter<OutgoingCalls>();
    }

    private static void Configure(MessagingOptions messaging)
    {
        messaging.ResponseTimeout = AnswerMax;
        messaging.CancelRequestOnTimeout = true; // Where it still waits at its actor, it is not done: it has been sent again.
        messaging.WaitForCancellationAcknowledgement = true; // Who gives up hears what became of the command: the answer may already be on its way.
    }

    private static void AddMembership(IServiceCollection services, ClusterPlace place)
    {
        services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (place.Cluster, place.Cluster));
        services.AddSingleton(_ => new PostgresMembership(place.Postgres, place.Cluster, TimeProvider.System));
    }
}
