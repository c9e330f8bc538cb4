using Cpom.Sample.Fond;

namespace Cpom.Sample.Specs;

/// <summary>The country: its hundredth is written and counted; of the whole, what arithmetic tells without writing 1.4 GB.</summary>
public sealed class CountrySpecs(PaysFixture fixture) : IClassFixture<PaysFixture>
{
    [Fact(DisplayName = "pays : les fichiers tiennent les totaux à l'unité, et aucun numéro n'y est deux fois")]
    public void Files_hold_the_totals()
    {
        var scale = SampleScale.Pays;
        using var structures = fixture.Region.Json(0, "structures");
        using var activites = fixture.Region.Json(0, "activites");
        var entites = structures.RootElement.GetProperty("pmej").EnumerateArray().ToList();
        var sites = entites.SelectMany(e => e.GetProperty("ege").EnumerateArray()).Select(s => s.GetProperty("informationsGeneralesEGE").GetProperty("numFinessEge").GetString()).ToList();
        var held = activites.RootElement.GetProperty("pmej").EnumerateArray().ToList();
        Assert.Equal((scale.EntitesInAll, scale.SitesInAll), (entites.Count, sites.Count));
        Assert.Equal(scale.EntitesInAll, entites.Select(e => e.GetProperty("informationsGeneralesPMEJ").GetProperty("numFinessPm").GetString()).Concat(sites).Distinct().Count() - sites.Count);
        Assert.Equal(scale.ActivitesInAll, held.Sum(e => e.GetProperty("activitesAutorisees").GetArrayLength()));
        var exercees = held.SelectMany(e => e.GetProperty("ege").EnumerateArray()).SelectMany(s => s.GetProperty("activitesExercees").EnumerateArray()).Select(FormatSpecs.Id).ToList();
        Assert.Equal(scale.ActivitesInAll, exercees.Count);
        Assert.Equal(exercees.Count, exercees.Distinct().Count());
        Assert.True(held.Count < entites.Count);
    }

    [Fact(DisplayName = "pays : contrats, RC et lignes par campagne aux nombres annoncés")]
    public void Acts_are_as_many_as_the_scale_says()
    {
        var scale = SampleScale.Pays;
        Assert.Equal(scale.Contrats, fixture.Region.Csv(0, "contrats.csv").Count);
        Assert.Equal(scale.Rcs, fixture.Region.Rc(0).Elements("activitesoumiseareco").Count());
        var campagnes = fixture.Region.Csv(0, "MEN_HAPI_*.CSV").GroupBy(l => l["Année Campagne HAPI"]).ToList();
        Assert.Equal(2, campagnes.Count);
        Assert.All(campagnes, c => Assert.Equal(scale.LignesCampagne, c.Count()));
    }

    [Fact(DisplayName = "france : 98 000 entités, 174 000 sites, 293 000 activités, 5 000 contrats, 20 000 RC, 100 000 lignes par campagne")]
    public void France_is_as_big_as_the_national_files()
    {
        var country = new SampleCountry(new SampleOptions { Directory = "unused", Scale = SampleScale.France });
        var sites = country.Region.Entites.SelectMany(e => e.Sites).ToList();
        Assert.Equal(98_000, country.Region.Entites.Count + country.Fond.Count);
        Assert.Equal(174_000, sites.Count + country.Fond.Sites);
        Assert.Equal(293_000, sites.Sum(s => s.Autorisations.Count) + country.Fond.Activites);
        Assert.Equal(5_000, country.Region.Contrats.Count);
        Assert.Equal(20_000, sites.Sum(s => s.Rcs.Count));
        Assert.All(country.Region.Mouvements.GroupBy(m => m.Campagne), c => Assert.Equal(100_000, c.Count()));

        // The background is arithmetic: its ends, and places between, hold what comes before them.
        var last = country.Fond.Entite(country.Fond.Count - 1);
        Assert.Equal(Territoires.Departements[^1], last.Departement);
        Assert.Equal(country.Fond.Sites, Enumerable.Range(0, country.Fond.Count).Sum(i => country.Fond.SitesOf(i)));
    }

    [Fact(DisplayName = "france : un jour change bien moins d'une ligne sur mille")]
    public void A_day_of_france_changes_little()
    {
        var country = new SampleCountry(new SampleOptions { Directory = "unused", Scale = SampleScale.France });
        var before = Lines(country);
        country.Region.StartRound();
        country.Play(1);
        var after = Lines(country);
        var changed = after.Count(p => before.GetValueOrDefault(p.Key) != p.Value) + before.Keys.Count(k => !after.ContainsKey(k));
        Assert.InRange(changed, 20, 293_000 / 2_000);
    }

    [Fact(DisplayName = "Les parts d'un total font le total, dans l'ordre, quel que soit le nombre")]
    public void Shares_make_the_total()
    {
        foreach (var (total, count) in new[] { (167_400, 93_300), (17, 40), (0, 10), (5, 0) })
        {
            var shares = new FondShares(total, count, [1, 0, 3]);
            Assert.Equal(count == 0 ? 0 : total, shares.Before(count));
            Assert.All(Enumerable.Range(0, count), i => Assert.True(shares.Before(i) <= shares.Before(i + 1)));
            Assert.All(Enumerable.Range(0, count).Where(i => i % 3 == 1), i => Assert.Equal(shares.Before(i), shares.Before(i + 1)));
        }
    }

    private static Dictionary<int, string> Lines(SampleCountry country) =>
        country.Region.AllSites().SelectMany(p => p.Site.Autorisations.Select(a => (a.Id, Text: $"{p.Entite.Finess} {p.Site.Finess} {a.End} {a.Ended}"))).ToDictionary(l => l.Id, l => l.Text);
}

/// <summary>The hundredth of the country, its stock alone, written once for its specs.</summary>
public sealed class PaysFixture : IDisposable
{
    public WrittenRegion Region { get; } = new(SampleScale.Pays, days: 0);

    public void Dispose() => Region.Dispose();
}
