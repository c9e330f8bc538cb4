using System.Collections.Immutable;

namespace Cpom.Domain.Flux;

/// <summary>What a snapshot speaks of, whatever it says of it.</summary>
/// <param name="Famille">Snapshots of one family can be out of date for one another: "structures", "activites", "rc", "financements", "nomenclatures".</param>
/// <param name="Cles">A <see cref="CleSet"/>: the entities, sites, groups, movements or lists that it states.</param>
/// <param name="Departements">Those of which the sender said that the file holds everything.</param>
public sealed record Couverture(string Famille, string Cles, ValueList<string> Departements);

/// <summary>The keys of which a snapshot of that day is the newest known.</summary>
public sealed record CouvertureJour(DateOnly Jour, string Cles);

/// <summary>
/// For each family, the newest day on which each key was stated by a file that was imported to its end. A key is kept once, under its newest
/// day, so that the whole is no larger than what the files speak of, however many they are.
/// </summary>
public sealed record Couvertures(
    ImmutableDictionary<string, ValueList<CouvertureJour>> Jours, ImmutableDictionary<string, ImmutableDictionary<string, DateOnly>> Departements)
{
    public static Couvertures Empty { get; } = new(
        ImmutableDictionary<string, ValueList<CouvertureJour>>.Empty, ImmutableDictionary<string, ImmutableDictionary<string, DateOnly>>.Empty);

    public Couvertures Add(DateOnly jour, Couverture added)
    {
        var newer = KeysAfter(added.Famille, jour);
        var keys = CleSet.Unpack(added.Cles).Where(k => !newer.Contains(k)).ToHashSet();
        var known = Jours.GetValueOrDefault(added.Famille, []);
        keys.UnionWith(known.Where(j => j.Jour == jour).SelectMany(j => CleSet.Unpack(j.Cles)));
        var older = known.Where(j => j.Jour < jour).Select(j => j with { Cles = CleSet.Pack(CleSet.Unpack(j.Cles).Where(k => !keys.Contains(k))) });
        var jours = older.Append(new(jour, CleSet.Pack(keys))).Concat(known.Where(j => j.Jour > jour)).Where(j => j.Cles.Length > 0);
        var departements = added.Departements.Aggregate(
            Departements.GetValueOrDefault(added.Famille, ImmutableDictionary<string, DateOnly>.Empty),
            (all, departement) => all.GetValueOrDefault(departement) < jour ? all.SetItem(departement, jour) : all);
        return new(Jours.SetItem(added.Famille, jours.ToValueList()), Departements.SetItem(added.Famille, departements));
    }

    /// <summary>The keys that a later snapshot of the family stated.</summary>
    public IReadOnlySet<long> KeysAfter(string famille, DateOnly jour) =>
        Jours.GetValueOrDefault(famille, []).Where(j => j.Jour > jour).SelectMany(j => CleSet.Unpack(j.Cles)).ToHashSet();

    /// <summary>The départements of which a later snapshot of the family held everything.</summary>
    public IReadOnlySet<string> DepartementsAfter(string famille, DateOnly jour) =>
        Departements.GetValueOrDefault(famille, ImmutableDictionary<string, DateOnly>.Empty).Where(p => p.Value > jour).Select(p => p.Key).ToHashSet();
}
