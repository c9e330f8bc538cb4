using Cpom.Domain.Nomenclatures;
using Cpom.Intake;

namespace Cpom.Sample.Specs;

public sealed class NomenclatureSpecs
{
    [Fact(DisplayName = "R-048 Toute AMM de la région, réforme comprise, a son code et son libellé dans la nomenclature écrite")]
    public async Task Every_amm_is_in_the_list()
    {
        using var region = new WrittenRegion(SampleScale.Idf, days: 3, change: o => o with { Events = [new(SampleEventKind.Reforme, 2)] });
        var list = await List(region, Nomenclature.Amm);
        var perDay = new List<int>();
        foreach (var day in region.Days)
        {
            var rows = (await Reading.Activites(region.Find(day, "finess-activites-*"))).Rows().SelectMany(s => s.Rows).Where(r => r.Nature == "AMM").ToList();
            Assert.All(rows, r => Assert.NotEmpty(list[r.Code].Libelle));
            perDay.Add(rows.Count);
        }

        Assert.True(perDay[0] < perDay[^1]); // Before the reform there were none.
    }

    [Fact(DisplayName = "R-048, R-051 Toute RC lisible a un code valable le jour de son effet, et une capacité là où la liste en veut une")]
    public async Task Every_rc_is_in_the_list_with_its_capacity()
    {
        using var region = new WrittenRegion(SampleScale.Idf, days: 3);
        var list = await List(region, Nomenclature.Rc);
        foreach (var day in region.Days)
        {
            var rows = (await Reading.Rc(region.Find(day, "finess_cs1600102_*"))).Rows();
            Assert.NotEmpty(rows);
            Assert.All(rows, r =>
            {
                var code = list[$"{r.Activite}/{r.Modalite}/{r.Forme}"];
                Assert.True(code.IsValidOn(r.DateEffet));
                Assert.Equal(code.Capacite == CapaciteRule.Requise, r.Capacite is not null);
            });
        }

        Assert.Single(list.Values, code => code.Fin is not null);
    }

    [Fact(DisplayName = "Récrire l'échantillon à une autre date ne laisse pas les nomenclatures d'avant")]
    public void Rewriting_leaves_no_former_list()
    {
        using var region = new WrittenRegion(SampleScale.Mini, days: 0);
        var later = region.Options with { BaseDate = region.Options.BaseDate.AddDays(1), Replace = true };
        SampleRegion.Write(later);
        Assert.All(SampleNomenclatures.PathsOf(region.Options), path => Assert.False(File.Exists(path)));
        Assert.All(SampleNomenclatures.PathsOf(later), path => Assert.True(File.Exists(path)));
    }

    private static async Task<Dictionary<string, NomenclatureCode>> List(WrittenRegion region, string name)
    {
        var path = SampleNomenclatures.PathsOf(region.Options)[name == Nomenclature.Amm ? 0 : 1];
        var items = await Reading.Nomenclature(path);
        Assert.Empty(items.Faults());
        return items.Rows().ToDictionary(r => r.Code.Code, r => r.Code);
    }
}
