using System.Text.Json;
using System.Xml.Linq;

namespace Cpom.Sample.Specs;

public sealed class DaySpecs(IdfFixture fixture) : IClassFixture<IdfFixture>
{
    private readonly WrittenRegion _region = fixture.Region;

    [Fact(DisplayName = "Un jour ne change qu'une petite part de chaque fichier")]
    public void A_day_changes_a_small_share()
    {
        foreach (var day in _region.Days.Skip(1))
        {
            AssertSmall(Activites(day - 1), Activites(day), 1, 200);
            AssertSmall(Structures(day - 1), Structures(day), 1, 10);
            AssertSmall(Rcs(day - 1), Rcs(day), 5, 40);
        }
    }

    [Fact(DisplayName = "Une RC accordée un jour impair est retirée le lendemain (état 26)")]
    public void An_rc_lives_one_day()
    {
        var born = Rcs(1).Keys.Except(Rcs(0).Keys).ToList();
        var (one, two) = (RcElements(1), RcElements(2));
        Assert.Single(born, n => two.TryGetValue(n, out var rc) && State(rc) == "26" && State(one[n]) == "23");
    }

    [Fact(DisplayName = "Un avenant contradictoire part d'une capacité qui n'était pas celle de la veille")]
    public void One_avenant_contradicts()
    {
        foreach (var day in _region.Days.Skip(1))
        {
            var (before, after) = (RcElements(day - 1), RcElements(day));
            var known = Avenants(day - 1);
            var fresh = _region.Rc(day).Elements("avenant").Where(a => !known.Contains(Key(a))).ToList();
            var wrong = fresh.Count(a => before[a.Element("noautor")!.Value].Element("capaciteautorisee")!.Value != a.Element("anccapacite")!.Value);
            Assert.Equal(day % 2 == 1 ? 1 : 0, wrong);
            Assert.True(fresh.Count > wrong);
            Assert.All(fresh, a => Assert.Equal(a.Element("capacite")!.Value, after[a.Element("noautor")!.Value].Element("capaciteautorisee")!.Value));
        }
    }

    [Fact(DisplayName = "Un site change d'entité les jours impairs, un site ferme les jours pairs")]
    public void Sites_move_and_close()
    {
        foreach (var day in _region.Days.Skip(1))
        {
            var (before, after) = (Owners(day - 1), Owners(day));
            Assert.Equal(day % 2, before.Count(p => after[p.Key].Ej != p.Value.Ej));
            Assert.Equal((day + 1) % 2, before.Count(p => after[p.Key].Etat == "I" && p.Value.Etat == "A"));
        }
    }

    [Fact(DisplayName = "Une entité nouvelle et sans contrat apparaît le premier jour, le site inconnu est connu le deuxième")]
    public void New_entities_and_late_sites_appear()
    {
        var fresh = FormatSpecs.Entites(_region, 1).Select(e => e.Finess).Except(FormatSpecs.Entites(_region, 0).Select(e => e.Finess)).ToList();
        var newcomer = Assert.Single(fresh);
        Assert.DoesNotContain(_region.Csv(0, "contrats.csv"), c => c["finess_ej"] == newcomer);
        var unknown = RcElements(1).Values.Select(r => r.Element("nofinesset")!.Value).Except(Owners(1).Keys).ToList();
        Assert.Equal(2, unknown.Count);
        Assert.Single(unknown.Intersect(Owners(2).Keys));
    }

    [Fact(DisplayName = "Une ligne fautive par jour : FINESS à lettre O, puis activité manquante ; elle ne dure pas")]
    public void One_bad_row_a_day()
    {
        foreach (var day in _region.Days.Skip(1))
        {
            var rcs = RcElements(day).Values;
            Assert.Equal(day % 2, rcs.Count(r => r.Element("nofinesset")!.Value.Contains('O')));
            Assert.Equal((day + 1) % 2, rcs.Count(r => r.Element("activite")!.Value.Length == 0));
        }
    }

    [Fact(DisplayName = "Les autorisations sont accordées, prolongées et arrêtées")]
    public void Authorisations_are_granted_renewed_and_ended()
    {
        foreach (var day in _region.Days.Skip(1))
        {
            var (before, after) = (Activites(day - 1), Activites(day));
            Assert.NotEmpty(after.Keys.Except(before.Keys));
            Assert.Contains(before, p => Field(p.Value, "dateFinActiviteAutorisee") != Field(after[p.Key], "dateFinActiviteAutorisee"));
            Assert.Contains(before, p => Field(p.Value, "etatObjet") == "A" && Field(after[p.Key], "etatObjet") == "I");
        }
    }

