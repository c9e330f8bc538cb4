using System.Runtime.CompilerServices;
using Cpom.Runtime;

namespace Cpom.Soak;

/// <summary>
/// A log that is read again from its first event, at its own positions, by a server without snapshots or checkpoints. What that server still
/// wants to append is what the facts of the log were owed and had not got; it is taken, so that all of it is seen.
/// </summary>
public sealed class ReplayedLog : IEventStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredEvent> _log;
    private readonly Dictionary<string, List<StoredEvent>> _actors = new(StringComparer.Ordinal);
    private readonly AppendSignal _signal = new();
    private readonly int _recorded;

    public ReplayedLog(IReadOnlyList<StoredEvent> log)
    {
        _log = [.. log];
        _recorded = log.Count;
        foreach (var stored in log)
        {
            HistoryOf(stored.Actor).Add(stored);
        }

        _signal.Announce(Last);
    }

    public bool IsExclusive => true;

    /// <summary>What was appended since.</summary>
    public IReadOnlyList<StoredEvent> Owed
    {
        get
        {
            lock (_lock)
            {
                return [.. _log.Skip(_recorded)];
            }
        }
    }

    private long Last => _log.Count == 0 ? 0 : _log[^1].Position;

    public Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        IReadOnlyList<AppendResult> results;
        lock (_lock)
        {
            results = [.. batch.Select(Apply)];
        }

        _signal.Announce(Last);
        return Task.FromResult(results);
    }

    public async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        List<StoredEvent> history;
        lock (_lock)
        {
            history = [.. HistoryOf(actor).Skip((int)version)];
        }

        foreach (var stored in history)
        {
            yield return stored;
        }
    }

    public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StoredEvent>>(_log.GetRange(IndexAfter(position), Math.Min(countMax, _log.Count - IndexAfter(position))));
        }
    }

    public Task<long> LastPosition(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(Last);
        }
    }

    public Task WaitForAppend(long position, CancellationToken cancellation) => _signal.Next(position).WaitAsync(cancellation);

    public Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => Task.FromResult(0L);

    public Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => Task.CompletedTask;

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) => Task.FromResult<Snapshot?>(null);

    public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _signal.Close();
        return ValueTask.CompletedTask;
    }

    private AppendResult Apply(Append append)
    {
        var history = HistoryOf(append.Actor);
        if (history.Count != append.ExpectedVersion)
        {
            return new AppendResult.Conflict();
        }

        foreach (var added in append.Events)
        {
            var stored = new StoredEvent(Last + 1, append.Actor, history.Count + 1, added.Name, added.Payload, added.ValidOn, append.ProvenanceOf(added));
            history.Add(stored);
            _log.Add(stored);
        }

        return new AppendResult.Appended(history.Count, Last);
    }

    private List<StoredEvent> HistoryOf(string actor) => _actors.TryGetValue(actor, out var history) ? history : _actors[actor] = [];

    /// <summary>Positions increase: the first one after a given one is found by halving.</summary>
    private int IndexAfter(long position)
    {
        var (low, high) = (0, _log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _log[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
