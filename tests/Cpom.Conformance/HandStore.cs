using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cpom.Runtime;

namespace Cpom.Conformance;

/// <summary>The reference store, whose appends a test holds at a barrier and lets go by hand. Others are said to append too, unless told otherwise.</summary>
internal sealed class HandStore : IEventStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly InMemoryEventStore _inner = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly ConcurrentQueue<Append> _appended = new();
    private TaskCompletionSource _open = Completed();
    private string[] _closed = [];
    private bool? _failure;
    private int _appendsBegun;
    private int _reads;

    public bool Exclusive { get; set; }

    public bool IsExclusive => Exclusive;

    /// <summary>Appends that were held at the barrier so far.</summary>
    public int AppendsBegun => Volatile.Read(ref _appendsBegun);

    /// <summary>What was stored whole, in order.</summary>
    public IReadOnlyList<Append> Appended => [.. _appended];

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>From now on appends of these actors, or of all, wait at the barrier.</summary>
    public void CloseAppends(params string[] actors)
    {
        _closed = actors;
        _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void OpenAll() => _open.TrySetResult();

    /// <summary>Completes once for each append that has come to the barrier.</summary>
    public async Task AppendBegun() => Assert(await _begun.WaitAsync(Patience));

    /// <summary>The next append throws: before it is stored, or after, as when the connection dies under a commit.</summary>
    public void FailNext(bool stored) => _failure = stored;

    public async Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        var open = _open.Task;
        if (!open.IsCompleted && (_closed.Length == 0 || batch.Any(d => _closed.Contains(d.Actor))))
        {
            Interlocked.Increment(ref _appendsBegun);
            _begun.Release();
            await open;
        }

        var failure = _failure;
        _failure = null;
        var results = failure == false ? [] : await _inner.Append(batch, cancellation);
        foreach (var (decision, _) in batch.Zip(results).Where(p => p.Second is AppendResult.Appended))
        {
            _appended.Enqueue(decision);
        }

        return failure is null ? results : throw new IOException("The connection died.");
    }

    public async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        await foreach (var stored in _inner.ReadActor(actor, version, cancellation))
        {
            yield return stored;
        }
    }

    public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation) => _inner.ReadLog(position, countMax, cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => _inner.LastPosition(cancellation);

    public Task WaitForAppend(long position, CancellationToken cancellation) => _inner.WaitForAppend(position, cancellation);

    public Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => _inner.ReadCheckpoint(name, cancellation);

    public Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => _inner.WriteCheckpoint(name, position, cancellation);

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) => _inner.ReadSnapshot(key, cancellation);

    public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => _inner.WriteSnapshot(key, snapshot, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        _begun.Dispose();
    }

    private static void Assert(bool begun) => Xunit.Assert.True(begun, "No append came to the barrier.");

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}

/// <summary>Each decision goes to the store at once and alone, so that a test sees every one at the barrier.</summary>
internal sealed class DirectAppender(IEventStore store) : IAppender
{
    public async Task<AppendResult> Append(Append decision, CancellationToken cancellation) => (await store.Append([decision], cancellation))[0];
}

/// <summary>Another writer is always there first.</summary>
internal sealed class BeatenAppender(IEventStore store, Func<Task> rival) : IAppender
{
    public async Task<AppendResult> Append(Append decision, CancellationToken cancellation)
    {
        await rival();
        return (await store.Append([decision], cancellation))[0];
    }
}
