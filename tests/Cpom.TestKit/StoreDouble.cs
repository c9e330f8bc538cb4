using System.Runtime.CompilerServices;
using Cpom.Runtime;

namespace Cpom.TestKit;

/// <summary>A store over another, for a test to step into. Disposing it leaves the other open: it may outlive one node.</summary>
public class StoreDouble(IEventStore inner) : IEventStore
{
    public virtual bool IsExclusive => inner.IsExclusive;

    public virtual Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation) => inner.Append(batch, cancellation);

    public virtual async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in inner.ReadActor(actor, version, cancellation))
        {
            yield return stored;
        }
    }

    public virtual Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation) => inner.ReadLog(position, countMax, cancellation);

    public virtual Task<long> LastPosition(CancellationToken cancellation) => inner.LastPosition(cancellation);

    public virtual Task WaitForAppend(long position, CancellationToken cancellation) => inner.WaitForAppend(position, cancellation);

    public virtual Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => inner.ReadCheckpoint(name, cancellation);

    public virtual Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => inner.WriteCheckpoint(name, position, cancellation);

    public virtual IPartitions JoinPartitions() => new WholePartition();

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) => inner.ReadSnapshot(key, cancellation);

    public virtual Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => inner.WriteSnapshot(key, snapshot, cancellation);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
