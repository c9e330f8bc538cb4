using Cpom.Intake;

namespace Cpom.Sample.Specs;

/// <summary>Each event, read back by the platform's readers.</summary>
public sealed class EventSpecs
{
    [Fact(DisplayName = "Circulaire : en trois jours, de 5 à 20 lignes pour presque toutes les entités sous contrat, au total annoncé")]
    public async Task A_circular_reaches_nearly_everyone()
    {
        using var plain = new WrittenRegion(SampleScale.Pays, days: 5);
        using var region = new WrittenRegion(SampleScale.Pays, days: 5, change: o => o with { Events = [new(SampleEventKind.Circulaire, 2)] });
        var lignes = new List<FinancementRow>();
        foreach (var day in new[] { 2, 3, 4 })
        {
            var ordinary = (await Reading.Hapi(plain.Find(day, "MEN_HAPI_*.CSV"))).Rows().Select(Key).ToHashSet();
            var read = await Reading.Hapi(region.Find(day, "MEN_HAPI_*.CSV"));
            Assert.Empty(read.Faults());
            lignes.AddRange(read.Rows().Where(r => !ordinary.Contains(Key(r))));
        }

        // An ordinary line whose key the circular has used is another line than without it.
        var ordinaryMax = 2 * SampleScale.Pays.DailyVolume * 8;
        Assert.InRange(lignes.Count, SampleScale.Pays.LignesCirculaire - ordinaryMax, SampleScale.Pays.LignesCirculaire + ordinaryMax);
        var parties = region.Csv(0, "contrats.csv").Where(c => WrittenRegion.Date(c["date_fin"]) >= plain.Options.BaseDate).Select(c => c["finess_ej"]).ToHashSet();
        var notified = lignes.GroupBy(l => l.FinessEj!).ToList();
        Assert.InRange(notified.Count(g => parties.Contains(g.Key) && g.Count() is >= 5 and <= 21), parties.Count * 9 / 10, parties.Count);
        Assert.Equal(plain.Csv(5, "MEN_HAPI_*.CSV").Count, region.Csv(5, "MEN_HAPI_*.CSV").Count);
    }

    [Fact(DisplayName = "france : une circulaire notifie 50 000 lignes")]
    public void A_circular_of_france_has_fifty_thousand_lines()
    {
        var country = new SampleCountry(new SampleOptions { Directory = "unused", Scale = SampleScale.France, Events = [new(SampleEventKind.Circulaire, 1)] });
        var plain = new SampleCountry(new SampleOptions { Directory = "unused", Scale = SampleScale.France });
        foreach (var each in new[] { country, plain })
        {
            each.Region.StartRound();
            for (var day = 1; day <= 3; day++)
            {
                each.Play(day);
            }
        }

        Assert.InRange(country.Region.Mouvements.Count - plain.Region.Mouvements.Count, 49_900, 50_000);
    }

    [Fact(DisplayName = "Réforme : chaque autorisation ancienne s'éteint le jour dit, et une AMM ou plusieurs la remplacent sur le même site")]
    public async Task A_reform_reissues_every_authorisation()
    {
        using var region = new WrittenRegion(SampleScale.Mini, days: 3, change: o => o with { Events = [new(SampleEventKind.Reforme, 2)] });
        var day = region.Options.BaseDate.AddDays(2);
        var (before, after) = (await Sanitary(region, 1), await Sanitary(region, 2));
        Assert.DoesNotContain(before, a => a.Nature == "AMM");
        var old = before.Where(a => a.Nature is "AMF" or "EML" && a.Actif).ToList();
        Assert.True(old.Count > 30);
        var now = after.ToDictionary(a => a.ActiviteAeId);
        Assert.All(old, a => Assert.NotNull(now[a.ActiviteAeId].DateFinEffective));
        var issued = after.Where(a => a.Nature == "AMM").ToList();
        Assert.True(issued.Count >= old.Count);
        Assert.All(issued, a => Assert.Equal((day, day.AddYears(7), true), (a.DateDebut!.Value, a.DateFin!.Value, a.Actif)));
        Assert.Empty(issued.Select(a => a.NumAutorisationArhgos).Intersect(before.Select(a => a.NumAutorisationArhgos)));

        // A site that closes on that day gets nothing new.
        var open = after.Where(a => a.Actif).Select(a => a.FinessEt).ToHashSet();
        Assert.All(old.Where(a => open.Contains(a.FinessEt)), a => Assert.Contains(issued, i => i.FinessEt == a.FinessEt));
        Assert.Contains(await Sanitary(region, 3), a => a.Nature == "AMM" && a.DateDebut == day.AddDays(1));
    }

    [Fact(DisplayName = "PRS : un arrêté sur chaque site sous contrat, et un projet de contrat pour chacun de ceux qui finissent dans l'année")]
    public async Task A_prs_brings_what_follows_from_it()
    {
        using var region = new WrittenRegion(SampleScale.Pays, days: 3, change: o => o with { Events = [new(SampleEventKind.Prs, 2)] });
        var day = region.Options.BaseDate.AddDays(2);
        using var structures = region.Json(2, "structures");
        var arretes = (from e in structures.RootElement.GetProperty("pmej").EnumerateArray()
                       from s in e.GetProperty("ege").EnumerateArray()
                       from g in s.GetProperty("engagement").EnumerateArray()
                       where g.GetProperty("nomEngagement").GetString()?.Contains("projet régional de santé", StringComparison.Ordinal) == true
                       select (Site: s.GetProperty("informationsGeneralesEGE").GetProperty("numFinessEge").GetString()!, On: g.GetProperty("dateSignatureEngagement").GetString())).ToList();
        var live = region.Csv(0, "contrats.csv").Where(c => WrittenRegion.Date(c["date_effet"]) <= day && day <= WrittenRegion.Date(c["date_fin"])).ToList();
        var open = live.SelectMany(c => c["finess_sites"].Split(' ')).ToHashSet();
        Assert.All(arretes, a => Assert.Contains(a.Site, open));
        Assert.InRange(arretes.Count, open.Count - 1, open.Count);

        var projects = (await Reading.Contrats(region.Find(2, "contrats.csv"))).Rows();
        var ending = live.Where(c => WrittenRegion.Date(c["date_fin"]) <= day.AddYears(1)).Select(c => (c["finess_ej"], WrittenRegion.Date(c["date_fin"]).AddDays(1))).ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, p => Assert.Contains((p.FinessEj, p.DateEffet), ending));
        Assert.All(region.Csv(2, "contrats.csv"), c => Assert.Empty(c["date_signature_ars"]));
        Assert.False(File.Exists(Path.Combine(region.Options.Directory, "jour-3", "contrats.csv")));
    }

    [Theory(DisplayName = "Les événements et les fautes se lisent, et rien d'autre")]
    [InlineData("circulaire@30", true)]
    [InlineData("prs@0", false)]
    [InlineData("prs", false)]
    [InlineData("grève@3", false)]
    [InlineData("reforme@9999", false)]
    public void Events_are_parsed(string text, bool known) => Assert.Equal(known, SampleEvent.Parse(text) is not null);

    private static async Task<List<ActiviteRow>> Sanitary(WrittenRegion region, int day) =>
        [.. (await Reading.Activites(region.Find(day, "finess-activites-*"))).Rows().SelectMany(s => s.Rows).Where(r => r.IsSanitaire)];

    private static string Key(FinancementRow r) => $"{r.FinessEj} {r.FinessBeneficiaire} {r.Campagne} {r.Mois} {r.Enveloppe} {r.SousEnveloppe} {r.Mode}";
}
