using Cpom.Runtime;

namespace Cpom.Cluster;

/// <summary>The queues of one silo, a queue for each partition, of which it holds some. The silo's one relay reads the log for all of them.</summary>
internal sealed class LogQueues(int count, TimeProvider time)
{
    private readonly LogQueue[] _queues = [.. Enumerable.Range(0, count).Select(partition => new LogQueue(partition, count, time))];

    public int Count => count;

    public LogQueue this[int partition] => _queues[partition];

    public IReadOnlySet<int> Held => _queues.Where(queue => queue.IsHeld).Select(queue => queue.Partition).ToHashSet();
}

/// <summary>The partitions whose queues the silo holds. What each asks goes its own way: by its queue and stream to its relay grain.</summary>
internal sealed class StreamedPartitions(LogQueues queues) : IPartitions
{
    /// <summary>As often as over locks.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    public int Count => queues.Count;

    public TimeSpan BalanceEvery => Every;

    public Task<IReadOnlySet<int>> Balance(CancellationToken cancellation) => Task.FromResult(queues.Held);

    public async Task<IReadOnlySet<int>> Carry(RelayStep step, CancellationToken cancellation)
    {
        var batches = step.ByPartition();
        var carried = await Task.WhenAll(batches.Select(batch => queues[batch.Partition].Carry(batch, cancellation)));
        return batches.Zip(carried).Where(pair => !pair.Second).Select(pair => pair.First.Partition).ToHashSet();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
