using Cpom.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>A log in memory that several silos append to. Disposing one silo's node leaves it open.</summary>
internal sealed class SharedLog(InMemoryEventStore inner) : IEventStore
{
    public bool IsExclusive => false;

    public Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation) => inner.Append(batch, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, CancellationToken cancellation) => inner.ReadActor(actor, version, cancellation);

    public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation) => inner.ReadLog(position, countMax, cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => inner.LastPosition(cancellation);

    public Task WaitForAppend(long position, CancellationToken cancellation) => inner.WaitForAppend(position, cancellation);

    public Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => inner.ReadCheckpoint(name, cancellation);

    public Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => inner.WriteCheckpoint(name, position, cancellation);

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) => inner.ReadSnapshot(key, cancellation);

    public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => inner.WriteSnapshot(key, snapshot, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
