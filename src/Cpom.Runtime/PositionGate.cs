namespace Cpom.Runtime;

/// <summary>A position that only grows, and those who wait for it. A wait that gives up leaves nothing behind.</summary>
public sealed class PositionGate
{
    private readonly AppendSignal _signal = new();
    private long _position;

    public long Position => Volatile.Read(ref _position);

    public async Task WaitFor(long position, CancellationToken cancellation)
    {
        for (var reached = Position; reached < position; reached = Position)
        {
            await _signal.Next(reached).WaitAsync(cancellation);
        }
    }

    /// <summary>Called by one follower at a time.</summary>
    public void Reach(long position)
    {
        if (position > Position)
        {
            Volatile.Write(ref _position, position);
            _signal.Announce(position);
        }
    }
}
