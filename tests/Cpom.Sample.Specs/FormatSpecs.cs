using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cpom.Sample.Specs;

public sealed partial class FormatSpecs(IdfFixture fixture) : IClassFixture<IdfFixture>
{
    private readonly WrittenRegion _region = fixture.Region;

    [Fact(DisplayName = "D-01 Chaque numéro FINESS a la forme du registre, sa clé, et 99 en positions 3 et 4")]
    public void Every_finess_is_well_formed_and_fictional()
    {
        var numbers = _region.Days.SelectMany(d => Entites(d).SelectMany(e => e.Sites.Append(e.Finess))).ToList();
        Assert.True(numbers.Count > 3_000);
        Assert.All(numbers, n =>
        {
            Assert.Matches(FinessPattern(), n);
            Assert.Equal("99", n[2..4]);
            Assert.Equal(0, n.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : "0246813579"[c - '0'] - '0').Sum() % 10);
        });
        Assert.All(_region.Days, d => Assert.Equal(Entites(d).Sum(e => 1 + e.Sites.Count), Entites(d).SelectMany(e => e.Sites.Append(e.Finess)).Distinct().Count()));
    }

    [Fact(DisplayName = "Les activités désignent des entités et des sites du fichier des structures, à identifiants disjoints")]
    public void Activites_refer_to_structures()
    {
        foreach (var day in _region.Days)
        {
            using var activites = _region.Json(day, "activites");
            var known = Entites(day).ToDictionary(e => e.Finess, e => e.Sites.ToHashSet());
            var ids = new HashSet<string>();
            foreach (var entite in activites.RootElement.GetProperty("pmej").EnumerateArray())
            {
                var sites = known[entite.GetProperty("numFiness").GetString()!];
                Assert.All(entite.GetProperty("activitesAutorisees").EnumerateArray(), a => Assert.True(ids.Add(Id(a))));
                foreach (var site in entite.GetProperty("ege").EnumerateArray())
                {
                    Assert.Contains(site.GetProperty("numFinessEge").GetString()!, sites);
                    Assert.All(site.GetProperty("activitesExercees").EnumerateArray(), a => Assert.True(ids.Add(Id(a))));
                }
            }
        }
    }

    [Fact(DisplayName = "R-049 Chaque RC est sur un site de son entité, sauf les lignes plantées")]
    public void Every_rc_names_a_site_of_its_entity()
    {
        foreach (var day in _region.Days)
        {
            var owner = Entites(day).SelectMany(e => e.Sites.Select(s => (s, e.Finess))).ToDictionary(p => p.s, p => p.Finess);
            var strays = _region.Rc(day).Elements("activitesoumiseareco")
                .Where(r => !owner.TryGetValue(r.Element("nofinesset")!.Value, out var ej) || ej != r.Element("nofinessej")!.Value)
                .Select(r => r.Element("codeautorarhgos")!.Value)
                .ToList();

            // Odd days: the site not yet known and the FINESS with a letter O; even days and the stock: none.
            Assert.Equal(day % 2 == 1 ? 2 : 0, strays.Count);
        }
    }

    [Fact(DisplayName = "Les numéros des RC sont uniques et leurs avenants les désignent")]
    public void Rc_numbers_are_unique()
    {
        foreach (var day in _region.Days)
        {
            var rcs = _region.Rc(day).Elements("activitesoumiseareco").ToList();
            var numbers = rcs.Select(r => r.Element("noautor")!.Value).ToHashSet();
            Assert.Equal(rcs.Count, numbers.Count);
            Assert.Equal(rcs.Count, rcs.Select(r => r.Element("codeautorarhgos")!.Value).Distinct().Count());
            Assert.All(rcs, r => Assert.True(r.Element("rsej")!.Value.Length <= 38 && r.Element("rset")!.Value.Length <= 38));
            var avenants = _region.Rc(day).Elements("avenant").ToList();
            Assert.NotEmpty(avenants);
            Assert.All(avenants, a => Assert.Contains(a.Element("noautor")!.Value, numbers));
        }
    }

    [Fact(DisplayName = "HAPI : clés uniques d'un jour à l'autre, montants signés, entité et site connus")]
    public void Hapi_keys_come_once()
    {
        var owner = _region.Days.SelectMany(d => Entites(d).SelectMany(e => e.Sites.Append(e.Finess).Select(f => (f, e.Finess)))).ToHashSet();
        var lines = _region.Days.SelectMany(d => _region.Csv(d, "MEN_HAPI_*.CSV")).ToList();
        var keys = lines.Select(l => string.Join('|', l.Where(p => p.Key != "HAPI - Montant Notifié").Select(p => p.Value))).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(lines, l => Assert.Contains((l["Finess"], l["Finess EJ"]), owner));
        foreach (var day in _region.Days)
        {
            var amounts = _region.Csv(day, "MEN_HAPI_*.CSV");
            Assert.Contains(amounts, l => l["HAPI - Montant Notifié"].StartsWith('-'));
            Assert.Contains(amounts, l => l["Année Campagne HAPI"] == "2025" && l["Mois Année"].EndsWith("/2026", StringComparison.Ordinal));
        }
    }

    internal static List<(string Finess, List<string> Sites)> Entites(WrittenRegion region, int day)
    {
        using var structures = region.Json(day, "structures");
        return structures.RootElement.GetProperty("pmej").EnumerateArray().Select(e => (
            e.GetProperty("informationsGeneralesPMEJ").GetProperty("numFinessPm").GetString()!,
            e.GetProperty("ege").EnumerateArray().Select(s => s.GetProperty("informationsGeneralesEGE").GetProperty("numFinessEge").GetString()!).ToList())).ToList();
    }

    private readonly Dictionary<int, List<(string Finess, List<string> Sites)>> _entites = [];

    private List<(string Finess, List<string> Sites)> Entites(int day) =>
        _entites.TryGetValue(day, out var known) ? known : _entites[day] = Entites(_region, day);

    internal static string Id(JsonElement activite) => activite.GetProperty("caracteristiquesGeneriques").GetProperty("activiteAeId").GetString()!;

    [GeneratedRegex("^[0-9][0-9A-Z][0-9]{7}$")]
    private static partial Regex FinessPattern();
}
