using System.Runtime.CompilerServices;

namespace Cpom.Runtime;

/// <summary>
/// The reference implementation: what the port means, with nothing in the way. For tests and for what-if runs; its log dies with it.
/// </summary>
public sealed class InMemoryEventStore : IEventStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredEvent> _log = [];
    private readonly Dictionary<string, List<StoredEvent>> _actors = [];
    private readonly Dictionary<string, long> _checkpoints = [];
    private readonly Dictionary<string, Snapshot> _snapshots = [];
    private readonly AppendSignal _signal = new();

    public bool IsExclusive => true;

    public Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        AppendRules.Check(batch);
        IReadOnlyList<AppendResult> results;
        long last;
        lock (_lock)
        {
            results = [.. batch.Select(Apply)];
            last = _log.Count;
        }

        _signal.Announce(last);
        return Task.FromResult(results);
    }

    public async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var stored in History(actor, version))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return stored;
        }
    }

    public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            // Positions are 1, 2, 3…: the event after position n is at index n.
            return Task.FromResult<IReadOnlyList<StoredEvent>>([.. _log.Skip((int)Math.Min(position, _log.Count)).Take(countMax)]);
        }
    }

    public Task<long> LastPosition(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<long>(_log.Count);
        }
    }

    public Task WaitForAppend(long position, CancellationToken cancellation) => _signal.Next(position).WaitAsync(cancellation);

    public Task<long> ReadCheckpoint(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_checkpoints.GetValueOrDefault(name));
        }
    }

    public Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _checkpoints[name] = Math.Max(position, _checkpoints.GetValueOrDefault(name));
        }

        return Task.CompletedTask;
    }

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_snapshots.GetValueOrDefault(key));
        }
    }

    public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _snapshots[key] = snapshot with { Content = snapshot.Content.ToArray() };
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _signal.Close();
        return ValueTask.CompletedTask;
    }

    private AppendResult Apply(Append decision)
    {
        var history = _actors.TryGetValue(decision.Actor, out var found) ? found : [];
        if (history.Count != decision.ExpectedVersion)
        {
            return new AppendResult.Conflict();
        }

        _actors[decision.Actor] = history;
        foreach (var recorded in decision.Events)
        {
            var provenance = AppendRules.Truncate(decision.ProvenanceOf(recorded));

            // The payload is copied: the caller may reuse its buffer.
            var stored = new StoredEvent(
                _log.Count + 1, decision.Actor, history.Count + 1, recorded.Name, recorded.Payload.ToArray(), recorded.ValidOn, provenance);
            _log.Add(stored);
            history.Add(stored);
        }

        return new AppendResult.Appended(history.Count, _log.Count);
    }

    private StoredEvent[] History(string actor, long version)
    {
        lock (_lock)
        {
            return _actors.TryGetValue(actor, out var found) ? [.. found.Skip((int)Math.Min(version, found.Count))] : [];
        }
    }
}
