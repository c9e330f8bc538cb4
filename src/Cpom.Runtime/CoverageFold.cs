using Cpom.Domain;
using Cpom.Domain.Echeances;
using Cpom.Domain.Reactions;

namespace Cpom.Runtime;

/// <summary>The relay's coverage and the days to come, as of a position of the log. It starts from a snapshot where this build has left one, else from the whole log.</summary>
internal sealed class CoverageFold
{
    private const string SnapshotKey = "coverage";

    /// <summary>Events read at once when nothing is to be sent.</summary>
    private const int BatchMax = 4_096;

    private CoverageFold(Coverage coverage, Echeancier echeancier, long position) =>
        (Coverage, Echeancier, Position, SnapshotAt) = (coverage, echeancier, position, position);

    public Coverage Coverage { get; }

    /// <summary>When time next changes something in which actor.</summary>
    public Echeancier Echeancier { get; }

    public long Position { get; private set; }

    /// <summary>The position of the snapshot that is stored, 0 when there is none of this build.</summary>
    public long SnapshotAt { get; private set; }

    /// <summary>Coverage as of <paramref name="until"/>, whose facts were relayed before. A snapshot past it is of no use: coverage does not run backward.</summary>
    public static async Task<CoverageFold> Load(IEventStore store, long until, CancellationToken cancellation)
    {
        var fold = await store.ReadSnapshot(SnapshotKey, cancellation) is { } found && found.Position <= until && CoverageSnapshot.TryRead(found) is { } kept
            ? new CoverageFold(Coverage.From(kept.Shape), kept.Echeancier, found.Position)
            : new(new(), new(), 0);
        while (fold.Position < until && await store.ReadLog(fold.Position, BatchMax, cancellation) is { Count: > 0 } batch)
        {
            foreach (var stored in batch.TakeWhile(e => e.Position <= until))
            {
                fold.Apply(stored);
            }

            if (batch[^1].Position > until)
            {
                break;
            }
        }

        return fold;
    }

    /// <returns>The fact, where coverage and the reactions read its type; else null: most are not even decoded.</returns>
    public IFact? Apply(StoredEvent stored)
    {
        var type = EventCodec.TypeOf(stored);
        var (covers, dates) = (Coverage.Reads(type), Echeancier.Reads(type));
        var fact = covers || dates ? EventCodec.Decode(stored) : null;
        var id = fact is null ? string.Empty : ActorKinds.Split(stored.Actor).Id;
        if (dates)
        {
            Echeancier.Apply(id, fact!, Paris.DayOf(stored.Provenance.RecordedAt));
        }

        if (covers)
        {
            Coverage.Apply(id, fact!);
        }

        Position = stored.Position;
        return covers ? fact : null;
    }

    public Snapshot ToSnapshot() => CoverageSnapshot.Of(Coverage.ToShape(), Echeancier.All, Position);

    public async Task Leave(Snapshot snapshot, IEventStore store, CancellationToken cancellation)
    {
        await store.WriteSnapshot(SnapshotKey, snapshot, cancellation);
        SnapshotAt = snapshot.Position;
    }
}
