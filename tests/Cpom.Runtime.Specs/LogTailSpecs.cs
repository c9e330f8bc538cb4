using Cpom.Domain;
using Cpom.Domain.Entites;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>What a node has just appended is read without the database, and never anything else.</summary>
public sealed class LogTailSpecs
{
    private static readonly Provenance From = new(Debut, "essai", Cause.Unknown);

    [Fact(DisplayName = "La fin du journal rend ce que le nœud vient d'y écrire, avec les faits eux-mêmes")]
    public void What_was_appended()
    {
        var tail = new LogTail(last: 40);
        var fact = Closed(1);
        Add(tail, 41, fact, Closed(2), Closed(3));

        Assert.Equal([42L, 43], tail.Read(41, 10)!.Select(e => e.Position));
        Assert.Equal([41L], tail.Read(40, 1)!.Select(e => e.Position));
        var first = tail.Read(40, 1)![0];
        Assert.Same(fact, EventCodec.Decode(first));
        Assert.Equal(("entite-1", 1L), (first.Actor, first.Version));
    }

    [Fact(DisplayName = "Chaque événement est rendu avec sa propre provenance, à l'instant que garde la base")]
    public void Each_its_own_provenance()
    {
        var own = From with { RecordedAt = Debut.AddTicks(17), Author = "un autre" };
        var tail = new LogTail(last: 0);
        tail.Add([new("entite-1", 0, [EventCodec.Encode(Closed(1)) with { Provenance = own }, EventCodec.Encode(Closed(2))], From)], [new AppendResult.Appended(2, 2)]);
        Assert.Equal([own with { RecordedAt = Debut.AddTicks(10) }, From], tail.Read(0, 10)!.Select(e => e.Provenance));
    }

    [Fact(DisplayName = "Ce qui précède la fin du journal n'est connu que de la base")]
    public void What_was_before()
    {
        var tail = new LogTail(last: 40);
        Add(tail, 41, Closed(1));
        Assert.Null(tail.Read(39, 10));
    }

    [Fact(DisplayName = "Ce qui suit la dernière écriture n'est connu que de la base, qui l'a avant qu'il ne soit ici")]
    public void Nothing_follows()
    {
        var tail = new LogTail(last: 0);
        Assert.Null(tail.Read(0, 10));
        Add(tail, 1, Closed(1));
        Assert.Null(tail.Read(1, 10));
    }

    [Fact(DisplayName = "Ce qu'un autre nœud a écrit entre deux n'est pas sauté")]
    public void Another_process_between()
    {
        var tail = new LogTail();
        Add(tail, 1, Closed(1), Closed(2));
        Add(tail, 5, Closed(3));
        Assert.Null(tail.Read(0, 10));
        Assert.Null(tail.Read(2, 10));
        Assert.Equal([5L], tail.Read(4, 10)!.Select(e => e.Position));

        Add(tail, 3, Closed(4), Closed(5)); // Told late: the database has it.
        Assert.Equal([5L], tail.Read(4, 10)!.Select(e => e.Position));
    }

    [Theory(DisplayName = "La fin du journal est bornée, en événements et en octets")]
    [InlineData(3, long.MaxValue)]
    [InlineData(1_000, 60)]
    public void Bounds(int countMax, long bytesMax)
    {
        var tail = new LogTail(0, countMax, bytesMax);
        for (var position = 1; position <= 10; position++)
        {
            Add(tail, position, Closed(position));
        }

        Assert.Null(tail.Read(0, 10));
        Assert.Equal([10L], tail.Read(9, 10)!.Select(e => e.Position));
    }

    [Fact(DisplayName = "Des octets dont la fin du journal n'est pas propriétaire n'y sont pas gardés")]
    public void Foreign_bytes()
    {
        var tail = new LogTail(0);
        Append foreign = new("entite-1", 0, [new("a.1", "{}"u8.ToArray(), Jour)], From);
        tail.Add([foreign], [new AppendResult.Appended(1, 1)]);
        Assert.Null(tail.Read(0, 10));
        Assert.Null(tail.Read(1, 10));
    }

    private static readonly DateOnly Jour = new(2026, 1, 1);

    private static EntiteEvent.EntiteClosed Closed(int day) => new(Jour.AddDays(day));

    private static void Add(LogTail tail, long first, params IFact[] facts) =>
        tail.Add([new("entite-1", 0, [.. facts.Select(EventCodec.Encode)], From)], [new AppendResult.Appended(facts.Length, first + facts.Length - 1)]);
}