    [Fact(DisplayName = "Un jour rejoué plus loin reste le même jour")]
    public void Longer_runs_begin_alike()
    {
        using var shorter = new WrittenRegion(SampleScale.Mini, days: 1);
        using var longer = new WrittenRegion(SampleScale.Mini, days: 5);
        var all = longer.Hashes();
        Assert.All(shorter.Hashes(), p => Assert.Equal(p.Value, all[p.Key]));
    }

    [Fact(DisplayName = "Cinq ans se jouent sur la plus petite région, quelle que soit la date")]
    public void The_longest_run_works_on_mini()
    {
        using var region = new WrittenRegion(SampleScale.Mini, SampleOptions.DaysMax, seed: 3, baseDate: new DateOnly(2026, 11, 15), o => o with { Every = 600, From = SampleOptions.DaysMax });
        Assert.Equal(SampleOptions.DaysMax, Assert.Single(region.Summary.Days).Number);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleRegion.Write(region.Options with { Days = SampleOptions.DaysMax + 1, Replace = true }));
    }

    [Fact(DisplayName = "Un échantillon présent n'est remplacé que si on le demande")]
    public void An_earlier_sample_is_kept_unless_told()
    {
        using var region = new WrittenRegion(SampleScale.Mini, days: 2);
        Assert.Throws<IOException>(() => SampleRegion.Write(region.Options));
        SampleRegion.Write(region.Options with { Days = 0, Replace = true });
        Assert.Equal(["jour-0"], Directory.GetDirectories(region.Options.Directory).Select(Path.GetFileName));
    }

    private static void AssertSmall(Dictionary<string, string> before, Dictionary<string, string> after, int low, int high)
    {
        var changed = before.Keys.Union(after.Keys).Count(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k));
        Assert.InRange(changed, low, high);
    }

    private Dictionary<string, string> Activites(int day)
    {
        using var json = _region.Json(day, "activites");
        return json.RootElement.GetProperty("pmej").EnumerateArray()
            .SelectMany(e => e.GetProperty("ege").EnumerateArray())
            .SelectMany(s => s.GetProperty("activitesExercees").EnumerateArray())
            .ToDictionary(a => Field(a.GetRawText(), "activiteAeId")!, a => a.GetRawText());
    }

    private Dictionary<string, string> Structures(int day)
    {
        using var json = _region.Json(day, "structures");
        return json.RootElement.GetProperty("pmej").EnumerateArray()
            .ToDictionary(e => e.GetProperty("informationsGeneralesPMEJ").GetProperty("numFinessPm").GetString()!, e => e.GetRawText());
    }

    private Dictionary<string, (string Ej, string Etat)> Owners(int day)
    {
        using var json = _region.Json(day, "structures");
        return (from e in json.RootElement.GetProperty("pmej").EnumerateArray()
                from s in e.GetProperty("ege").EnumerateArray()
                select (Et: s.GetProperty("informationsGeneralesEGE").GetProperty("numFinessEge").GetString()!,
                    Ej: e.GetProperty("informationsGeneralesPMEJ").GetProperty("numFinessPm").GetString()!,
                    Etat: s.GetProperty("etatObjet").GetString()!)).ToDictionary(r => r.Et, r => (r.Ej, r.Etat));
    }

    private Dictionary<string, string> Rcs(int day) => RcElements(day).ToDictionary(p => p.Key, p => p.Value.ToString());

    private Dictionary<string, XElement> RcElements(int day) => _region.Rc(day).Elements("activitesoumiseareco").ToDictionary(r => r.Element("noautor")!.Value);

    private HashSet<string> Avenants(int day) => _region.Rc(day).Elements("avenant").Select(Key).ToHashSet();

    private static string Key(XElement avenant) => avenant.Element("noautor")!.Value + "/" + avenant.Element("numordre")!.Value;

    private static string State(XElement rc) => rc.Element("etatautorisation")!.Value;

    private static string? Field(string activite, string name)
    {
        using var json = JsonDocument.Parse(activite);
        return json.RootElement.GetProperty("caracteristiquesGeneriques").GetProperty(name).GetString();
    }
}
