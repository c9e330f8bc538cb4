namespace Cpom.Runtime;

/// <summary>
/// Wakes those who wait for the log to grow. A store announces each position that it has made durable or heard of; nobody misses one,
/// because the position is remembered and a waiter that comes late is let through at once.
/// </summary>
public sealed class AppendSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private bool _closed;

    /// <summary>The log holds something at <paramref name="position"/>. Smaller positions than the one known are ignored.</summary>
    public void Announce(long position)
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            if (_closed || position <= _position)
            {
                return;
            }

            _position = position;
            reached = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.SetResult();
    }

    /// <summary>
    /// Completed when a position after <paramref name="position"/> is known, else completes with the next announcement. Await it with
    /// <c>WaitAsync</c>: a wait that gives up then leaves nothing behind on this long-lived task.
    /// Ends with <see cref="ObjectDisposedException"/> when the store is disposed.
    /// </summary>
    public Task Next(long position)
    {
        lock (_lock)
        {
            return _position > position && !_closed ? Task.CompletedTask : _next.Task;
        }
    }

    /// <summary>Ends every wait, present and future, with <see cref="ObjectDisposedException"/>.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _next.SetException(new ObjectDisposedException(nameof(IEventStore)));
        _ = _next.Task.Exception; // Observed: nobody may be waiting.
    }
}
