using Cpom.Runtime;
using Orleans.Runtime;
using Orleans.Streams;

namespace Cpom.Cluster;

/// <summary>
/// One partition of the log as its pulling agent sees it: receiver, cache and cursor in one, because what is to be delivered next is never anything else than
/// the oldest batch that the contrats have not stored. Nothing is passed over: what an agent takes for delivered or given up is there again until it is sent.
/// </summary>
internal sealed class LogQueue(int partition, int partitions, TimeProvider time) : IQueueAdapterReceiver, IQueueCache, IQueueCacheCursor
{
    /// <summary>An agent that has been handed a batch is reminded of it for as long as it is not sent: whatever failed on its side, it begins again.</summary>
    private static readonly TimeSpan RemindEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogBatch? _head;
    private LogBatch? _handed;
    private LogBatch? _current;
    private volatile bool _isHeld;

    public int Partition => partition;

    /// <summary>True between the beginning and the end of an agent's work on it.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Completes when the batch has been sent; false when it is not known to be, because the queue was given up or the batch keeps failing.</summary>
    public async Task<bool> Carry(RelayBatch batch, CancellationToken cancellation)
    {
        var carried = new LogBatch(batch, partitions, time, cancellation);
        TaskCompletionSource arrived;
        lock (_lock)
        {
            if (!_isHeld)
            {
                return false;
            }

            _head = carried;
            (arrived, _arrived) = (_arrived, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        arrived.SetResult();
        try
        {
            return await carried.Ended.WaitAsync(cancellation);
        }
        finally
        {
            carried.End(isSent: false); // Of one that has ended already this says nothing.
        }
    }

    public Task Initialize(TimeSpan timeout)
    {
        _isHeld = true;
        return Task.CompletedTask;
    }

    public Task Shutdown(TimeSpan timeout)
    {
        lock (_lock)
        {
            _isHeld = false;
            _head?.End(isSent: false);
        }

        return Task.CompletedTask;
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <summary>Waits for what is to be delivered: an agent that is given something comes back at once.</summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        for (var isReminder = false; !cancellationToken.IsCancellationRequested;)
        {
            if (Next(isReminder, out var arrived) is { } next)
            {
                return [next];
            }

            // Suppressed: nothing came, or the agent is to end.
            await arrived.WaitAsync(RemindEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            isReminder = !arrived.IsCompleted;
        }

        return [];
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public int GetMaxAddCount() => 1;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        // It is here already.
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) => this;

    public bool IsUnderPressure() => false;

    public bool MoveNext()
    {
        lock (_lock)
        {
            _current = _head is { IsEnded: false } ? _head : null;
        }

        return _current is not null;
    }

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current;
    }

    public void Refresh(StreamSequenceToken token)
    {
        // What is next does not depend on what has come.
    }

    /// <summary>The agent has tried for as long as it does. What failed at an actor is taken back to the checkpoint; what did not arrive is there still.</summary>
    public void RecordDeliveryFailure()
    {
        if (_current is { HasFailed: true } failed)
        {
            failed.End(isSent: false);
        }
    }

    public void Dispose()
    {
        // Another cursor is this one again.
    }

    /// <param name="isReminder">What was handed over is handed over again.</param>
    private LogBatch? Next(bool isReminder, out Task arrived)
    {
        lock (_lock)
        {
            arrived = _arrived.Task;
            return _head is { IsEnded: false } && (isReminder || _head != _handed) ? _handed = _head : null;
        }
    }
}
