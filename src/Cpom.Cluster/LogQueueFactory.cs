using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Cpom.Cluster;

/// <summary>What Orleans asks of a provider of streams. All of it is the queues of the silo, which each are their own receiver, cache and cursor.</summary>
internal sealed class LogQueueFactory(LogQueues queues) : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterCache, IStreamQueueMapper
{
    public string Name => LogStreams.Provider;

    /// <summary>A queue begins at its checkpoint: no consumer chooses where.</summary>
    public bool IsRewindable => false;

    /// <summary>What is to be on a stream is appended to the log.</summary>
    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => this;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler()); // The queue itself knows what was not delivered.

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => Of(queueId);

    public IQueueCache CreateQueueCache(QueueId queueId) => Of(queueId);

    public IEnumerable<QueueId> GetAllQueues() => Enumerable.Range(0, queues.Count).Select(IdOf);

    public QueueId GetQueueForStream(StreamId streamId) => IdOf(LogBatch.PartitionOf(streamId.GetKeyAsString()));

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("What is to be on a stream is appended to the log.");

    private LogQueue Of(QueueId queue) => queues[(int)queue.GetNumericId()];

    private static QueueId IdOf(int partition) => QueueId.GetQueueId(LogStreams.Provider, (uint)partition, (uint)partition);
}
