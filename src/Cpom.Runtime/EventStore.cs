using System.Diagnostics.CodeAnalysis;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>One event as it goes to the store: its stored name, its JSON, the day it holds from.</summary>
public sealed record NewEvent(string Name, ReadOnlyMemory<byte> Payload, DateOnly ValidOn);

/// <summary>One event as it comes back.</summary>
/// <param name="Position">Its place in the one total order of the log, from 1. Gaps are allowed, disorder is not.</param>
/// <param name="Actor">"category-id".</param>
/// <param name="Version">Its place in its actor's own history, from 1 without gaps.</param>
public sealed record StoredEvent(
    long Position,
    string Actor,
    long Version,
    string Name,
    ReadOnlyMemory<byte> Payload,
    DateOnly ValidOn,
    Provenance Provenance);

/// <summary>One actor's decision, to be stored whole or not at all.</summary>
/// <param name="ExpectedVersion">The actor's version that the decision was taken on; 0 for a new actor.</param>
public sealed record Append(string Actor, long ExpectedVersion, IReadOnlyList<NewEvent> Events, Provenance Provenance);

/// <summary>Losing a race is an ordinary answer, not an exception. A dead database is an exception.</summary>
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "A closed union.")]
public abstract record AppendResult
{
    private AppendResult() { }

    /// <param name="Version">The actor's version after the append.</param>
    /// <param name="Position">The log position of its last event.</param>
    public sealed record Appended(long Version, long Position) : AppendResult;

    public sealed record Conflict : AppendResult;
}

/// <summary>
/// The whole of what the runtime asks of a database: an append-only log in one total order, a few checkpoints, and a cache of snapshots.
/// Memory, SQLite and PostgreSQL pass one suite. A reader that has seen position <c>n</c> never meets a smaller one later.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>True when no other process can append: what a session knows of its actor cannot then be stale.</summary>
    bool IsExclusive { get; }

    /// <summary>
    /// Appends many decisions in one durable transaction. Each is stored whole or answered <see cref="AppendResult.Conflict"/>, on its own:
    /// one that lost its race does not stop the others. Several decisions of one actor in one batch follow one another.
    /// When the task completes, what was appended survives the death of the process and of the machine.
    /// </summary>
    Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation);

    /// <summary>One actor's events after <paramref name="version"/>, oldest first. An unknown actor has none.</summary>
    IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, CancellationToken cancellation);

    /// <summary>At most <paramref name="countMax"/> events after <paramref name="position"/>, in log order.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation);

    /// <summary>The position of the newest event, 0 for an empty log.</summary>
    Task<long> LastPosition(CancellationToken cancellation);

    /// <summary>
    /// Completes when the log may hold something after <paramref name="position"/>: at once if it does, else when another append is seen
    /// (in process, or by the database's own notification), or at the latest after the store's polling interval. It may complete for nothing.
    /// </summary>
    Task WaitForAppend(long position, CancellationToken cancellation);

    /// <summary>How far the follower <paramref name="name"/> has come; 0 when it has never said.</summary>
    Task<long> ReadCheckpoint(string name, CancellationToken cancellation);

    /// <summary>Durable when the task completes. A smaller position than the stored one is ignored.</summary>
    Task WriteCheckpoint(string name, long position, CancellationToken cancellation);

    /// <summary>A cached fold, or null. Snapshots may vanish at any time: they change start-up time and nothing else.</summary>
    Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation);

    Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation);
}

/// <param name="Format">Names the shape of <paramref name="Content"/>; a reader that does not know it folds from the log instead.</param>
/// <param name="Position">The version (of one actor) or log position (of a whole replica) that the content reflects.</param>
public sealed record Snapshot(string Format, long Position, ReadOnlyMemory<byte> Content);
