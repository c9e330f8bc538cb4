using System.Text.Json;
using Cpom.Intake;

namespace Cpom.Sample.Specs;

/// <summary>Each fault: the readers find what the manifest tells, and nothing else.</summary>
public sealed class FaultSpecs : IDisposable
{
    private readonly WrittenRegion _sound = new(SampleScale.Mini, days: 2, change: o => o with { Every = 2 });

    [Fact(DisplayName = "Sans faute demandée, pas de manifeste")]
    public void Nothing_broken_nothing_told() => Assert.False(File.Exists(Path.Combine(_sound.Options.Directory, "faults.json")));

    [Fact(DisplayName = "truncated : le fichier des activités est refusé entier, les autres ne changent pas")]
    public async Task Truncated()
    {
        using var region = Broken(SampleFaultKind.Truncated);
        var broken = Assert.Single(Manifest(region));
        Assert.Equal(("truncated", 2, "refused"), (broken.Fault, broken.Day, broken.Effect));
        Assert.Equal("I-02", (await Reading.Refusal(Find(region, broken)))!.Rule);
        AssertOthersAreEqual(region);
    }

    [Fact(DisplayName = "bad-lines : chaque ligne du manifeste est mise de côté pour sa règle, aucune autre")]
    public async Task Bad_lines()
    {
        using var region = Broken(SampleFaultKind.BadLines);
        var manifest = Manifest(region);
        var hapi = manifest.Single(b => b.File.EndsWith(".CSV", StringComparison.Ordinal));
        Assert.Equal(
            hapi.Places.Select(p => (p.Place, p.Rule)).Order(),
            (await Reading.Hapi(Find(region, hapi))).Faults().Select(f => (f.Place, f.Rule)).Order());

        // One RC a day is faulty without being asked for: it is the last of the file.
        var rc = manifest.Single(b => b.File.EndsWith(".xml", StringComparison.Ordinal));
        var daily = (await Reading.Rc(_sound.Find(2, "*.xml"))).Faults().Select(f => (f.Place, f.Rule));
        Assert.Equal(
            rc.Places.Select(p => (p.Place, p.Rule)).Concat(daily).Order(),
            (await Reading.Rc(Find(region, rc))).Faults().Select(f => (f.Place, f.Rule)).Order());
        AssertOthersAreEqual(region);
    }

    [Theory(DisplayName = "bom, crlf, schema-drift : les mêmes lignes se lisent")]
    [InlineData(SampleFaultKind.Bom)]
    [InlineData(SampleFaultKind.Crlf)]
    [InlineData(SampleFaultKind.SchemaDrift)]
    public async Task Read_all_the_same(SampleFaultKind kind)
    {
        using var region = Broken(kind);
        Assert.All(Manifest(region), b => Assert.Equal("read", b.Effect));
        Assert.All(Manifest(region), b => Assert.NotEqual(File.ReadAllBytes(Find(region, b)), File.ReadAllBytes(_sound.Find(2, b.File))));
        Assert.Equal(Text((await Reading.Hapi(_sound.Find(2, "*.CSV"))).Rows()), Text((await Reading.Hapi(region.Find(2, "*.CSV"))).Rows()));
        Assert.Equal(Text((await Reading.Rc(_sound.Find(2, "*.xml"))).Rows()), Text((await Reading.Rc(region.Find(2, "*.xml"))).Rows()));
        Assert.Equal(Text((await Reading.Structures(_sound.Find(2, "*structures*"))).Rows()), Text((await Reading.Structures(region.Find(2, "*structures*"))).Rows()));
        Assert.Equal(Text((await Reading.Activites(_sound.Find(2, "*activites*"))).Rows()), Text((await Reading.Activites(region.Find(2, "*activites*"))).Rows()));
    }

    [Fact(DisplayName = "latin1 : HAPI se lit, RC est refusé entier")]
    public async Task Latin1()
    {
        using var region = Broken(SampleFaultKind.Latin1);
        Assert.Equal(Text((await Reading.Hapi(_sound.Find(2, "*.CSV"))).Rows()), Text((await Reading.Hapi(region.Find(2, "*.CSV"))).Rows()));
        var rc = Manifest(region).Single(b => b.Effect == "refused");
        Assert.Equal("I-02", (await Reading.Refusal(Find(region, rc)))!.Rule);
        AssertOthersAreEqual(region);
    }

