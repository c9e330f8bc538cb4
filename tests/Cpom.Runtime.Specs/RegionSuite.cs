using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.Runtime.Projections;
using FsCheck;
using FsCheck.Fluent;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>
/// Small regions at random, through real actors, relay and store: whatever the order in which three sources speak, what people see at the end
/// is the same. A host derives one near-empty class.
/// </summary>
public abstract class RegionSuite
{
    private const int RegionsMax = 12;
    private static readonly string[] Ejs = ["750000001", "750000002"];
    private static readonly string[] Sites = ["750100001", "750100002", "750100003"];

    /// <summary>One thing a source says: a capacity or an end of an RC, an authorisation, a movement.</summary>
    private sealed record Parole(int Source, int Site, int Ligne, int Valeur);

    /// <param name="Choix">Which source speaks next, while it has something to say.</param>
    private sealed record Region(Parole[] Paroles, int[] Choix, bool[] Whole);

    [Fact(DisplayName = "R-056 Trois sources entremêlées au hasard finissent dans le même état, et répétées n'ajoutent rien")]
    public void Interleaved() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(RegionsMax),
        Prop.ForAll(Regions().ToArbitrary(), region => Holds(region).GetAwaiter().GetResult()));

    /// <summary>A world over memory, not yet started, whose actors are on the host.</summary>
    internal abstract Monde NewMonde();

    private static Gen<Region> Regions() =>
        from count in Gen.Choose(1, 18)
        from paroles in (from source in Gen.Choose(0, 2)
                         from site in Gen.Choose(0, 2)
                         from ligne in Gen.Choose(1, 2)
                         from valeur in Gen.Choose(0, 3)
                         select new Parole(source, site, ligne, valeur)).ArrayOf(count)
        from choix in Gen.Choose(0, 2).ArrayOf(count)
        from whole in Gen.Elements(true, false).ArrayOf(3)
        select new Region(paroles, choix, whole);

    private async Task<bool> Holds(Region region)
    {
        await using var straight = await Opened(region);
        await Say(straight, region.Paroles.OrderBy(p => p.Source));
        var expected = Seen(await straight.Settle());

        await using var mixed = await Opened(region);
        await Say(mixed, Mix(region));
        var seen = Seen(await mixed.Settle());
        Assert.Equal(expected, seen);

        var count = await mixed.Store.LastPosition(default);
        foreach (var last in LastOfEachLigne(region))
        {
            await Tell(mixed, last);
        }

        await mixed.Settle();
        Assert.Equal(count, await mixed.Store.LastPosition(default));
        Assert.All(mixed.Portfolio.Current.Contrats.Values, d => AssertOnePlace(d.State));
        Assert.Empty(mixed.Refused);
        return true;
    }

    /// <summary>Two entities, three sites, three contrats in force: two of the first entity, whole or of one site; one of the second.</summary>
    private async Task<Monde> Opened(Region region)
    {
        var monde = NewMonde().Start();
        foreach (var ej in Ejs)
        {
            await monde.Tell(ej, new EntiteCommand.Register(ej, new($"CH {ej}", "13", null, null, "75"), Jour, null, Jour));
        }

        for (var n = 0; n < Sites.Length; n++)
        {
            await monde.Tell(Sites[n], new SiteCommand.Register(Sites[n], EjOf(n), new($"Site {n}", null, null, "75"), Jour, null, Jour));
        }

        await monde.Settle();
        for (var n = 0; n < 3; n++)
        {
            var ej = n < 2 ? Ejs[0] : Ejs[1];
            await monde.Ouvrir(FicheEps with { Numero = $"C{n}", Entite = ej, WholeEntite = region.Whole[n] }, [.. Sites.Where((_, s) => EjOf(s) == ej).Take(1)]);
        }

        return monde;
    }

    private static async Task Say(Monde monde, IEnumerable<Parole> paroles)
    {
        foreach (var parole in paroles)
        {
            await Tell(monde, parole);
        }
    }

    /// <summary>The sources in another order, each in its own.</summary>
    private static IEnumerable<Parole> Mix(Region region)
    {
        var queues = region.Paroles.GroupBy(p => p.Source).ToDictionary(g => g.Key, g => new Queue<Parole>(g));
        foreach (var source in region.Choix)
        {
            if (queues.TryGetValue(source, out var next) && next.Count > 0)
            {
                yield return next.Dequeue();
            }
        }

        foreach (var rest in queues.Values.SelectMany(q => q))
        {
            yield return rest;
        }
    }

    private static IEnumerable<Parole> LastOfEachLigne(Region region) => region.Paroles.GroupBy(p => (p.Source, p.Site, p.Ligne)).Select(g => g.Last());

    /// <summary>Source 0 knows the RC, source 1 the authorisations, source 2 the money. Value 0 is an end, of what can end.</summary>
    private static Task<Outcome.Done> Tell(Monde monde, Parole parole)
    {
        var (site, ej) = (Sites[parole.Site], EjOf(parole.Site));
        if (parole.Source == 2)
        {
            var mouvement = Mig with { Finess = ej, Reference = $"{parole.Site}-{parole.Ligne}", Montant = (parole.Valeur - 1) * 10.5m };
            return monde.Tell(ej, Mouvement(mouvement) with { Finess = ej });
        }

        Ligne ligne = parole.Source == 0
            ? Rc with { Finess = site, Numero = $"RC{parole.Ligne}", Capacite = parole.Valeur }
            : new Ligne.Autorisation(site, "AMM", $"11-{parole.Ligne}", "QA/M1", new DateOnly(2030 + parole.Valeur, 1, 1));
        DateOnly? ended = parole.Valeur == 0 ? Jour : null;
        return monde.Tell(site, new SiteCommand.StateLignes(
            site, ej, ligne.Volet, Complete: false, Jour, [new([new(Jour, ligne)], ended, Preuve)], Cause.Unknown));
    }

    private static string EjOf(int site) => site < 2 ? Ejs[0] : Ejs[1];

    /// <summary>What people see: each item with its place, and the alerts.</summary>
    private static string Seen(PortfolioView view) => string.Join('\n', [
        .. view.Contrats.Values.SelectMany(d => d.State.Items.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{d.Numero} {p.Key} {p.Value.Place} {p.Value.Expected} {p.Value.Act.After} {p.Value.Conflict} {p.Value.Shared}")),
        .. view.Entites.Values.Select(e => $"{e.Finess} {e.RequiredBy}")]);

    /// <summary>The index of what waits and the places of the items say the same, and a line has at most one that waits.</summary>
    private static void AssertOnePlace(ContratState.Ouvert state)
    {
        var pending = state.Items.Values.Where(i => i.Place is ItemPlace.Pending).ToList();
        Assert.Equal(pending.Count, pending.Select(i => i.Act.LigneId).Distinct().Count());
        Assert.Equal(pending.Select(i => (i.Act.LigneId, i.Id)).Order(), state.PendingByLigne.Select(p => (p.Key, p.Value)).Order());
        Assert.All(state.Items.Values.Where(i => i.Place is ItemPlace.InAvenant or ItemPlace.Integrated), i => Assert.Single(state.Avenants.Values, a => a.Items.Contains(i.Id)));
    }
}
