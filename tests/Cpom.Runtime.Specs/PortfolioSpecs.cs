using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>The replica says what the log says, however it was read.</summary>
public sealed class PortfolioSpecs
{
    [Theory(DisplayName = "La vue est la même quelle que soit la taille des lots lus")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Same_at_every_batch_size(int batchMax)
    {
        await using var monde = await Lively();
        var log = await monde.Log();
        var whole = new PortfolioFold(PortfolioView.Empty);
        foreach (var stored in log)
        {
            whole.Apply(stored);
        }

        using var stop = new CancellationTokenSource();
        var replica = new Portfolio(monde.Store, new(BatchMax: batchMax), monde.Time);
        var running = replica.Run(stop.Token);
        await replica.WaitFor(log[^1].Position, default).WaitAsync(Patience);
        Assert.Equal(Texte.Of(whole.View()), Texte.Of(replica.Current));
        Assert.Equal(Texte.Of(whole.View()), Texte.Of(monde.Portfolio.Current));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory(DisplayName = "Une réplique part de son instantané, et s'en passe quand il ne se lit pas")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Snapshot(bool spoiled)
    {
        await using var monde = await Lively();
        var last = (await monde.Log())[^1].Position;
        var time = new ManualTime(Debut);
        await Replica(monde.Store, last, new(SnapshotEvery: (int)last), time, async () =>
        {
            await Until(() => Task.FromResult(time.TimersSet == 1)); // The replica is idle, and waits to see whether it stays so.
            Assert.Null(await monde.Store.ReadSnapshot("portfolio", default));
            time.Advance(TimeSpan.FromSeconds(2));
            await Until(async () => await monde.Store.ReadSnapshot("portfolio", default) is not null);
        });
        var kept = await monde.Store.ReadSnapshot("portfolio", default);
        Assert.Equal(last, kept!.Position);
        if (spoiled)
        {
            await monde.Store.WriteSnapshot("portfolio", kept with { Content = "{"u8.ToArray() }, default);
        }

        var view = await Replica(monde.Store, last, new(SnapshotEvery: int.MaxValue), monde.Time, () => Task.CompletedTask);
        Assert.Equal(Texte.Of(monde.Portfolio.Current), Texte.Of(view));
    }

    [Fact(DisplayName = "Une réplique qui n'est jamais au repos laisse son instantané quand il a trop tardé")]
    public async Task Snapshot_overdue()
    {
        await using var monde = await Lively();
        var last = (await monde.Log())[^1].Position;
        var time = new ManualTime(Debut); // Stands still: no pause ever ends.
        await Replica(monde.Store, last, new(BatchMax: 8, SnapshotEvery: 1), time, () => Until(async () => await monde.Store.ReadSnapshot("portfolio", default) is not null));
    }

    [Fact(DisplayName = "Une réplique que son journal réveille pour rien est au repos quand même")]
    public async Task Snapshot_polled()
    {
        await using var monde = await Lively();
        var last = (await monde.Log())[^1].Position;
        var time = new ManualTime(Debut);
        var polled = new PolledStore(monde.Store, time);
        await Replica(polled, last, new(SnapshotEvery: (int)last), time, async () =>
        {
            for (var second = 1; second <= 2; second++)
            {
                await Until(() => Task.FromResult(polled.Waits == second && time.TimersSet == 2)); // Its own pause, and the store's interval.
                time.Advance(TimeSpan.FromSeconds(1));
            }

            await Until(async () => await monde.Store.ReadSnapshot("portfolio", default) is not null);
        });
    }

    /// <summary>As PostgreSQL: who waits is woken after a second at the latest.</summary>
    private sealed class PolledStore(IEventStore inner, TimeProvider time) : StoreDouble(inner)
    {
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override async Task WaitForAppend(long position, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waits);
            await base.WaitForAppend(position, cancellation).WaitAsync(TimeSpan.FromSeconds(1), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    [Fact(DisplayName = "Une réplique qui ne regarde que de temps en temps le fait aussitôt pour qui attend une position")]
    public async Task Looks_at_once_for_who_waits()
    {
        var every = TimeSpan.FromMilliseconds(20);
        var time = new ManualTime(Debut);
        await using var monde = new Monde();
        await monde.Unrelayed();
        using var stop = new CancellationTokenSource();
        var replica = new Portfolio(monde.Store, new(LookEvery: every), time);
        var running = replica.Run(stop.Token);
        var first = await monde.Store.LastPosition(default);
        await replica.WaitFor(first, default).WaitAsync(Patience);

        var unwanted = (await monde.TellRc(Rc with { Capacite = 11 }, Jour.AddDays(1))).Position;
        await Until(() => Task.FromResult(time.TimersSet == 1)); // It rests.
        Assert.Equal(first, replica.Current.Position);
        time.Advance(every);
        await Until(() => Task.FromResult(replica.Current.Position == unwanted)).WaitAsync(Patience);

        var wanted = (await monde.TellRc(Rc with { Capacite = 12 }, Jour.AddDays(2))).Position;
        await Until(() => Task.FromResult(time.TimersSet == 1));
        await replica.WaitFor(wanted, default).WaitAsync(Patience);

        _ = replica.WaitFor(long.MaxValue, default); // Never comes.
        var after = (await monde.TellRc(Rc with { Capacite = 13 }, Jour.AddDays(3))).Position;
        await Until(() => Task.FromResult(replica.Current.Position == after)).WaitAsync(Patience);
        await monde.TellRc(Rc with { Capacite = 14 }, Jour.AddDays(4));
        await Until(() => Task.FromResult(time.TimersSet == 1)).WaitAsync(Patience); // It rests again.
        Assert.Equal(after, replica.Current.Position);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Yield();
        }
    }

    private static async Task<PortfolioView> Replica(IEventStore store, long position, PortfolioOptions options, TimeProvider time, Func<Task> then)
    {
        using var stop = new CancellationTokenSource();
        var replica = new Portfolio(store, options, time);
        var running = replica.Run(stop.Token);
        await replica.WaitFor(position, default).WaitAsync(Patience);
        await then().WaitAsync(Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        return replica.Current;
    }

    [Fact(DisplayName = "known_at : le portefeuille tel qu'il était connu à un instant")]
    public async Task Known_at()
    {
        await using var monde = await EnVigueur();
        var before = monde.Portfolio.Current;
        monde.Time.Advance(TimeSpan.FromHours(1));
        await monde.TellRc(Rc);
        await monde.Settle();

        var past = await monde.Portfolio.At(Debut, default);
        Assert.Equal(Texte.Of(before), Texte.Of(past));
        Assert.Same(past, await monde.Portfolio.At(Debut, default)); // Kept.
        Assert.Empty((await monde.Portfolio.At(Debut.AddDays(-1), default)).Contrats);
        Assert.Same(monde.Portfolio.Current, await monde.Portfolio.At(Debut.AddHours(1), default));
        Assert.Single(monde.Portfolio.Current.Contrats[Numero].State.Items);
    }

    [Theory(DisplayName = "valid_on : le statut et les lignes d'un jour")]
    [InlineData("2025-12-31", ContratStatut.AVenir, 0)]
    [InlineData("2026-06-30", ContratStatut.EnVigueur, 0)]
    [InlineData("2026-07-01", ContratStatut.EnVigueur, 1)]
    [InlineData("2030-12-31", ContratStatut.EnVigueur, 1)]
    [InlineData("2031-01-01", ContratStatut.Echu, 1)]
    public async Task Valid_on(string written, ContratStatut statut, int lignes)
    {
        var day = DateOnly.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
        await using var monde = new Monde().Start();
        await monde.Region();
        await monde.TellRc(Rc, new(2026, 7, 1));
        await monde.Settle();
        await monde.Ouvrir(FicheEps);
        var row = Assert.Single(monde.Portfolio.Current.Rows(day));
        Assert.Equal(statut, row.Statut);
        Assert.Equal(lignes, row.Dossier.LignesOn(day).Count());
    }

    [Fact(DisplayName = "Qui a écrit est servi quand la vue montre son écriture")]
    public async Task Wait_for_own_write()
    {
        await using var monde = await EnVigueur();
        var done = await monde.TellRc(Rc);
        await monde.Portfolio.WaitFor(done.Position, default).WaitAsync(Patience);
        Assert.Equal(1, monde.Portfolio.Current.Sites[SiteA].Rc);
        Assert.True(monde.Portfolio.Current.Position >= done.Position);
    }

    [Theory(DisplayName = "Un veilleur qui reprend à sa position ne manque rien, même au-delà de la mémoire et après un redémarrage")]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Changes_after(int recentMax)
    {
        await using var monde = await EnVigueur();
        var from = monde.Portfolio.Current.Position;
        await monde.Ouvrir(FicheEps with { Numero = "2026-002" });
        await monde.TellRc(Rc);
        await monde.Settle();

        using var stop = new CancellationTokenSource();
        var restarted = new Portfolio(monde.Store, new(BatchMax: 3, RecentMax: recentMax), monde.Time);
        var running = restarted.Run(stop.Token);
        await restarted.WaitFor(monde.Portfolio.Current.Position, default).WaitAsync(Patience);
        var (contrats, position) = await restarted.ChangesAfter(from, default).WaitAsync(Patience);
        Assert.Equal([Numero, "2026-002"], contrats.Order(StringComparer.Ordinal));
        Assert.Equal(restarted.Current.Position, position);

        var next = restarted.ChangesAfter(position, default);
        Assert.False(next.IsCompleted);
        await monde.TellRc(Rc with { Numero = "84-82-RC2" });
        await monde.Settle();
        var told = await next.WaitAsync(Patience);
        Assert.Subset(new HashSet<string> { Numero, "2026-002" }, told.Contrats.ToHashSet());
        Assert.NotEmpty(told.Contrats);

        position = monde.Portfolio.Current.Position;
        await monde.Tell(Ej, new ManquementsCommand.RecordConstat(Ej, new("S-1", ManquementKind.Grave, Numero, [], "Rien n'est fait.", Jour), new(Numero, Ej, FicheEps.DateEffet, FicheEps.DateFin, [])));
        await monde.Ouvrir(FicheEps with { Numero = "2026-003" }); // More than a memory of one change holds.
        var others = await restarted.ChangesAfter(position, default).WaitAsync(Patience);
        Assert.Contains(Numero, others.Contrats);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(DisplayName = "Un montant corrigé compte pour sa différence, un montant négatif pour ce qu'il est")]
    public async Task Amounts()
    {
        await using var monde = new Monde().Start();
        await monde.Region();
        await monde.Tell(Ej, Mouvement(Mig));
        await monde.Settle();
        await monde.Ouvrir(FicheEps); // Its socle holds 100.
        await monde.Tell(Ej, Mouvement(Mig with { Montant = 70m }));
        await monde.Tell(Ej, Mouvement(Mig with { Reference = "2", Montant = -12.50m }));
        var view = await monde.Settle();
        Assert.Equal((2, -42.50m), (view.Contrats[Numero].Figures.PendingFinancements, view.Contrats[Numero].Figures.PendingAmount));

        await monde.Tell(Ej, Mouvement(Mig with { Reference = "2", Montant = 5m })); // Supersedes: only the last counts.
        Assert.Equal(-25m, (await monde.Settle()).Contrats[Numero].Figures.PendingAmount);
    }

    [Theory(DisplayName = "Les totaux par groupe comptent chaque contrat à sa place")]
    [InlineData(PortfolioGroup.Departement, "75=2")]
    [InlineData(PortfolioGroup.Statut, "EnVigueur=1 Projet=1")]
    [InlineData(PortfolioGroup.Regime, "2025=2")]
    [InlineData(PortfolioGroup.Partie, "Eps=2")]
    [InlineData(PortfolioGroup.Ght, "G1=2 G2=2")]
    public async Task Summaries(PortfolioGroup group, string expected)
    {
        await using var monde = await Lively();
        var view = monde.Portfolio.Current;
        var (totals, all) = PortfolioSummary.Of(group, view, [.. view.Rows(Jour)]);
        Assert.Equal(expected, string.Join(' ', totals.Select(t => $"{t.Key}={t.Contrats}")));
        Assert.Equal((2, 1), (all.Contrats, all.EnVigueur));
        Assert.Equal(view.Contrats.Values.Sum(c => c.Figures.Pending), all.Pending);
        Assert.Equal(all.Pending, all.PendingAutorisations + all.PendingRc + all.PendingFinancements);
        Assert.NotNull(all.OldestPending);
    }

    [Fact(DisplayName = "R-001 Une entité signalée compte dans son département, même sans contrat")]
    public async Task Required_is_counted()
    {
        await using var monde = new Monde().Start();
        await monde.Region();
        await monde.TellRc(Rc);
        var view = await monde.Settle();
        Assert.Equal(("R-001", 1), (view.Entites[Ej].RequiredBy!.Value.Rule, Assert.Single(PortfolioSummary.Of(PortfolioGroup.Departement, view, []).Groups).EntitesRequired));
        await monde.Ouvrir(FicheEps);
        Assert.Null((await monde.Settle()).Entites[Ej].RequiredBy);
    }

    /// <summary>Two contrats on shared sites, groups, lines, items superseded and cancelled.</summary>
    private static async Task<Monde> Lively()
    {
        var monde = await EnVigueur();
        await monde.Tell("2026-002", new ContratCommand.Open(FicheEps with { Numero = "2026-002", WholeEntite = false }, [SiteA], [SiteA, SiteB], Jour));
        foreach (var code in new[] { "G1", "G2" })
        {
            await monde.Tell(code, new GhtCommand.State(code, $"GHT {code}", Jour, [new(Ej, GhtRole.Support)], Jour));
        }

        await monde.TellRc(Rc);
        await monde.TellRc(Rc with { Capacite = 12 }, Jour.AddDays(3));
        await monde.TellRc(Rc with { Finess = SiteB, Numero = "84-82-RC9" });
        await monde.Tell(Ej, Mouvement(Mig));
        await monde.Settle();
        await monde.Tell(Numero, new ContratCommand.OpenAvenant("r1", Jour.AddDays(30), AvenantMotif.SocleCommun, AllPending: false, [Rc.Id + "#2"], AcceptConflicts: true, Jour));
        await monde.Settle();
        return monde;
    }
}

/// <summary>A view as text, every part of it, in one order.</summary>
internal static class Texte
{
    public static string Of(PortfolioView view) => string.Join('\n', [
        $"{view.Position} {view.RecordedAt:O}",
        .. view.Contrats.Values.Select(Of),
        .. view.Entites.Values.Select(e => e.ToString()),
        .. view.Sites.Values.Select(s => s.ToString()),
        .. view.Ghts.Values.Select(g => $"{g.Code} {g.Nom} {g.Version} {string.Join(' ', g.Membres)}"),
        .. view.GhtsOfEntite.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {string.Join(' ', p.Value)}"),
        .. view.SitesOfEntite.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {string.Join(' ', p.Value)}"),
        .. view.Nomenclatures.SelectMany(n => n.Value.Codes.Values.Select(c => $"{n.Key} {c}")).Order(StringComparer.Ordinal),
        .. view.Fichiers.Values.Select(f => f.ToString())]);

    private static string Of(ContratDossier d) => string.Join('\n', [
        $"{d.Numero} {d.Version} {d.Position} {d.ChangedAt:O} {d.State.Phase} {d.State.Fiche} {string.Join(' ', d.State.Sites)} {d.Figures}",
        .. d.State.Lignes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"),
        .. d.State.Items.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Value} {d.Traces.GetValueOrDefault(p.Key)}"),
        .. d.State.Avenants.Values.Select(a => $"{a.Number} {a.End} {a.Items}")]);
}
