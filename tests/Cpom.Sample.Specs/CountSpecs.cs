namespace Cpom.Sample.Specs;

public sealed class CountSpecs(IdfFixture fixture) : IClassFixture<IdfFixture>
{
    [Fact(DisplayName = "idf : entités, sites, GHT et contrats aux nombres annoncés")]
    public void Idf_counts()
    {
        using var region = new WrittenRegion(SampleScale.Idf, days: 0);
        var s = region.Summary;
        Assert.Equal((300, 500, 24, 16, 325), (s.Entites, s.Sites, s.MedicoSocialSites, s.Ghts, s.Contrats));
        Assert.InRange(s.Autorisations, 5_000, 7_000);
        Assert.InRange(s.ReconnaissancesContractuelles, 1_700, 2_300);
        Assert.InRange(s.ContratsRegime2025, 60, 200);
        Assert.InRange(s.Mouvements, 3_000, 6_000);
    }

    [Fact(DisplayName = "mini : une douzaine d'entités")]
    public void Mini_counts()
    {
        using var region = new WrittenRegion(SampleScale.Mini, days: 0);
        var s = region.Summary;
        Assert.Equal((12, 20, 2, 2, 14), (s.Entites, s.Sites, s.MedicoSocialSites, s.Ghts, s.Contrats));
    }

    [Fact(DisplayName = "idf : secteurs, multi-sites, géant et GHT se lisent dans le fichier")]
    public void Idf_shape_is_in_the_file()
    {
        using var structures = fixture.Region.Json(0, "structures");
        var entites = structures.RootElement.GetProperty("pmej").EnumerateArray().ToList();
        var medicoSocial = new[] { "500", "354", "183" };
        var sites = entites.Select(e => e.GetProperty("ege").EnumerateArray().Count(s => !medicoSocial.Contains(s.GetProperty("categorieentiteGeographiqueExercice").GetString()))).ToList();
        Assert.Equal(68, sites.Count(n => n > 1));
        Assert.Equal(34, sites.Max());
        Assert.Equal(500, sites.Sum());
        Assert.Equal(51, entites.Count(e => e.GetProperty("informationsGeneralesPMEJ").GetProperty("fonctionPublique").GetString() == "02"));
        var ghts = structures.RootElement.GetProperty("gcc").EnumerateArray().ToList();
        Assert.Equal(16, ghts.Count);
        var ids = entites.Select(e => e.GetProperty("informationsGeneralesPMEJ").GetProperty("pmSmsseId").GetString()).ToHashSet();
        Assert.All(ghts, g =>
        {
            var members = g.GetProperty("pmejDuGcc").EnumerateArray().ToList();
            Assert.Single(members, m => m.GetProperty("typeRoleEntiteGroupe").GetString() == "S");
            Assert.True(members.Count > 1);
            Assert.All(members, m => Assert.Contains(m.GetProperty("pmSmsseId").GetString(), ids));
        });
    }

    [Fact(DisplayName = "Le résumé compte ce que les fichiers contiennent")]
    public void Summary_equals_the_files()
    {
        var region = fixture.Region;
        using var activites = region.Json(3, "activites");
        var entites = activites.RootElement.GetProperty("pmej").EnumerateArray().ToList();
        Assert.Equal(region.Summary.Autorisations, entites.Sum(e => e.GetProperty("activitesAutorisees").GetArrayLength()));
        Assert.Equal(region.Summary.Autorisations, entites.SelectMany(e => e.GetProperty("ege").EnumerateArray()).Sum(s => s.GetProperty("activitesExercees").GetArrayLength()));
        Assert.Equal(region.Summary.Mouvements, region.Days.Sum(d => region.Csv(d, "MEN_HAPI_*.CSV").Count));
        Assert.Equal(region.Summary.Contrats, region.Csv(0, "contrats.csv").Count);
        Assert.Equal(region.Summary.Indicateurs, region.Csv(0, "engagements.csv").Count);
    }
}
