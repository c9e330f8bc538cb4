namespace Cpom.Sample.Specs;

public sealed class RoundSpecs
{
    [Fact(DisplayName = "Une livraison par semaine : les mêmes octets, qu'on l'écrive seule ou après toutes les autres")]
    public void A_round_does_not_depend_on_those_written_before()
    {
        using var all = new WrittenRegion(SampleScale.Mini, days: 28, change: o => o with { Every = 7 });
        using var last = new WrittenRegion(SampleScale.Mini, days: 28, change: o => o with { From = 28, Every = 7 });
        Assert.Equal([0, 7, 14, 21, 28], all.Summary.Days.Select(d => d.Number));
        var hashes = all.Hashes();
        Assert.All(last.Hashes(), p => Assert.Equal(p.Value, hashes[p.Key]));
        Assert.Equal(4 + 3, last.Hashes().Count); // Four files of the day; the socle and two nomenclatures beside the days.
    }

    [Fact(DisplayName = "Le fichier HAPI d'une semaine contient les lignes de ses sept jours, une fois chacune")]
    public void A_week_of_money_is_that_of_its_days()
    {
        using var daily = new WrittenRegion(SampleScale.Mini, days: 14);
        using var weekly = new WrittenRegion(SampleScale.Mini, days: 14, change: o => o with { Every = 7 });
        foreach (var week in new[] { 7, 14 })
        {
            var days = Enumerable.Range(week - 6, 7).SelectMany(d => Lines(daily, d)).ToList();
            Assert.Equal(days, Lines(weekly, week));
            Assert.Equal(daily.Rc(week).ToString(), weekly.Rc(week).ToString());
        }
    }

    [Fact(DisplayName = "Le fond du pays est le même chaque jour : seul ce qui joue change")]
    public void The_background_stays()
    {
        using var region = new WrittenRegion(SampleScale.Pays, days: 2, change: o => o with { Every = 2 });
        var (before, after) = (Entities(region, 0), Entities(region, 2));
        Assert.InRange(before.Count(p => after[p.Key] != p.Value), 1, 10);
        Assert.Equal(SampleScale.Pays.EntitesInAll, before.Count);
    }

    [Fact(DisplayName = "Rien ne reste du fond sur le disque")]
    public void Nothing_hidden_is_left()
    {
        using var region = new WrittenRegion(SampleScale.Pays, days: 0);
        var beside = SampleNomenclatures.PathsOf(region.Options).Append(Path.Combine(region.Options.Directory, SampleSocle.FileName));
        Assert.Equal(beside.Order(StringComparer.Ordinal), Directory.GetFiles(region.Options.Directory).Order(StringComparer.Ordinal));
    }

    [Fact(DisplayName = "Deux fois la même graine : un pays, une année de semaines et des événements, aux mêmes octets")]
    public void Equal_seeds_give_equal_bytes_in_a_country()
    {
        static SampleOptions Year(SampleOptions o) => o with { From = 350, Every = 7, Events = [new(SampleEventKind.Circulaire, 200), new(SampleEventKind.Reforme, 120), new(SampleEventKind.Prs, 353)] };
        using var one = new WrittenRegion(SampleScale.Pays, days: 364, seed: 5, change: Year);
        using var two = new WrittenRegion(SampleScale.Pays, days: 364, seed: 5, change: Year);
        Assert.Equal(one.Hashes().OrderBy(p => p.Key), two.Hashes().OrderBy(p => p.Key));
        Assert.Equal([350, 357, 364], one.Summary.Days.Select(d => d.Number));
    }

    private static Dictionary<string, string> Entities(WrittenRegion region, int day)
    {
        using var json = region.Json(day, "structures");
        return json.RootElement.GetProperty("pmej").EnumerateArray()
            .ToDictionary(e => e.GetProperty("informationsGeneralesPMEJ").GetProperty("numFinessPm").GetString()!, e => e.GetRawText());
    }

    private static List<string> Lines(WrittenRegion region, int day) => [.. File.ReadAllLines(region.Find(day, "MEN_HAPI_*.CSV")).Skip(1)];
}
