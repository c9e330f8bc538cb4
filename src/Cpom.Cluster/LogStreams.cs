using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace Cpom.Cluster;

/// <summary>
/// The log as streams: a queue and a stream for each partition of the relay, with positions for tokens. Who has which queue follows from the list of silos,
/// what has been delivered from the relay's checkpoints: Orleans stores nothing of it.
/// </summary>
internal static class LogStreams
{
    public const string Provider = "journal";

    /// <summary>Of the streams that the relay grains read.</summary>
    public const string Namespace = "cpom.relais";

    /// <summary>
    /// Between two looks of an agent that found nothing. It finds nothing only when it begins: from then on it waits at its queue, and is woken by what comes.
    /// </summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>After so long of failing, a delivery is taken back to the checkpoint, so that the silo's other partitions go on meanwhile.</summary>
    internal static readonly TimeSpan FailingMax = TimeSpan.FromSeconds(15);

    /// <param name="partitions">How many there are: part of the names of their checkpoints, so the store's own number.</param>
    public static ISiloBuilder AddLogStreams(this ISiloBuilder silo, int partitions, TimeProvider time, TimeSpan? failingMax = null)
    {
        silo.Services.AddSingleton(_ => new LogQueues(partitions, time));
        return silo.AddPersistentStreams(Provider, (services, _) => new LogQueueFactory(services.GetRequiredService<LogQueues>()), streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePartitionBalancing((services, _) => ActivatorUtilities.CreateInstance<ListBalancer>(services));
            streams.ConfigureBackoffProvider((_, _) => (IMessageDeliveryBackoffProvider)new GrowingPause());
            streams.ConfigureBackoffProvider((_, _) => (IQueueReaderBackoffProvider)new GrowingPause());
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
                (options.GetQueueMsgsTimerPeriod, options.MaxEventDeliveryTime) = (LookEvery, failingMax ?? FailingMax)));
        });
    }

    /// <summary>The silo's part in the relay's work.</summary>
    public static IPartitions PartitionsOf(IServiceProvider services) => new StreamedPartitions(services.GetRequiredService<LogQueues>());

    /// <summary>Between two tries of what has failed: as the followers of a node.</summary>
    private sealed class GrowingPause : IMessageDeliveryBackoffProvider, IQueueReaderBackoffProvider
    {
        private const double Min = 0.25;
        private const double Max = 5;
        private const int Doublings = 5;

        public TimeSpan Next(int attempt) => TimeSpan.FromSeconds(Math.Min(Max, Min * (1 << Math.Clamp(attempt, 0, Doublings))));
    }
}
