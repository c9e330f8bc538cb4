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

    public int MailboxMax => options.MailboxMax;

    public int Residents => Volatile.Read(ref _residents);

    /// <summary>How many there are of each kind: of each category that has any.</summary>
    public IReadOnlyDictionary<string, int> ResidentsByKind => _seats.Select(seat => seat.Value.Category).CountBy(category => category).ToDictionary(StringComparer.Ordinal);

    /// <summary>Commands that wait or are being done: of all actors, and of the one that has most. Counted by looking at every resident.</summary>
    public (int All, int Most) Depth()
    {
        var (all, most) = (0, 0);
        foreach (var (_, seat) in _seats)
        {
            var inside = Math.Max(0, seat.Inside);
            (all, most) = (all + inside, Math.Max(most, inside));
        }

        return (all, most);
    }

    public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation) => provenance.Trace is null
        ? InSeat(id, command, session => session.Execute(command, provenance, cancellation), new Outcome.Busy(), Telemetry.Count, cancellation)
        : Follow(id, command, provenance, cancellation);

    public Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation)
    {
        if (orders is [])
        {
            return Task.FromResult<IReadOnlyList<Outcome>>([]);
        }

        return orders.Any(order => order.Provenance.Trace is not null) ? FollowAll(id, orders, cancellation) : InSeatAll(id, orders, cancellation);
    }

    private Task<IReadOnlyList<Outcome>> InSeatAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation) => InSeat<IReadOnlyList<Outcome>>(
        id, orders[0].Command, session => session.ExecuteAll(orders, cancellation), [.. orders.Select(_ => new Outcome.Busy())], CountAll, cancellation);

    /// <summary>As a step of its trace, in which what is recorded then stands.</summary>
    private async Task<Outcome> Follow(string id, object command, Provenance provenance, CancellationToken cancellation)
    {
        using var step = Telemetry.StartActor(NameOf(id, command), command, provenance);
        var followed = step is null ? provenance : provenance with { Trace = step.Id };
        var outcome = await InSeat(id, command, session => session.Execute(command, followed, cancellation), new Outcome.Busy(), Telemetry.Count, cancellation);
        step?.SetTag("cpom.outcome", Telemetry.Word(outcome));
        return outcome;
    }

    /// <summary>The same, for commands that may be of as many traces.</summary>
    private async Task<IReadOnlyList<Outcome>> FollowAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation)
    {
        var steps = Telemetry.SideBySide(orders.Count, i => Telemetry.StartActor(NameOf(id, orders[i].Command), orders[i].Command, orders[i].Provenance));
        var followed = orders.Zip(steps, (order, step) => step is null ? order : order with { Provenance = order.Provenance with { Trace = step.Id } }).ToList();
        try
        {
            var outcomes = await InSeatAll(id, followed, cancellation);
            for (var i = 0; i < steps.Length; i++)
            {
                steps[i]?.SetTag("cpom.outcome", Telemetry.Word(outcomes[i]));
            }

            return outcomes;
        }
        finally
        {
            Telemetry.End(steps);
        }
    }

    private static string NameOf(string id, object command) => $"{KindOf(command).Category}-{id}";

    private static ActorKind KindOf(object command) => ActorKinds.Of((command as IfVersion)?.Command.GetType() ?? command.GetType());

    private static void CountAll(string kind, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Telemetry.Count(kind, outcome);
        }
    }

    private async Task<TAnswer> InSeat<TAnswer>(
        string id, object command, Func<IActorSession, Task<TAnswer>> execute, TAnswer busy, Action<string, TAnswer> count, CancellationToken cancellation)
    {
        var kind = KindOf(command);
        var seat = Take($"{kind.Category}-{id}", kind, id);
        if (seat is null)
        {
            count(kind.Category, busy);
            return busy;
        }

        try
        {
            await seat.Gate.WaitAsync(cancellation);
            try
            {
                var answer = await execute(seat.Session);
                count(kind.Category, answer);
                return answer;
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
                seat = new(kind.Category, kind.Open(id, store, appender, _reader));
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

    private sealed class Seat(string category, IActorSession session)
    {
        private const int Closed = -1;

        private readonly Lock _lock = new();
        private int _inside;

        public string Category => category;

        public IActorSession Session { get; } = session;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long LastUsed { get; private set; }

        public int Inside => Volatile.Read(ref _inside);

        public bool IsIdle => Inside == 0;

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
