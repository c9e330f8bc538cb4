using System.Collections.Concurrent;
using Cpom.Domain;
using Cpom.Runtime;
using Xunit;

namespace Cpom.Conformance;

/// <summary>The group appender over a store whose transactions the test starts and ends by hand.</summary>
public sealed class GroupAppenderSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GatedStore _store = new();
    private GroupAppender _appender = null!;

    public Task InitializeAsync()
    {
        _appender = new(_store, new(WaitingMax: 4, BatchCountMax: 3, BatchBytesMax: 100));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _store.Open();
        await _appender.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_lone_decision_goes_at_once()
    {
        var alone = Append("a");
        await _store.Begun();
        _store.Let();

        Assert.Equal(new AppendResult.Appended(1, 1), await alone.WaitAsync(Patience));
        Assert.Equal(["a"], _store.Batches);
    }

    [Fact]
    public async Task Those_who_come_while_a_transaction_runs_share_the_next_up_to_its_limit()
    {
        var first = Append("a");
        await _store.Begun();
        var others = new[] { "b", "c", "d", "e" }.Select(actor => Append(actor)).ToList();
        _store.Open();

        await Task.WhenAll([first, .. others]).WaitAsync(Patience);
        Assert.Equal(["a", "b c d", "e"], _store.Batches);
    }

    [Fact]
    public async Task A_transaction_is_bounded_in_bytes_but_takes_a_large_decision_alone()
    {
        var first = Append("a");
        await _store.Begun();
        var others = new[] { Append("b", bytes: 60), Append("c", bytes: 60), Append("d", bytes: 400), Append("e") };
        _store.Open();

        await Task.WhenAll([first, .. others]).WaitAsync(Patience);
        Assert.Equal(["a", "b", "c", "d", "e"], _store.Batches);
    }

    [Fact]
    public async Task Each_caller_gets_the_answer_to_its_own_decision()
    {
        var first = Append("a");
        await _store.Begun();
        var lost = Append("a", version: 7);
        var won = Append("b");
        _store.Open();

        await first.WaitAsync(Patience);
        Assert.IsType<AppendResult.Conflict>(await lost.WaitAsync(Patience));
        Assert.Equal(new AppendResult.Appended(1, 2), await won.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_dead_store_fails_the_callers_of_that_transaction_and_nobody_else()
    {
        var first = Append("a");
        await _store.Begun();
        var next = Append("b");
        _store.Let(new IOException("disque plein"));
        await Assert.ThrowsAsync<IOException>(() => first.WaitAsync(Patience));

        _store.Open();
        Assert.IsType<AppendResult.Appended>(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_bad_decision_fails_its_own_caller_and_nobody_else()
    {
        var first = Append("a");
        await _store.Begun();
        var next = Append("b");
        await Assert.ThrowsAsync<ArgumentException>(() => Append(""));
        _store.Open();

        await Task.WhenAll(first, next).WaitAsync(Patience);
        Assert.Equal(["a", "b"], _store.Batches);
    }

    [Fact]
    public async Task Cancelled_before_its_transaction_a_decision_is_not_stored()
    {
        var first = Append("a");
        await _store.Begun();
        using var cancellation = new CancellationTokenSource();
        var cancelled = Append("b", cancellation: cancellation.Token);
        var next = Append("c");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience)); // At once, not when its turn comes.

        _store.Open();
        await Task.WhenAll(first, next).WaitAsync(Patience);
        Assert.Equal(["a", "c"], _store.Batches);
    }

    [Fact]
    public async Task Cancelled_during_its_transaction_a_decision_ends_with_the_truth()
    {
        using var cancellation = new CancellationTokenSource();
        var begun = Append("a", cancellation: cancellation.Token);
        await _store.Begun();
        await cancellation.CancelAsync();
        Assert.False(begun.IsCompleted);

        _store.Let();
        Assert.Equal(new AppendResult.Appended(1, 1), await begun.WaitAsync(Patience));
    }

    [Fact]
    public async Task When_too_many_wait_the_next_caller_waits_for_room_and_may_give_up()
    {
        var first = Append("a");
        await _store.Begun();
        var waiting = new[] { "b", "c", "d", "e" }.Select(actor => Append(actor)).ToList();
        using var cancellation = new CancellationTokenSource();
        var outside = Append("f", cancellation: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside.WaitAsync(Patience));

        _store.Open();
        await Task.WhenAll([first, .. waiting]).WaitAsync(Patience);
        Assert.Equal(["a", "b c d", "e"], _store.Batches);
    }

    [Fact]
    public async Task Disposal_stores_what_waits_and_takes_no_more()
    {
        var first = Append("a");
        await _store.Begun();
        var next = Append("b");
        var disposal = _appender.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Append("c"));
        Assert.False(disposal.IsCompleted);

        _store.Open();
        await disposal.WaitAsync(Patience);
        Assert.Equal(["a", "b"], _store.Batches);
        Assert.All([await first, await next], result => Assert.IsType<AppendResult.Appended>(result));
    }

    /// <summary>Queued when this returns: the appender never yields before a decision is in its queue, while there is room.</summary>
    private Task<AppendResult> Append(string actor, long version = 0, int bytes = 2, CancellationToken cancellation = default)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\"");
        return _appender.Append(new(actor, version, [new("a.1", payload, new(2026, 1, 1))], new(DateTimeOffset.UnixEpoch, "testeur", Cause.Unknown)), cancellation);
    }

    /// <summary>Each append says that it has begun and waits to be let through, with or without a failure.</summary>
    private sealed class GatedStore : IEventStore
    {
        private readonly InMemoryEventStore _store = new();
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _let = new(0);
        private readonly ConcurrentQueue<Exception> _failures = new();
        private readonly ConcurrentQueue<string> _batches = new();

        public bool IsExclusive => true;

        /// <summary>The actors of each transaction that was started.</summary>
        public IReadOnlyList<string> Batches => [.. _batches];

        public async Task Begun() => Assert.True(await _begun.WaitAsync(Patience), "no transaction began");

        public void Let(Exception? failure = null)
        {
            if (failure is not null)
            {
                _failures.Enqueue(failure);
            }

            _let.Release();
        }

        public void Open() => _let.Release(1_000);

        public async Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
        {
            _batches.Enqueue(string.Join(' ', batch.Select(decision => decision.Actor)));
            _begun.Release();
            await _let.WaitAsync(cancellation);
            return _failures.TryDequeue(out var failure) ? throw failure : await _store.Append(batch, cancellation);
        }

        public IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, CancellationToken cancellation) => _store.ReadActor(actor, version, cancellation);

        public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation) => _store.ReadLog(position, countMax, cancellation);

        public Task<long> LastPosition(CancellationToken cancellation) => _store.LastPosition(cancellation);

        public Task WaitForAppend(long position, CancellationToken cancellation) => _store.WaitForAppend(position, cancellation);

        public Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => _store.ReadCheckpoint(name, cancellation);

        public Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => _store.WriteCheckpoint(name, position, cancellation);

        public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) => _store.ReadSnapshot(key, cancellation);

        public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => _store.WriteSnapshot(key, snapshot, cancellation);

        public ValueTask DisposeAsync() => _store.DisposeAsync();
    }
}
