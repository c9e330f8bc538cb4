namespace Cpom.Runtime;

/// <summary>A position that only grows, and those who wait for it.</summary>
public sealed class PositionGate
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _position;

    public long Position => Volatile.Read(ref _position);

    public Task WaitFor(long position, CancellationToken cancellation)
    {
        if (Position >= position)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            if (_position >= position)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
            return waiter.Task.WaitAsync(cancellation);
        }
    }

    public void Reach(long position)
    {
        lock (_lock)
        {
            _position = Math.Max(_position, position);
            while (_waiting.TryPeek(out var waiter, out var awaited) && awaited <= _position)
            {
                _waiting.Dequeue();
                waiter.SetResult();
            }
        }
    }
}
