using System.Text;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Intake;
using static Cpom.Runtime.Specs.Fichiers;

namespace Cpom.Runtime.Specs;

/// <summary>From a file on disk to items of a contrat, through a whole node.</summary>
public sealed class ImporterSpecs : IAsyncLifetime
{
    private const string Men = "990000001;990000002;2026;1/2026;MIGAC;MIG;NR;";
    private readonly Fichiers _fichiers = new();

    private Monde Monde => _fichiers.Monde;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fichiers.DisposeAsync();

    [Fact(DisplayName = "R-056 Des fichiers aux éléments du contrat, chacun avec son fichier, son empreinte et sa ligne")]
    public async Task Chain()
    {
        await Signed();
        var rc = Rc(RcDe(SiteA, "RC1", 10));
        await _fichiers.Import("rc_20260105.xml", rc);
        var men = Hapi(Men + "12500,50", Men.Replace("1/2026", "2/2026", StringComparison.Ordinal) + "-80,25");
        await _fichiers.Import("MEN_HAPI_2026_01.CSV", men);

        var items = Monde.Portfolio.Current.Contrats["99-C1"].State.Items.Values.OrderBy(i => i.Act.Cause.Piece!.File, StringComparer.Ordinal)
            .ThenBy(i => i.Act.Cause.Piece!.Place, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                new Piece("MEN_HAPI_2026_01.CSV", Sha256(men), "ligne 2"), new Piece("MEN_HAPI_2026_01.CSV", Sha256(men), "ligne 3"), new Piece("rc_20260105.xml", Sha256(rc), "ligne 3"),
            ],
            items.Select(i => i.Act.Cause.Piece));
        Assert.Equal(12420.25m, Monde.Portfolio.Current.Contrats["99-C1"].Figures.PendingAmount);
        Assert.Empty(Monde.Refused);
    }

    [Fact(DisplayName = "Le même fichier deux fois ne change rien, sous un autre nom non plus")]
    public async Task Twice()
    {
        await Signed();
        var men = Hapi(Men + "10");
        Assert.False((await _fichiers.Import("MEN.CSV", men)).AlreadyIntegrated);
        var count = await Count();
        var again = await _fichiers.Import("AUTRE.CSV", men);
        Assert.True(again.AlreadyIntegrated);
        Assert.Equal((0, 0, 1), (again.Counts.New, again.Counts.Changed, again.Counts.Unchanged));
        foreach (var (name, content) in new[] { ("s.json", Structures), ("c.csv", Contrats) })
        {
            Assert.True((await _fichiers.Import(name, content, sign: true)).AlreadyIntegrated);
        }

        Assert.Equal(count, await Count());
    }

    [Fact(DisplayName = "D-01 Une mauvaise ligne est mise de côté avec sa place, sa règle et son remède ; les autres entrent")]
    public async Task Bad_line()
    {
        await Signed();
        var report = await _fichiers.Import("MEN.CSV", Hapi(Men + "10", "99;990000002;2026;1/2026;FIR;S;I;1", Men.Replace("MIGAC", "DAF", StringComparison.Ordinal) + "20"));
        var rejected = Assert.Single(report.Rejected);
        Assert.Equal(("ligne 3", "D-01"), (rejected.Place, rejected.Rule));
        Assert.Contains("9 caractères", rejected.Remedy, StringComparison.Ordinal);
        Assert.Equal((3, 2, 1), (report.Counts.Read, report.Counts.New, report.Counts.Quarantined));
        Assert.Equal(2, Monde.Portfolio.Current.Contrats["99-C1"].Figures.Pending);
        var kept = Assert.Single(await Monde.Log(), e => e.Name == "fichier-lignes-quarantined.1");
        Assert.Equal("MEN.CSV", kept.Provenance.Cause.Piece!.File);
        Assert.Equal(1, Monde.Portfolio.Current.Fichiers[report.Sha256].Rejected);
    }

    [Fact(DisplayName = "Une archive tronquée est refusée entière, et rien n'est enregistré")]
    public async Task Truncated()
    {
        var whole = Gzip(Structures);
        var report = await _fichiers.Import("s.json.gz", whole[..^9]);
        Assert.Contains("tronquée", report.Refused!.Problem, StringComparison.Ordinal);
        Assert.Equal(0, await Count());
        Assert.Null((await _fichiers.Import("s.json.gz", whole)).Refused);
    }

    [Fact(DisplayName = "D-02 Ce qui nomme une entité ou un site inconnu attend, et s'applique dans tous les ordres de fichiers")]
    public async Task Any_order()
    {
        (string Name, string Content)[] files = [("s.json", Structures), ("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteB, "RC2", 5))), ("MEN.CSV", Hapi(Men + "10")), ("a_20260101.json", Activites(SiteA, "QA1"))];
        var ends = new List<string>();
        int[][] orders = [[0, 1, 2, 3], [1, 2, 3, 0], [2, 0, 1, 3], [3, 1, 0, 2], [3, 2, 1, 0]];
        foreach (var order in orders)
        {
            await using var other = new Fichiers();
            foreach (var (name, content) in order.Select(n => files[n]))
            {
                AddsUp(await other.Import(name, content));
            }

            await other.Import("c.csv", Contrats, sign: true);
            ends.Add(await EndOf(other));
        }

        Assert.Equal(4, ends[0].Split('\n').Length);
        Assert.All(ends, end => Assert.Equal(ends[0], end));
    }

    [Fact(DisplayName = "D-02 Les faits en attente sont comptés quand ils attendent, pas au fichier qui les délivre")]
    public async Task Waiting_is_counted_once()
    {
        var waiting = await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5)));
        Assert.Equal((2, 0, 2, 2), (waiting.Counts.Read, waiting.Counts.New, waiting.Counts.Quarantined, waiting.WaitingFacts));
        var freeing = await _fichiers.Import("s.json", Structures);
        AddsUp(freeing);
        // The entity and its two sites, and not the lines that they free. The relay may admit the declared site before its own row is read: then that row changes nothing.
        Assert.Equal((3, 0), (freeing.Counts.New + freeing.Counts.Changed + freeing.Counts.Unchanged, freeing.Counts.Quarantined));
        Assert.InRange(freeing.Counts.New, 2, 3);
        Assert.Equal(2, Monde.Portfolio.Current.Sites[SiteA].Rc);
        var file = Monde.Portfolio.Current.Fichiers[waiting.Sha256];
        Assert.Equal((2, 0, 0), (file.New, file.Held, file.Refused));
    }

    [Fact(DisplayName = "Une ligne en attente que le flux complet n'a plus n'est plus comptée en attente, ni au site ni au fichier qui l'a apportée")]
    public async Task Waiting_is_stood_for()
    {
        var first = await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5)));
        var second = await _fichiers.Import("rc_20260106.xml", Rc(RcDe(SiteA, "RC1", 12)), complete: true);
        var view = Monde.Portfolio.Current;
        Assert.Equal((1, 1, 2), (view.Fichiers[first.Sha256].Held, view.Fichiers[second.Sha256].Held, view.Sites[SiteA].Held));
    }

    [Fact(DisplayName = "R-004 Ce qui attendait sous une autre entité que celle du site est mis de côté au nom de son fichier, ligne par ligne")]
    public async Task Waited_in_vain()
    {
        var rc = Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5)).Replace(Ej, "990000009", StringComparison.Ordinal);
        var waiting = await _fichiers.Import("rc_20260105.xml", rc);
        Assert.Equal((2, 2), (waiting.Counts.Quarantined, waiting.WaitingFacts));
        await _fichiers.Import("s.json", Structures);

        var view = Monde.Portfolio.Current;
        var (file, site) = (view.Fichiers[waiting.Sha256], view.Sites[SiteA]);
        Assert.Equal((0, 0, 2, 2), (file.New, file.Held, file.Refused, file.Rejected));
        Assert.Equal((true, 0, 0, 0), (site.Known, site.Rc, site.Held, site.Refused));
        var told = Assert.Single(await Monde.Log(), e => e.Name == "fichier-lignes-quarantined.1");
        Assert.Equal((Relay.Author, "s.json"), (told.Provenance.Author, told.Provenance.Cause.Piece!.File));
        var lignes = ((Domain.Flux.FichierEvent.LignesQuarantined)EventCodec.Decode(told)).Lignes;
        Assert.Equal([("ligne 3", "R-004"), ("ligne 4", "R-004")], lignes.Select(l => (l.Place, l.Rule)));
        Assert.Empty(Monde.Refused);
    }

    [Fact(DisplayName = "Deux états d'un flux : apparu, changé, éteint, avec le jour où c'est vrai et celui où on l'apprend")]
    public async Task Snapshot_diff()
    {
        await Signed();
        await _fichiers.Import("a_20260101.json", Activites(SiteA, "QA1", "QA2", "QA3"));
        Monde.Time.Advance(TimeSpan.FromDays(1));
        var report = await _fichiers.Import("a_20260201.json", Activites(SiteA, "QA2", "QA4", "QA3").Replace("11-QA3\",\"dateDebutActiviteAutorisee\":\"2020-01-01\"", "11-QA3\",\"dateDebutActiviteAutorisee\":\"2020-01-01\",\"dateFinActiviteAutorisee\":\"2030-01-01\"", StringComparison.Ordinal));

        Assert.Equal((3, 1, 1, 1, 1), (report.Counts.Read, report.Counts.New, report.Counts.Changed, report.Counts.Unchanged, report.Counts.Ended));
        var ended = Assert.Single(await Monde.Log(), e => e.Name == "autorisation-ended.1");
        Assert.Equal((new DateOnly(2026, 2, 1), Specs.Monde.Debut.AddDays(1)), (ended.ValidOn, ended.Provenance.RecordedAt));
        var fact = (ILigneFact)EventCodec.Decode(ended);
        Assert.Equal("a_20260201.json", fact.Cause.Piece!.File);
        Assert.Contains("QA1", fact.LigneId, StringComparison.Ordinal);
        var granted = (await Monde.Log()).Last(e => e.Name == "autorisation-granted.1");
        Assert.Equal(new DateOnly(2020, 1, 1), granted.ValidOn);
    }

    [Theory(DisplayName = "D-01 Ce qu'une RC mise de côté peut avoir dit n'est pas éteint ; ce que le fichier ne dit plus l'est, si rien n'en fait douter")]
    [InlineData("<capaciteautorisee>5</capaciteautorisee>", "<capaciteautorisee>cinq</capaciteautorisee>", 1, 0)] // All of it is known but the capacity.
    [InlineData("<nofinesset>990000002</nofinesset>", "<nofinesset>99</nofinesset>", 1, 0)] // Its number is enough.
    [InlineData("<codeautorarhgos>RC2</codeautorarhgos>", "", 0, 1)] // Any of the site's.
    [InlineData("<nofinesset>990000002</nofinesset><codeautorarhgos>RC2</codeautorarhgos>", "", 0, 1)] // Any of the entity's.
    [InlineData("<nofinessej>990000001</nofinessej><nofinesset>990000002</nofinesset><codeautorarhgos>RC2</codeautorarhgos>", "", 0, 1)] // Any at all.
    public async Task Put_aside_is_not_absent(string written, string spoilt, int ended, int advice)
    {
        await _fichiers.Import("s.json", Structures);
        await _fichiers.Import("rc_20260101.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5), RcDe(SiteA, "RC3", 7)));
        var report = await _fichiers.Import("rc_20260201.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5).Replace(written, spoilt, StringComparison.Ordinal)));
        Assert.Equal((1, ended, advice), (report.Counts.Quarantined, report.Counts.Ended, report.Advice.Count(a => a.Rule == "I-08")));
        Assert.Equal(3 - ended, Monde.Portfolio.Current.Sites[SiteA].Rc);
    }

    [Fact(DisplayName = "D-01 Les autorisations des sites d'une entité ne sont pas éteintes par une ligne de site au numéro illisible")]
    public async Task Unreadable_site()
    {
        await _fichiers.Import("s.json", Structures);
        await _fichiers.Import("a_20260101.json", Activites(SiteA, "QA1"));
        var report = await _fichiers.Import("a_20260201.json", Activites(SiteA, "QA1").Replace(SiteA, "99", StringComparison.Ordinal));
        Assert.Equal((1, 0, 1), (report.Counts.Quarantined, report.Counts.Ended, report.Advice.Count(a => a.Rule == "I-08")));
        Assert.Equal(1, (await _fichiers.Import("a_20260301.json", Activites(SiteB))).Counts.Ended);
    }

    [Fact(DisplayName = "Un GHT dont un membre n'est pas dans le fichier ne perd personne")]
    public async Task Member_not_in_the_file()
    {
        await _fichiers.Import("s_20260101.json", WithGht("2"));
        Assert.Equal([Ej], Monde.Portfolio.Current.Ghts["GHT1"].Membres.Keys);
        await _fichiers.Import("s_20260201.json", WithGht("3")); // Whoever 3 is: its number is not in the file.
        Assert.Equal([Ej], Monde.Portfolio.Current.Ghts["GHT1"].Membres.Keys);

        static string WithGht(string membre) => Structures.Replace(
            "\"gcc\":[]",
            $$"""
            "gcc":[{"gccId":"7","nomGcc":"GHT d'essai","typeGcc":"001","numFinessGcc":"GHT1","pmejDuGcc":[{"pmSmsseId":"{{membre}}","typeRoleEntiteGroupe":"S"}]}]
            """,
            StringComparison.Ordinal);
    }

    [Fact(DisplayName = "D-04 Une ancienne capacité fausse donne un conflit qui montre les deux valeurs")]
    public async Task Conflict()
    {
        await Signed(Rc(RcDe(SiteA, "RC1", 10)));
        await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 14, "<avenant><numordre>1</numordre><dateavenant>2026-01-02</dateavenant><anccapacite>12</anccapacite><capacite>14</capacite></avenant>")));
        var item = Assert.Single(Monde.Portfolio.Current.Contrats["99-C1"].State.Items.Values, i => i.Place is ItemPlace.Pending);
        Assert.True(item.Conflict);
        Assert.Equal((10, 12, 14), (((Ligne.Rc)item.Expected!).Capacite, ((Ligne.Rc)item.Act.Before!).Capacite, ((Ligne.Rc)item.Act.After!).Capacite));
    }

    [Fact(DisplayName = "Un import arrêté au milieu et repris finit comme s'il ne l'avait pas été, événement par événement")]
    public async Task Cancelled_and_repeated()
    {
        // Larger than one read of the file and than what may be on its way: the middle is a true middle.
        var men = Encoding.UTF8.GetBytes(Hapi([.. Enumerable.Range(0, 4_000).Select(n => $"{990000000 + (n % 400)};{990000000 + (n % 400)};2026;{1 + (n / 400)}/2026;MIGAC;MIG;NR;{n}")]));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _fichiers.Import("MEN.CSV", men, progress: new AtMiddle(stop), cancellation: stop.Token));
        await Monde.Settle();
        var midway = await Count();
        Assert.False((await _fichiers.Import("MEN.CSV", men)).AlreadyIntegrated);

        await using var straight = new Fichiers();
        await straight.Import("MEN.CSV", men);
        Assert.InRange(midway, 2, await straight.Monde.Store.LastPosition(default) - 2);
        Assert.Equal(await Histories(straight.Monde), await Histories(Monde));
    }

    [Fact(DisplayName = "Les comptes du rapport s'additionnent, fichier par fichier, dans tous les cas")]
    public async Task Counts_add_up()
    {
        AddsUp(await _fichiers.Import("rc_20260101.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5), RcDe("9", "RC3", 5))));
        AddsUp(await _fichiers.Import("s.json", Structures));
        AddsUp(await _fichiers.Import("c.csv", Contrats.Replace("2024-12-16", "2024-01-01", StringComparison.Ordinal), sign: true)); // Signed in the wrong order: told, and the row is taken.
        AddsUp(await _fichiers.Import("rc_20260102.xml", Rc(RcDe(SiteA, "RC1", 12), RcDe(SiteB, "RC4", 5), RcDe(SiteA, "RC5", 1, "<etatautorisation>26</etatautorisation>"))));
        AddsUp(await _fichiers.Import("a_20260101.json", Activites(SiteA, "QA1", "QA2")));
        AddsUp(await _fichiers.Import("a_20260102.json", Activites(SiteA, "QA2", "QA2", "QA3").Replace("\"AMM\"", "\"EML\"", StringComparison.Ordinal)));
        AddsUp(await _fichiers.Import("a_20260103.json", Activites(SiteA, "QA2", "QA3")));
        AddsUp(await _fichiers.Import("MEN.CSV", Hapi(Men + "10", Men + "11", "x;y")));
        AddsUp(await _fichiers.Import("MEN2.CSV", Hapi(Men + "12", "123456789;123456789;2026;1/2026;FIR;S;I;1")));
    }

    /// <summary>Entity, sites and a signed contrat, with RC in its socle.</summary>
    private async Task Signed(string? rc = null)
    {
        await _fichiers.Import("s.json", Structures);
        if (rc is not null)
        {
            await _fichiers.Import("rc_20250101.xml", rc);
        }

        var report = await _fichiers.Import("c.csv", Contrats, sign: true);
        Assert.Empty(report.Rejected);
        Assert.Equal(ContratPhase.EnVigueur, Monde.Portfolio.Current.Contrats["99-C1"].State.Phase);
    }

    private static void AddsUp(ImportReport report)
    {
        var c = report.Counts;
        Assert.Null(report.Refused);
        Assert.True(c.Read > 0, "Nothing was read.");
        var endedWithRow = c.Read - c.New - c.Changed - c.Unchanged - c.Quarantined - c.OutOfScope;
        Assert.True(endedWithRow >= 0 && endedWithRow <= c.Ended, $"Do not add up: {c}");
    }

    private async Task<long> Count() => await Monde.Store.LastPosition(default);

    /// <summary>The lines of the contrat, however they came.</summary>
    private static async Task<string> EndOf(Fichiers fichiers)
    {
        var view = await fichiers.Monde.Settle();
        return string.Join('\n', view.Contrats["99-C1"].State.Lignes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value.Latest}"));
    }

    /// <summary>Each actor's own history, without the positions and the instants.</summary>
    private static async Task<IEnumerable<string>> Histories(Monde monde) => (await monde.Log())
        .OrderBy(e => e.Actor, StringComparer.Ordinal).ThenBy(e => e.Version)
        .Select(e => $"{e.Actor} {e.Version} {e.Name} {e.ValidOn} {Encoding.UTF8.GetString(e.Payload.Span)} {Encoding.UTF8.GetString(CauseCodec.Encode(e.Provenance))}");

    private sealed class AtMiddle(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value is { Phase: ImportPhase.Recording, LinesRead: > 1_000 })
            {
                stop.Cancel();
            }
        }
    }
}
