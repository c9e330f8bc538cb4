using Cpom.Domain;
using Cpom.Domain.Reactions;

namespace Cpom.Runtime;

/// <summary>The relay's coverage as of a position of the log. It starts from a snapshot where this build has left one, else from the whole log.</summary>
internal sealed class CoverageFold
{
    private const string SnapshotKey = "coverage";
    private const char Site = 's';
    private const char Entite = 'e';
    private const char Contrat = 'c';

    /// <summary>Events read at once when nothing is to be sent.</summary>
    private const int BatchMax = 4_096;

    private CoverageFold(Coverage coverage, long position) => (Coverage, Position, SnapshotAt) = (coverage, position, position);

    public Coverage Coverage { get; }

    public long Position { get; private set; }

    /// <summary>The position of the snapshot that is stored, 0 when there is none of this build.</summary>
    public long SnapshotAt { get; private set; }

    /// <summary>Coverage as of <paramref name="until"/>, whose facts were relayed before. A snapshot past it is of no use: coverage does not run backward.</summary>
    public static async Task<CoverageFold> Load(IEventStore store, long until, CancellationToken cancellation)
    {
        var fold = await store.ReadSnapshot(SnapshotKey, cancellation) is { } found && found.Position <= until && PackedReader.TryRead(found, Read) is { } shape
            ? new CoverageFold(Coverage.From(shape), found.Position)
            : new(new(), 0);
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

    /// <returns>The fact, where coverage and the reactions read its type; else null, and it was not decoded.</returns>
    public IFact? Apply(StoredEvent stored)
    {
        var fact = Coverage.Reads(EventCodec.TypeOf(stored)) ? EventCodec.Decode(stored) : null;
        if (fact is not null)
        {
            Coverage.Apply(ActorKinds.Split(stored.Actor).Id, fact);
        }

        Position = stored.Position;
        return fact;
    }

    public Snapshot ToSnapshot()
    {
        var shape = Coverage.ToShape();
        using var packed = new PackedWriter();
        foreach (var site in shape.Sites)
        {
            packed.Add(Site, site);
        }

        foreach (var entite in shape.Entites)
        {
            packed.Add(Entite, entite);
        }

        foreach (var contrat in shape.Contrats)
        {
            packed.Add(Contrat, contrat);
        }

        return packed.ToSnapshot(Position);
    }

    public async Task Leave(Snapshot snapshot, IEventStore store, CancellationToken cancellation)
    {
        await store.WriteSnapshot(SnapshotKey, snapshot, cancellation);
        SnapshotAt = snapshot.Position;
    }

    private static CoverageShape Read(PackedReader lines)
    {
        var (sites, entites, contrats) = (new List<CoverageShape.SiteShape>(), new List<CoverageShape.EntiteShape>(), new List<CoverageShape.ContratShape>());
        while (lines.Next() is { } kind)
        {
            switch (kind)
            {
                case Site:
                    sites.Add(lines.Read<CoverageShape.SiteShape>());
                    break;
                case Entite:
                    entites.Add(lines.Read<CoverageShape.EntiteShape>());
                    break;
                case Contrat:
                    contrats.Add(lines.Read<CoverageShape.ContratShape>());
                    break;
                default:
                    throw new InvalidDataException($"No row of a coverage is told by {kind}.");
            }
        }

        return new(sites, entites, contrats);
    }
}