    [Fact(DisplayName = "duplicates : ce que le manifeste nomme se lit deux fois, le reste une fois")]
    public async Task Duplicates()
    {
        using var region = Broken(SampleFaultKind.Duplicates);
        var manifest = Manifest(region);
        Assert.Equal(4, manifest.Count);
        var entites = (await Reading.Structures(region.Find(2, "*structures*"))).Rows().OfType<EntiteRow>().GroupBy(e => e.Finess).Where(g => g.Count() == 2).ToList();
        Assert.Equal(manifest.Single(b => b.File.Contains("structures", StringComparison.Ordinal)).Places[0].Value, Assert.Single(entites).Key);
        var rcs = (await Reading.Rc(region.Find(2, "*.xml"))).Rows().GroupBy(r => r.NoAutor).Where(g => g.Count() > 1).ToList();
        Assert.Equal(manifest.Single(b => b.File.EndsWith(".xml", StringComparison.Ordinal)).Places[0].Value, Assert.Single(rcs).Key);
        var hapi = (await Reading.Hapi(region.Find(2, "*.CSV"))).Rows();
        Assert.Equal(hapi.Count - 1, hapi.Select(r => (r with { Place = "" }).ToString()).Distinct().Count());
    }

    [Fact(DisplayName = "out-of-order : les dossiers échangent leurs fichiers, qui gardent leur date")]
    public void Out_of_order()
    {
        using var region = Broken(SampleFaultKind.OutOfOrder);
        Assert.EndsWith("20261003.json.gz", region.Find(0, "*structures*"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_sound.Find(2, "*structures*")), File.ReadAllBytes(region.Find(0, "*structures*")));
        Assert.Equal(File.ReadAllBytes(_sound.Find(0, "*activites*")), File.ReadAllBytes(region.Find(2, "*activites*")));
        Assert.Equal(10, Manifest(region).Count);
    }

    [Fact(DisplayName = "Les fautes se cumulent, chacune sur son jour ; un jour qui n'est pas écrit est refusé")]
    public void Faults_add_up()
    {
        using var region = new WrittenRegion(SampleScale.Pays, days: 2, change: o => o with { Faults = [new(SampleFaultKind.Truncated, 1), new(SampleFaultKind.SchemaDrift, 2), new(SampleFaultKind.Bom, 2)] });
        Assert.Equal([("truncated", 1), ("schema-drift", 2), ("bom", 2)], Manifest(region).Select(b => (b.Fault, b.Day)).Distinct());
        Assert.Throws<ArgumentException>(() => SampleRegion.Write(region.Options with { Replace = true, Faults = [new(SampleFaultKind.Bom, 3)] }));
        Assert.Throws<ArgumentException>(() => SampleRegion.Write(region.Options with { Replace = true, From = 2, Faults = [new(SampleFaultKind.OutOfOrder)] }));
    }

    [Theory(DisplayName = "Chaque faute a son nom")]
    [InlineData("truncated", true)]
    [InlineData("bad-lines@7", true)]
    [InlineData("out-of-order@-1", false)]
    [InlineData("perdu", false)]
    public void Faults_are_parsed(string text, bool known) => Assert.Equal(known, SampleFault.Parse(text) is not null);

    public void Dispose() => _sound.Dispose();

    private static WrittenRegion Broken(SampleFaultKind kind) => new(SampleScale.Mini, days: 2, change: o => o with { Every = 2, Faults = [new(kind)] });

    private static string Find(WrittenRegion region, BrokenFile broken) => region.Find(broken.Day, broken.File);

    private void AssertOthersAreEqual(WrittenRegion region)
    {
        var broken = Manifest(region).Select(b => b.File).ToHashSet();
        var hashes = region.Hashes();
        Assert.All(_sound.Hashes().Where(p => !broken.Contains(Path.GetFileName(p.Key))), p => Assert.Equal(p.Value, hashes[p.Key]));
    }

    // Rows hold lists, which records compare by reference: their text is compared.
    private static List<string> Text<T>(IEnumerable<T> rows) => [.. rows.Select(r => JsonSerializer.Serialize(r, r!.GetType()))];

    private static List<BrokenFile> Manifest(WrittenRegion region) =>
        JsonSerializer.Deserialize<List<BrokenFile>>(File.ReadAllText(Path.Combine(region.Options.Directory, "faults.json")), JsonSerializerOptions.Web)!;

    private sealed record BrokenFile(string Fault, int Day, string File, string Effect, string What, List<BrokenPlace> Places);

    private sealed record BrokenPlace(string Place, string Rule, string Value);
}
