using System.Collections.Immutable;

namespace Cpom.Runtime.Projections;

/// <param name="BatchMax">Events folded into one published view.</param>
/// <param name="RecentMax">Changes kept for watchers; an older start is served from the log.</param>
/// <param name="PastViewsMax">Views of past instants kept in memory.</param>
/// <param name="SnapshotEvery">Events after which a replica leaves a snapshot of itself, for the next start; in a long log after an eighth of it, since a snapshot grows with it.</param>
/// <param name="LookEvery">As <see cref="RelayOptions.LookEvery"/>, while nobody waits for a position that is still to come.</param>
public sealed record PortfolioOptions(int BatchMax = 2_048, int RecentMax = 65_536, int PastViewsMax = 4, int SnapshotEvery = 10_000, TimeSpan LookEvery = default);

/// <summary>A contrat has changed at a position, or what its row shows of another actor.</summary>
public readonly record struct PortfolioChange(long Position, string Contrat);

/// <summary>
/// The node's replica of the whole portfolio, in memory: follows the log, publishes an immutable view after each batch. Queries touch neither
/// an actor nor the store; every answer carries the position of its view, and a caller can wait for the position of its own last write.
/// </summary>
public sealed class Portfolio(IEventStore store, PortfolioOptions options, TimeProvider time)
{
    private const string SnapshotKey = "portfolio";

    /// <summary>Writing a snapshot takes the processor from those who append: it waits for a pause of theirs, or until it is overdue so many times.</summary>
    private const int SnapshotOverdue = 8;

    private static readonly TimeSpan SnapshotPause = TimeSpan.FromSeconds(2);

    private readonly PositionGate _reached = new();
    private readonly AppendSignal _wanted = new();
    private readonly Lock _lock = new();
    private readonly Queue<PortfolioChange> _recent = new();
    private readonly List<(DateTimeOffset KnownAt, PortfolioView View)> _past = [];
    private readonly SemaphoreSlim _folding = new(1, 1);
    private volatile PortfolioView _current = PortfolioView.Empty;
    private long _recentFrom;
    private long _snapshotAt;
    private long _foldedAt = time.GetTimestamp();
    private Task _leaving = Task.CompletedTask;

    /// <summary>The newest view. Keep it for the length of a query.</summary>
    public PortfolioView Current => _current;

    public Task WaitFor(long position, CancellationToken cancellation)
    {
        _wanted.Announce(Math.Min(position, _current.Position + 1)); // It looks once more: a position that never comes must not keep it looking.
        return _reached.WaitFor(position, cancellation);
    }

