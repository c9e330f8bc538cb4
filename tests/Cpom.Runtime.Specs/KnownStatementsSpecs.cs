using System.Text;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.Runtime.Intake;
using Cpom.Runtime.Projections;
using Cpom.Sample;
using Cpom.TestKit;
using FsCheck;
using FsCheck.Fluent;
using static Cpom.Runtime.Specs.Fichiers;

namespace Cpom.Runtime.Specs;

/// <summary>What an actor is known to have taken is not sent again, and nobody can tell by the log or the report (decision 0016).</summary>
public sealed class KnownStatementsSpecs
{
    private const int DaysMax = 3;
    private const int RoundsMax = 5;
    private const int SequencesMax = 3;
    private static readonly string[] Patterns = ["finess-structures-*", "finess-activites-*"];

    /// <param name="Day">Of the sample; what is played twice or backwards too.</param>
    /// <param name="Site">What another tool then speaks of, by its rank in the region.</param>
    /// <param name="Act">What it says of it.</param>
    public sealed record Round(int Day, int Site, int Act);

    [Fact(DisplayName = "Des jours et des actes dans n'importe quel ordre finissent dans le même journal et les mêmes comptes, avec ce que l'on sait et sans")]
    public void Same_log()
    {
        using var folder = new TemporaryFolder();
        var region = SampleRegion.Write(new() { Directory = folder.Path, Scale = SampleScale.Mini, Days = DaysMax, BaseDate = new(2026, 2, 1) });
        var days = region.Days.Select(d => d.Directory).ToArray();
        var rounds = Gen.Choose(0, DaysMax).SelectMany(_ => Gen.Choose(0, 1000), (day, site) => (day, site)).SelectMany(_ => Gen.Choose(0, 3), (r, act) => new Round(r.day, r.site, act));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(SequencesMax),
            Prop.ForAll(rounds.ListOf(RoundsMax).ToArbitrary(), played =>
            {
                var expected = Played(days, played, new Forgetful()).GetAwaiter().GetResult();
                var found = Played(days, played, new Watched()).GetAwaiter().GetResult();
                Assert.Equal(expected.Counts, found.Counts);
                // One writer after the other: each actor's history in one order, whoever wrote it.
                Assert.Empty(Histories.Differences(Histories.Of(expected.Log, stored => stored.Actor), Histories.Of(found.Log, stored => stored.Actor)));
            }));
    }

    [Fact(DisplayName = "Ce qui est déjà pris n'est pas renvoyé, même par un autre processus ; un champ qui diffère l'est")]
    public async Task One_field()
    {
        var store = new Watched();
        await Import(store, "finess-structures-journalier-20260101.json", Structures);
        store.Touched.Clear();
        var same = await Import(store, "finess-structures-journalier-20260102.json", Structures + " ");
        Assert.Equal((3, 3, 0), (same.Counts.Read, same.Counts.Unchanged, same.Counts.Changed));
        Assert.DoesNotContain(store.Touched, IsActor);

        var one = await Import(store, "finess-structures-journalier-20260103.json", Structures.Replace("D'ESSAI", "NOUVEAU", StringComparison.Ordinal));
        Assert.Equal((2, 1), (one.Counts.Unchanged, one.Counts.Changed));
        Assert.Contains($"entite-{Ej}", store.Touched);
        Assert.DoesNotContain($"site-{SiteA}", store.Touched);
    }

    [Fact(DisplayName = "De l'argent et des lignes ne font pas renvoyer l'identité ; une identité ne fait pas renvoyer les lignes")]
    public async Task Another_part()
    {
        var store = new Watched();
        await Import(store, "finess-structures-journalier-20260101.json", Structures);
        await Import(store, "a_20260101.json", Activites(SiteA, "QA1"));
        await Import(store, "MEN_HAPI_2026_01_20.CSV", Hapi($"{Ej};{SiteA};2026;1/2026;MIGAC;MIG;NR;120"));
        store.Touched.Clear();
        Assert.Equal(3, (await Import(store, "finess-structures-journalier-20260102.json", Structures + " ")).Counts.Unchanged);
        Assert.DoesNotContain(store.Touched, IsActor);

        await Import(store, "finess-structures-journalier-20260103.json", Structures.Replace("\"numFinessEge\"", "\"nomEgeCourt\":\"Neuf\",\"numFinessEge\"", StringComparison.Ordinal));
        store.Touched.Clear();
        Assert.Equal(1, (await Import(store, "a_20260103.json", Activites(SiteA, "QA1") + " ")).Counts.Unchanged);
        Assert.DoesNotContain(store.Touched, IsActor);
    }

    [Fact(DisplayName = "Après le changement d'un autre outil, le même énoncé est renvoyé")]
    public async Task Another_tool()
    {
        var store = new Watched();
        await Import(store, "finess-structures-journalier-20260101.json", Structures);
        await Import(store, "a_20260101.json", Activites(SiteA, "QA1", "QA2"));
        await using (var monde = new Monde(store).Start())
        {
            var ligne = new Ligne.Autorisation(SiteA, "AMM", "11-QA1", "QA1", null);
            await monde.Tell(SiteA, new SiteCommand.StateLignes(SiteA, Ej, Volet.A2V1, false, Monde.Jour, [new([new(Monde.Jour, ligne)], Monde.Jour, Cause.Unknown)], Cause.Unknown), Cause.Unknown);
            await monde.Settle();
        }

        var again = await Import(store, "a_20260102.json", Activites(SiteA, "QA1", "QA2") + " ");
        Assert.Equal((1, 1), (again.Counts.New, again.Counts.Unchanged));
    }

    [Fact(DisplayName = "Au-delà de la borne, un énoncé n'est pas retenu : il est renvoyé (KnownStatements.CountMax)")]
    public void Bounded()
    {
        var (known, view) = (new KnownStatements(countMax: 1), PortfolioView.Empty);
        foreach (var finess in new[] { Ej, "990000011" })
        {
            var (command, statement) = Stated(finess);
            known.Send(statement);
            known.Keep(statement, new Outcome.Done(1, 1, []));
            view = view with { Entites = view.Entites.Add(finess, new(finess, true, command.Identite, null, null, 0, 0, 1) { IdentiteVersion = 1 }) };
        }

        Assert.True(known.Holds(Ej, Stated(Ej).Command, Stated(Ej).Statement, view));
        Assert.False(known.Holds("990000011", Stated("990000011").Command, Stated("990000011").Statement, view));
    }

    private static (EntiteCommand.Register Command, KnownStatements.Statement Statement) Stated(string finess)
    {
        var command = new EntiteCommand.Register(finess, new("CH D'ESSAI", null, null, null, null), Monde.Jour, null, Monde.Jour);
        return (command, KnownStatements.Of(finess, command)!.Value);
    }

    [Fact(DisplayName = "R-004 : le site passé à une autre entité, le fichier en retard qui nomme encore l'ancienne est renvoyé et refusé")]
    public async Task Transferred()
    {
        const string other = "990000011";
        var store = new Watched();
        await Import(store, "finess-structures-journalier-20260101.json", Structures);
        await Import(store, "a_20260101.json", Activites(SiteA, "QA1"));
        await Import(store, "finess-structures-journalier-20260102.json", Structures.Replace(Ej, other, StringComparison.Ordinal));
        var late = await Import(store, "a_20260102.json", Activites(SiteA, "QA1") + " ");
        Assert.Equal((0, 1), (late.Counts.Unchanged, late.Counts.Quarantined));
    }

    [Fact(DisplayName = "Un fichier qui dit deux choses d'une entité finit sur la dernière, chaque jour")]
    public async Task Said_twice()
    {
        var other = Structures.Replace("D'ESSAI", "BIS", StringComparison.Ordinal);
        var twice = Structures[..Structures.LastIndexOf("]}", StringComparison.Ordinal)] + "," + other[(other.IndexOf("\"pmej\":[", StringComparison.Ordinal) + 8)..];
        var store = new Watched();
        await Import(store, "finess-structures-journalier-20260101.json", twice);
        await Import(store, "finess-structures-journalier-20260102.json", twice + " ");
        await using var monde = new Monde(store).Start();
        Assert.Equal("CH BIS", (await monde.Settle()).Entites[Ej].Identite.Nom);
    }

    private static bool IsActor(string name) => name.StartsWith("site-", StringComparison.Ordinal) || name.StartsWith("entite-", StringComparison.Ordinal);

    private static async Task<ImportReport> Import(IEventStore store, string name, string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(name);
        await File.WriteAllTextAsync(path, content);
        await using var monde = new Monde(store).Start();
        return await Import(monde, path);
    }

    private static async Task<ImportReport> Import(Monde monde, string path)
    {
        var report = await new Server.FileImporter(monde.Node).Import(path, Path.GetFileName(path), new(true, false, "essai"), new Progress<ImportProgress>(), default).WaitAsync(Monde.Patience);
        Assert.Null(report.Refused);
        await monde.Settle();
        return report;
    }

    private static async Task<(IReadOnlyList<StoredEvent> Log, string Counts)> Played(string[] days, IEnumerable<Round> rounds, IEventStore store)
    {
        var counts = new StringBuilder();
        await using var monde = new Monde(store).Start();
        foreach (var round in rounds)
        {
            foreach (var path in Patterns.Select(p => Assert.Single(Directory.GetFiles(days[round.Day], p))))
            {
                counts.AppendLine((await Import(monde, path)).Counts.ToString());
            }

            var site = monde.Portfolio.Current.Sites.Values.ElementAt(round.Site % monde.Portfolio.Current.Sites.Count);
            await Act(monde, site, round.Act);
            await monde.Settle();
        }

        return (await Histories.ReadLog(store, default), counts.ToString());
    }

    private static Task Act(Monde monde, Projections.SiteRow site, int act) => act switch
    {
        1 => monde.Tell(site.Finess, new SiteCommand.Register(site.Finess, site.Entite, new("Autre nom", null, null, null), Monde.Jour, null, Monde.Jour)),
        2 => monde.Tell(site.Finess, new SiteCommand.CloseMissing(Volet.A2V1, Monde.Jour, [], Monde.Preuve)),
        3 => monde.Tell(site.Finess, new SiteCommand.StateLignes(
            site.Finess, site.Entite, Volet.A2V1, false, Monde.Jour,
            [new([new(Monde.Jour, new Ligne.Autorisation(site.Finess, "AMM", "outil", "QA9", null))], null, Cause.Unknown)], Cause.Unknown)),
        _ => Task.CompletedTask,
    };

    /// <summary>Keeps no snapshot.</summary>
    private sealed class Forgetful() : StoreDouble(new InMemoryEventStore())
    {
        public override Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation) => Task.CompletedTask;
    }

    /// <summary>Tells which actors were asked for.</summary>
    private sealed class Watched() : StoreDouble(new InMemoryEventStore())
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Touched { get; } = [];

        public override IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, CancellationToken cancellation)
        {
            Touched.Enqueue(actor);
            return base.ReadActor(actor, version, cancellation);
        }
    }
}
