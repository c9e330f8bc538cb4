using System.Diagnostics.CodeAnalysis;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>One event as it goes to the store: its stored name, its JSON, the day it holds from.</summary>
public sealed record NewEvent(string Name, ReadOnlyMemory<byte> Payload, DateOnly ValidOn)
{
    /// <summary>When, from whom and why this event was recorded; null where its append says it for all.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What the payload was made from, where the codec made it: nobody in this process then has to read the payload back.</summary>
    internal IFact? Fact { get; init; }
}

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
    Provenance Provenance)
{
    /// <summary>The payload as the codec would read it, where this process wrote the event a moment ago.</summary>
    internal IFact? Fact { get; init; }
}

/// <summary>One actor's decision, or several that it took one after the other, to be stored whole or not at all.</summary>
/// <param name="ExpectedVersion">The actor's version that the (first) decision was taken on; 0 for a new actor.</param>
/// <param name="Provenance">Of the events that do not bring their own.</param>
public sealed record Append(string Actor, long ExpectedVersion, IReadOnlyList<NewEvent> Events, Provenance Provenance)
{
    /// <summary>What is stored beside one of its events.</summary>
    public Provenance ProvenanceOf(NewEvent recorded) => recorded.Provenance ?? Provenance;

    /// <summary>Found to keep <see cref="AppendRules"/>: the appender has looked, so that the store need not look again.</summary>
    internal bool IsChecked { get; set; }
}

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

    /// <summary>
    /// Many actors at once, answered in their order: each one's snapshot and the beginning of what follows it. One look at the database for a
    /// thousand actors costs little more than one for a single actor; a store that can do no better answers them one by one.
    /// </summary>
    async Task<IReadOnlyList<ActorHistory>> ReadActors(IReadOnlyList<ActorRead> reads, CancellationToken cancellation)
    {
        var histories = new List<ActorHistory>(reads.Count);
        foreach (var read in reads)
        {
            var snapshot = read.After is null && await ReadSnapshot(read.Actor, cancellation) is { } found && found.Format == read.SnapshotFormat ? found : null;
            var events = new List<StoredEvent>();
            await foreach (var stored in ReadActor(read.Actor, read.After ?? snapshot?.Position ?? 0, cancellation))
            {
                events.Add(stored);
            }

            histories.Add(new(snapshot, events, IsWhole: true));
        }

        return histories;
    }

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

    /// <summary>
    /// Survives the death of this process when the task completes; a machine that loses power may come back with an earlier one, and the follower
    /// then repeats itself. A smaller position than the stored one is ignored.
    /// </summary>
    Task WriteCheckpoint(string name, long position, CancellationToken cancellation);

    /// <summary>Several of them, in the order of their names.</summary>
    async Task<IReadOnlyList<long>> ReadCheckpoints(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var positions = new List<long>(names.Count);
        foreach (var name in names)
        {
            positions.Add(await ReadCheckpoint(name, cancellation));
        }

        return positions;
    }

    /// <summary>Several followers that have come equally far: for each as <see cref="WriteCheckpoint"/>. Where many are usual, a store does it in one write.</summary>
    async Task WriteCheckpoints(IReadOnlyList<string> names, long position, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            await WriteCheckpoint(name, position, cancellation);
        }
    }

    /// <summary>A part in the work that nodes over this log share. Nothing is held before it is asked for; disposing it gives everything up.</summary>
    IPartitions JoinPartitions() => new WholePartition();

    /// <summary>A cached fold, or null. Snapshots may vanish at any time: they change start-up time and nothing else.</summary>
    Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation);

    Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation);
}

/// <param name="Format">Names the shape of <paramref name="Content"/>; a reader that does not know it folds from the log instead.</param>
/// <param name="Position">The version (of one actor) or log position (of a whole replica) that the content reflects.</param>
public sealed record Snapshot(string Format, long Position, ReadOnlyMemory<byte> Content);

/// <summary>A question about one actor.</summary>
/// <param name="After">The version that the asker already has; null to begin with the newest snapshot, or with the first event.</param>
/// <param name="SnapshotFormat">Snapshots of other formats are passed over.</param>
public sealed record ActorRead(string Actor, long? After, string SnapshotFormat);

/// <param name="Snapshot">Where <paramref name="Events"/> begin, or null.</param>
/// <param name="IsWhole">False when there may be more: go on with <see cref="IEventStore.ReadActor"/>.</param>
public sealed record ActorHistory(Snapshot? Snapshot, IReadOnlyList<StoredEvent> Events, bool IsWhole);
