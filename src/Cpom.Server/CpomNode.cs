using Cpom.Runtime;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What the cluster puts in the place of the node's own, for a node that is one of its processes.</summary>
/// <param name="Actors">The actors of the whole cluster.</param>
/// <param name="Partitions">Gives a relay the node's part in the work; null where the node has none.</param>
public sealed record ClusterParts(IActors Actors, Func<IPartitions>? Partitions);

/// <summary>One node of the platform: the log, the actors over it, and what follows it. Other processes may share the log; none shares the node.</summary>
public sealed class CpomNode : IAsyncDisposable
{
    /// <summary>How long a stop waits for what is being written, and then for the store to close.</summary>
    public static readonly TimeSpan EndMax = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Each append of a cluster wakes the relay of each silo and the replica of each gateway, which then ask the database what came. While facts keep coming they
    /// are taken together (docs/performance.md, P10): an act waits for its relay no longer than this, and a reader for what it asks for not at all.
    /// </summary>
    private static readonly TimeSpan ClusterLooksEvery = TimeSpan.FromMilliseconds(20);

    private readonly GroupAppender _appender;
    private readonly Func<IPartitions>? _partitions;
    private readonly Action<RelayRefusal>? _refused;
    private readonly Action<string>? _unended;
    private readonly Lock _lock = new();
    private Relay _relay;
    private TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CpomNode(IEventStore store, TimeProvider time, Action<RelayRefusal>? refused, ClusterParts? cluster, Action<string>? unended)
    {
        (Store, Time, _refused, _partitions, _unended) = (store, time, refused, cluster?.Partitions, unended);
        _appender = new(store, time: time);
        Local = new(store, _appender, new());
        Actors = cluster?.Actors ?? Local;
        Portfolio = new(store, new(LookEvery: cluster is null ? TimeSpan.Zero : ClusterLooksEvery), time);
        LogEnd = new(store);
        _relay = NewRelay();
    }

    public IEventStore Store { get; }

    /// <summary>The door to the domain: the node's own actors, or the cluster's.</summary>
    public IActors Actors { get; }

    /// <summary>The actors in this node's memory. In a cluster only its grains speak to them.</summary>
    public EmbeddedActors Local { get; }

    /// <summary>The partitions of the relay that are this node's.</summary>
    public IReadOnlyList<int> HeldPartitions => Current().Relay.Held;

    /// <summary>Decisions that wait for a transaction.</summary>
    internal int AppendsWaiting => _appender.Waits;

    /// <summary>A decision waits for its transaction, or is in it.</summary>
    internal bool IsAppending => _appender.IsBusy;

    /// <summary>Transactions that have ended.</summary>
    internal long Appended => _appender.Ended;

    /// <summary>Up to where the node's relay has read.</summary>
    internal long RelayRead => Current().Relay.Read;

    public Portfolio Portfolio { get; }

    /// <summary>How far the log goes, for calls that ask at the same time.</summary>
    internal GroupLook LogEnd { get; }

    public TimeProvider Time { get; }

    /// <summary>
    /// What a newer program has written and this one cannot read, once a follower has met it; else null. From then on the node knows less than the log
    /// holds, and neither decides nor answers.
    /// </summary>
    public UnknownEventException? Newer { get; private set; }

    /// <summary>The day it is, as the platform counts days.</summary>
    public DateOnly Today => Paris.DayOf(Time.GetUtcNow());

    /// <param name="store">Becomes the node's own, to dispose.</param>
    /// <param name="refused">Told of what an actor refuses to the relay: something for people to look at.</param>
    /// <param name="cluster">Null for a node on its own, or beside equal ones.</param>
    /// <param name="unended">Told of what a stop has not waited for any longer.</param>
    public static CpomNode Over(
        IEventStore store, TimeProvider time, Action<RelayRefusal>? refused = null, ClusterParts? cluster = null, Action<string>? unended = null) =>
        new(store, time, refused, cluster, unended);

    /// <summary>Follows the log into the replica until cancelled. May be called again after it has thrown.</summary>
    public Task RunPortfolio(CancellationToken cancellation) => Follow(Portfolio.Run, cancellation);

    /// <summary>Relays facts of the partitions that are this node's until cancelled. May be called again after it has thrown: it then goes on from its checkpoint with a fresh fold.</summary>
    public Task RunRelay(CancellationToken cancellation)
    {
        TaskCompletionSource replaced;
        lock (_lock)
        {
            _relay = NewRelay();
            (replaced, _replaced) = (_replaced, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        replaced.SetResult();
        return Follow(_relay.Run, cancellation);
    }

    /// <summary>How far each partition is relayed, by whichever nodes.</summary>
    public Task<IReadOnlyList<long>> ReadRelayed(CancellationToken cancellation) => Current().Relay.ReadProgress(cancellation);

    /// <summary>Completes when the effects of every fact up to a position, and what follows from those in turn, are stored.</summary>
    /// <returns>The position of the newest of them.</returns>
    public async Task<long> Settle(long position, CancellationToken cancellation)
    {
        while (true)
        {
            var (relay, replaced) = Current();
            using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var reached = relay.Settle(position, given.Token);
            if (await Task.WhenAny(reached, replaced) == reached)
            {
                return await reached;
            }

            await given.CancelAsync(); // That relay has failed and another has taken over: wait for that one.
        }
    }

    /// <summary>
    /// Stores what waits and closes the log. A database that does not answer keeps neither from ending: what it was sent is acknowledged to nobody, so
    /// nothing is lost by leaving.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await End("the decisions being stored", _appender.DisposeAsync);
        await End("the closing of the store", Store.DisposeAsync);
    }

    private async Task End(string what, Func<ValueTask> end)
    {
        try
        {
            await Task.Run(async () => await end()).WaitAsync(EndMax, Time); // Of its own: a store may block who closes it.
        }
        catch (TimeoutException)
        {
            _unended?.Invoke(what);
        }
    }

    private async Task Follow(Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        try
        {
            await run(cancellation);
        }
        catch (UnknownEventException newer)
        {
            Newer = newer;
            throw;
        }
    }

    private (Relay Relay, Task Replaced) Current()
    {
        lock (_lock)
        {
            return (_relay, _replaced.Task);
        }
    }

    private Relay NewRelay() => new(Store, Actors, Time, new(LookEvery: _partitions is null ? TimeSpan.Zero : ClusterLooksEvery), _refused, _partitions?.Invoke());
}
