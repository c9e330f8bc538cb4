using Cpom.Domain.Flux;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cpom.Domain.Specs;

/// <summary>What snapshots speak of, in the compact form in which it is stored.</summary>
public sealed class CouvertureSpecs
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact(DisplayName = "Un ensemble de clés se relit tel qu'il a été écrit")]
    public void Packed() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(n => (long)n << 17).ArrayOf().ToArbitrary(),
        keys => CleSet.Unpack(CleSet.Pack(keys)).SequenceEqual(keys.Distinct().Order())));

    [Fact(DisplayName = "Une clé est stockée : elle ne change jamais, et deux numéros FINESS n'ont jamais la même")]
    public void Keys()
    {
        Assert.Equal(10_108_407, CleSet.KeyOf("010108407"));
        Assert.Equal(((2 * 36) + 10) * 10_000_000L, CleSet.KeyOf("2A0000000"));
        Assert.NotEqual(CleSet.KeyOf("ght/11101"), CleSet.KeyOf("ght/11102"));
        Assert.True(CleSet.KeyOf("ght/11101") > CleSet.KeyOf("9Z9999999"));
        Assert.Equal("0", CleSet.Pack([0]));
        Assert.Equal([0L, 1, 40, 281_474_976_710_656 * 2], CleSet.Unpack(CleSet.Pack([281_474_976_710_656 * 2, 40, 1, 0])));
    }

    [Fact(DisplayName = "Dans n'importe quel ordre, chaque clé garde le jour le plus récent qui l'a dite")]
    public void Any_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from day in Gen.Choose(0, 4) from keys in Gen.Choose(0, 9).ArrayOf() select (Day: day, Keys: keys)).ArrayOf().ToArbitrary(),
        files =>
        {
            var all = files.Aggregate(Couvertures.Empty, (known, f) => known.Add(First.AddDays(f.Day), Of([.. f.Keys.Select(k => (long)k)])));
            return Enumerable.Range(0, 5).All(day => all.KeysAfter("rc", First.AddDays(day)).SetEquals(
                files.Where(f => f.Day > day).SelectMany(f => f.Keys).Select(k => (long)k)));
        }));

    [Fact(DisplayName = "Chaque clé n'est tenue qu'une fois")]
    public void Held_once()
    {
        var known = Couvertures.Empty.Add(First, Of([1, 2, 3])).Add(First.AddDays(2), Of([2, 3])).Add(First.AddDays(1), Of([1, 2]));
        Assert.Equal([(First.AddDays(1), CleSet.Pack([1])), (First.AddDays(2), CleSet.Pack([2, 3]))], known.Jours["rc"].Select(j => (j.Jour, j.Cles)).Order());
    }

    [Fact(DisplayName = "Un fichier complet couvre ses départements, dans sa famille seulement")]
    public void Departements()
    {
        var known = Couvertures.Empty.Add(First, new("rc", CleSet.Pack([1]), ["75"]));
        Assert.Equal(["75"], known.DepartementsAfter("rc", First.AddDays(-1)));
        Assert.Empty(known.DepartementsAfter("rc", First));
        Assert.Empty(known.DepartementsAfter("activites", First.AddDays(-1)));
    }

    private static Couverture Of(long[] keys) => new("rc", CleSet.Pack(keys), []);
}