    public async Task Run(CancellationToken cancellation)
    {
        await Load(cancellation);
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await Step(cancellation) < options.BatchMax)
                {
                    await WaitForAppend(cancellation);
                }
            }
        }
        finally
        {
            await _leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many events it found.</returns>
    private async Task<int> Step(CancellationToken cancellation)
    {
        var batch = await store.ReadLog(_current.Position, options.BatchMax, cancellation);
        if (batch.Count == 0)
        {
            return 0;
        }

        var fold = new PortfolioFold(_current);
        foreach (var stored in batch)
        {
            fold.Apply(stored);
        }

        var view = fold.View();
        Publish(view, RowChanges.Of(batch, _current, view));
        foreach (var stored in batch)
        {
            Telemetry.Shown(stored);
        }

        _foldedAt = time.GetTimestamp();
        await LeaveSnapshot(SnapshotOverdue, cancellation);
        return batch.Count;
    }

    private async Task WaitForAppend(CancellationToken cancellation)
    {
        var appended = store.WaitForAppend(_current.Position, cancellation);
        if (IsDue(1))
        {
            // A store may wake who waits for nothing: the pause goes by what was folded. Suppressed: the end of the pause is an ordinary answer.
            // Cancellation and failure are told apart after it.
            var left = SnapshotPause - time.GetElapsedTime(_foldedAt);
            await appended.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (time.GetElapsedTime(_foldedAt) >= SnapshotPause)
            {
                await LeaveSnapshot(1, cancellation);
            }
        }

        await appended;
        if (options.LookEvery - time.GetElapsedTime(_foldedAt) is var rest && rest > TimeSpan.Zero)
        {
            // Suppressed: the end of the time is an ordinary answer.
            await _wanted.Next(_current.Position).WaitAsync(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The portfolio as the platform knew it at an instant: the log folded up to there.</summary>
    public async Task<PortfolioView> At(DateTimeOffset knownAt, CancellationToken cancellation)
    {
        var until = _current;
        if (knownAt >= until.RecordedAt)
        {
            return until;
        }

        await _folding.WaitAsync(cancellation); // One fold of the whole log at a time; who asks for the same instant finds it done.
        try
        {
            if (_past.FirstOrDefault(p => p.KnownAt == knownAt).View is { } kept)
            {
                return kept;
            }

            var view = await FoldUntil(knownAt, cancellation);
            _past.Add((knownAt, view));
            if (_past.Count > options.PastViewsMax)
            {
                _past.RemoveAt(0);
            }

            return view;
        }
        finally
        {
            _folding.Release();
        }
    }

    /// <summary>
    /// The contrats changed after a position, each once with its newest change, and the position up to which they are told. Completes when there
    /// is at least one. A watcher that asks again from that position misses nothing, across restarts of server and client.
    /// </summary>
    public async Task<(IReadOnlyList<string> Contrats, long Position)> ChangesAfter(long position, CancellationToken cancellation)
    {
        while (true)
        {
            await WaitFor(position + 1, cancellation);
            var until = _current.Position;
            var changed = Recent(position, until) ?? await FromLog(position, until, cancellation);
            if (changed.Count > 0)
            {
                return (changed, until);
            }

            position = until;
        }
    }

    /// <summary>Starts from the snapshot of this build, where there is one; what it says is checked by nothing but the log that follows it.</summary>
    private async Task Load(CancellationToken cancellation)
    {
        if (_current.Position == 0
            && await store.ReadSnapshot(SnapshotKey, cancellation) is { } found
            && PortfolioSnapshot.TryRead(found) is { } view)
        {
            _current = view;
            (_recentFrom, _snapshotAt) = (found.Position, found.Position);
            _reached.Reach(found.Position);
        }
    }

    private bool IsDue(int times) => _current.Position - _snapshotAt >= Math.Max(options.SnapshotEvery, _current.Position / 8) * times;

    /// <summary>Beside the following, which goes on: a view does not change while it is written.</summary>
    private async Task LeaveSnapshot(int times, CancellationToken cancellation)
    {
        if (IsDue(times) && _leaving.IsCompleted)
        {
            await _leaving; // What kept the last one from being stored is told by whoever follows, as for any failure of the store.
            var view = _current;
            _snapshotAt = view.Position;
            _leaving = Task.Run(() => Write(view, cancellation), cancellation);
        }
    }

    private async Task Write(PortfolioView view, CancellationToken cancellation)
    {
        await store.WriteSnapshot(SnapshotKey, PortfolioSnapshot.Of(view), cancellation);
    }

    private void Publish(PortfolioView view, IReadOnlyList<PortfolioChange> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                _recent.Enqueue(change);
                if (_recent.Count > options.RecentMax)
                {
                    _recentFrom = _recent.Dequeue().Position;
                }
            }

            _current = view;
        }

        _reached.Reach(view.Position);
    }

    private List<string>? Recent(long position, long until)
    {
        lock (_lock)
        {
            return position < _recentFrom
                ? null
                : [.. _recent.Where(c => c.Position > position && c.Position <= until).Select(c => c.Contrat).Distinct()];
        }
    }

    private async Task<IReadOnlyList<string>> FromLog(long position, long until, CancellationToken cancellation)
    {
        var changed = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        while (position < until)
        {
            var batch = await store.ReadLog(position, options.BatchMax, cancellation);
            changed.UnionWith(batch.Where(e => e.Position <= until).SelectMany(e => RowChanges.Touched(e, _current)));
            position = batch.Count == 0 ? until : batch[^1].Position;
        }

        return [.. changed.Order(StringComparer.Ordinal)];
    }

    private async Task<PortfolioView> FoldUntil(DateTimeOffset knownAt, CancellationToken cancellation)
    {
        var fold = new PortfolioFold(PortfolioView.Empty);
        for (long position = 0; ;)
        {
            var batch = await store.ReadLog(position, options.BatchMax, cancellation);
            foreach (var stored in batch)
            {
                if (stored.Provenance.RecordedAt > knownAt)
                {
                    return fold.View();
                }

                fold.Apply(stored);
                position = stored.Position;
            }

            if (batch.Count == 0)
            {
                return fold.View();
            }
        }
    }
}
