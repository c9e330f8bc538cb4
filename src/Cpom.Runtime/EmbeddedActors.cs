using System.Collections.Concurrent;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>Bounds of the embedded host.</summary>
/// <param name="ResidentsMax">Actors kept in memory; beyond it the least recently used idle ones leave.</param>
/// <param name="MailboxMax">Commands that may wait at one actor; one more is answered busy.</param>
public sealed record EmbeddedOptions(int ResidentsMax = 50_000, int MailboxMax = 256);

/// <summary>The single-process host: one seat per resident actor where the cluster has one grain per actor.</summary>
public sealed class EmbeddedActors(IEventStore store, IAppender appender, EmbeddedOptions options) : IActors
{
    private readonly ConcurrentDictionary<string, Seat> _seats = new(StringComparer.Ordinal);
    private readonly GroupReader _reader = new(store);
    private readonly Lock _evicting = new();
    private long _clock;
    private int _residents; // Counting the dictionary takes all of its locks.

    public int Residents => Volatile.Read(ref _residents);

    public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation) =>
        InSeat(id, command, session => session.Execute(command, provenance, cancellation), new Outcome.Busy(), cancellation);

    public Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation) => orders is []
        ? Task.FromResult<IReadOnlyList<Outcome>>([])
        : InSeat(id, orders[0].Command, session => session.ExecuteAll(orders, cancellation), [.. orders.Select(_ => new Outcome.Busy())], cancellation);

    private async Task<TAnswer> InSeat<TAnswer>(string id, object command, Func<IActorSession, Task<TAnswer>> execute, TAnswer busy, CancellationToken cancellation)
    {
        var kind = ActorKinds.Of((command as IfVersion)?.Command.GetType() ?? command.GetType());
        var seat = Take($"{kind.Category}-{id}", kind, id);
        if (seat is null)
        {
            return busy;
        }

        try
        {
            await seat.Gate.WaitAsync(cancellation);
            try
            {
                return await execute(seat.Session);
            }
            finally
            {
                seat.Gate.Release();
            }
        }
        finally
        {
            seat.Leave(Interlocked.Increment(ref _clock));
            Evict();
        }
    }

    /// <summary>A place in the actor's mailbox, or null when it is full.</summary>
    private Seat? Take(string actor, ActorKind kind, string id)
    {
        while (true)
        {
            if (!_seats.TryGetValue(actor, out var seat))
            {
                seat = new(kind.Open(id, store, appender, _reader));
                if (!_seats.TryAdd(actor, seat))
                {
                    continue; // Somebody else has just opened it.
                }

                Interlocked.Increment(ref _residents);
            }

            switch (seat.Enter(options.MailboxMax))
            {
                case SeatEntry.Taken:
                    return seat;
                case SeatEntry.Full:
                    return null;
                default:
                    continue; // It was leaving: the next one is new.
            }
        }
    }

    /// <summary>One caller at a time sends the least recently used tenth away, so that the cost is shared by many commands.</summary>
    private void Evict()
    {
        if (Residents <= options.ResidentsMax || !_evicting.TryEnter())
        {
            return;
        }

        try
        {
            var leaving = Residents - options.ResidentsMax + (options.ResidentsMax / 10);
            foreach (var (actor, seat) in _seats.Where(p => p.Value.IsIdle).OrderBy(p => p.Value.LastUsed).Take(leaving).ToList())
            {
                if (seat.TryClose() && _seats.TryRemove(actor, out _))
                {
                    Interlocked.Decrement(ref _residents);
                }
            }
        }
        finally
        {
            _evicting.Exit();
        }
    }

    private enum SeatEntry
    {
        Taken,
        Full,
        Closed,
    }

    private sealed class Seat(IActorSession session)
    {
        private const int Closed = -1;

        private readonly Lock _lock = new();
        private int _inside;

        public IActorSession Session { get; } = session;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long LastUsed { get; private set; }

        public bool IsIdle => Volatile.Read(ref _inside) == 0;

        public SeatEntry Enter(int max)
        {
            lock (_lock)
            {
                if (_inside == Closed)
                {
                    return SeatEntry.Closed;
                }

                if (_inside >= max)
                {
                    return SeatEntry.Full;
                }

                _inside++;
                return SeatEntry.Taken;
            }
        }

        public void Leave(long now)
        {
            lock (_lock)
            {
                _inside--;
                LastUsed = now;
            }
        }

        public bool TryClose()
        {
            lock (_lock)
            {
                if (_inside != 0)
                {
                    return false;
                }

                _inside = Closed;
                return true;
            }
        }
    }
}
