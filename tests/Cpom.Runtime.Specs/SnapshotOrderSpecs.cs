using System.Text;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Cpom.Sample;
using Cpom.TestKit;
using FsCheck;
using FsCheck.Fluent;
using static Cpom.Runtime.Specs.Fichiers;

namespace Cpom.Runtime.Specs;

/// <summary>Snapshots that arrive in another order than their days: the newest day wins, whatever came last (decision 0008).</summary>
public sealed class SnapshotOrderSpecs : IAsyncLifetime
{
    private const int DaysMax = 3;
    private const int OrdersMax = 3;
    private const string Men = "990000001;990000002;2026;1/2026;MIGAC;MIG;NR;";
    private readonly Fichiers _fichiers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fichiers.DisposeAsync();

    [Fact(DisplayName = "Un état plus ancien, arrivé après un plus récent, ne change rien et se compte périmé")]
    public async Task Older_after_newer()
    {
        await _fichiers.Import("finess-structures-journalier-20260101.json", Structures);
        await _fichiers.Import("a_20260103.json", Activites(SiteA, "QA2", "QA3"));
        await _fichiers.Import("rc_20260103.xml", Rc(RcDe(SiteA, "RC1", 12)));
        var after = await Registers(_fichiers);

        var activites = await _fichiers.Import("a_20260102.json", Activites(SiteA, "QA1", "QA2"));
        Assert.Equal((2, 2, 0, 0), (activites.Counts.Read, activites.Counts.Outdated, activites.Counts.New, activites.Counts.Ended));
        var rc = await _fichiers.Import("rc_20260102.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteB, "RC2", 4)));
        Assert.Equal((2, 2), (rc.Counts.Read, rc.Counts.Outdated)); // The newer file names the entity of both sites.
        var structures = await _fichiers.Import("finess-structures-journalier-20251231.json", Structures.Replace("D'ESSAI", "ANCIEN", StringComparison.Ordinal));
        Assert.Equal((3, 3), (structures.Counts.Read, structures.Counts.Outdated));
        Assert.Equal(after, await Registers(_fichiers));
    }

    [Fact(DisplayName = "A, B, puis A de nouveau finit comme A, B")]
    public async Task Back_to_the_first()
    {
        var (a, b) = (Activites(SiteA, "QA1", "QA2"), Activites(SiteA, "QA2", "QA3"));
        await _fichiers.Import("finess-structures-journalier-20260101.json", Structures);
        await _fichiers.Import("a_20260102.json", a);
        await _fichiers.Import("a_20260103.json", b);
        var after = await Registers(_fichiers);
        var again = await _fichiers.Import("a_20260102.json", a);
        Assert.True(again.AlreadyIntegrated);
        Assert.Equal(2, again.Counts.Outdated);
        Assert.Equal(after, await Registers(_fichiers));
    }

    [Fact(DisplayName = "Un montant corrigé ne revient pas au premier ; un mouvement que seul l'ancien fichier connaît entre")]
    public async Task Money()
    {
        await _fichiers.Import("finess-structures-journalier-20260101.json", Structures);
        await _fichiers.Import("MEN_HAPI_2026_01_20.CSV", Hapi(Men + "120"));
        var report = await _fichiers.Import("MEN_HAPI_2026_01_10.CSV", Hapi(Men + "100", Men.Replace("1/2026", "2/2026", StringComparison.Ordinal) + "7"));
        Assert.Equal((2, 1, 1), (report.Counts.Read, report.Counts.Outdated, report.Counts.New));
        Assert.Contains("Montant = 120", await Registers(_fichiers), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un extrait plus récent ne périme que les entités et les sites dont il parle")]
    public async Task Extract()
    {
        var other = Activites("990000012", "QA9").Replace(Ej, "990000011", StringComparison.Ordinal);
        await _fichiers.Import("a_20260103.json", Activites(SiteA, "QA2"));
        Assert.Equal(0, (await _fichiers.Import("a_20260102.json", other)).Counts.Outdated);
        await _fichiers.Import("a_20260104.json", Activites(SiteA, "QA2", "QA3"), complete: true);
        Assert.Equal(1, (await _fichiers.Import("a_20260101.json", other.Replace("QA9", "QA8", StringComparison.Ordinal))).Counts.Outdated);
    }

    [Fact(DisplayName = "Ce qui est périmé se reprend quand on le force")]
    public async Task Forced()
    {
        await _fichiers.Import("finess-structures-journalier-20260101.json", Structures);
        await _fichiers.Import("rc_20260103.xml", Rc(RcDe(SiteA, "RC1", 12)));
        var report = await _fichiers.Import("rc_20260102.xml", Rc(RcDe(SiteA, "RC1", 10)), force: true);
        Assert.Equal((0, 1), (report.Counts.Outdated, report.Counts.Changed));
        Assert.Contains("Capacite = 10", await Registers(_fichiers), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Une nomenclature plus ancienne ne remplace pas la plus récente")]
    public async Task Nomenclature()
    {
        const string header = "activite;libelle_activite;modalite;forme;capacite\n";
        await _fichiers.Import("nomenclature-rc-20260103.csv", header + "R4;Nouveau;N1;01;requise\n");
        var report = await _fichiers.Import("nomenclature-rc-20260102.csv", header + "R4;Ancien;N1;01;sans\n");
        Assert.Equal((1, 1), (report.Counts.Read, report.Counts.Outdated));
        Assert.Equal("Nouveau", _fichiers.Monde.Portfolio.Current.Nomenclatures[Domain.Nomenclatures.Nomenclature.Rc].Codes["R4/N1/01"].Libelle);
    }

    [Fact(DisplayName = "Les jours d'une région, dans n'importe quel ordre, finissent dans les mêmes registres")]
    public async Task Any_order()
    {
        using var folder = new TemporaryFolder();
        var region = SampleRegion.Write(new() { Directory = folder.Path, Scale = SampleScale.Mini, Days = DaysMax, BaseDate = new(2026, 2, 1) });
        var days = region.Days.Select(d => d.Directory).ToArray();
        var expected = await Played(days);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(OrdersMax),
            Prop.ForAll(Gen.Shuffle(days).ToArbitrary(), order => Assert.Equal(expected, Played(order).GetAwaiter().GetResult())));
    }

    private static async Task<string> Played(IEnumerable<string> days)
    {
        await using var fichiers = new Fichiers();
        string[] patterns = ["finess-structures-*", "finess-activites-*", "finess_cs1600102_*", "MEN_HAPI_*"];
        foreach (var path in days.SelectMany(day => patterns.Select(p => Assert.Single(Directory.GetFiles(day, p)))))
        {
            Assert.Null((await fichiers.ImportAt(path, Path.GetFileName(path), complete: true)).Refused);
        }

        return await Registers(fichiers);
    }

    /// <summary>What the entities, sites and groups are and hold now, whatever the way there.</summary>
    private static async Task<string> Registers(Fichiers fichiers)
    {
        var text = new StringBuilder();
        foreach (var actor in (await fichiers.Monde.Log()).GroupBy(e => e.Actor).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var facts = actor.OrderBy(e => e.Version).Select(EventCodec.Decode).ToList();
            text.AppendLine(facts[0] switch
            {
                SiteEvent => Of(actor.Key, facts.Cast<SiteEvent>().Aggregate(Site.Initial, Site.Evolve)),
                EntiteEvent => Of(actor.Key, facts.Cast<EntiteEvent>().Aggregate(Entite.Initial, Entite.Evolve)),
                GhtEvent => $"{actor.Key} {string.Join(' ', facts.Cast<GhtEvent>().Aggregate(Ght.Initial, Ght.Evolve).Membres)}",
                _ => string.Empty,
            });
        }

        return string.Join('\n', text.ToString().Split('\n').Where(line => line.Length > 0));
    }

    private static string Of(string actor, SiteState state) =>
        state is SiteState.Known s ? $"{actor} {s.Entite} {s.Identite} {s.ClosedOn} {Of(s.Registre)}" : $"{actor} waits";

    private static string Of(string actor, EntiteState state) =>
        state is EntiteState.Known e ? $"{actor} {e.Identite} {e.ClosedOn} {Of(e.Registre)}" : $"{actor} waits";

    private static string Of(Registre registre) => string.Join(
        " | ", registre.Lignes.Where(l => l.Value.Current is not null).OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value.Current));
}
