using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>Days that begin, and who is told of them.</summary>
public sealed class ClockSpecs
{
    private static readonly DateTimeOffset Minuit = new(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(2));

    [Fact(DisplayName = "R-059 Un avenant signé s'intègre dès que commence, à Paris, le jour de son effet, sans que personne ne le demande")]
    public async Task Avenant_on_its_day()
    {
        await using var monde = await EnVigueur();
        await Avenant(monde);
        monde.Time.Advance(Minuit.AddSeconds(-1) - Debut);
        monde.Time.Advance(TimeSpan.FromSeconds(2));
        var integrated = await Until(monde, "avenant-integrated.1");
        Assert.Equal((Clock.Author, new DateOnly(2026, 7, 1)), (integrated.Provenance.Author, integrated.ValidOn));
        Assert.True(integrated.Provenance.RecordedAt >= Minuit);
        Assert.Equal("jour 2026-07-01", integrated.Provenance.Cause.Request);
    }

    [Fact(DisplayName = "Un nœud arrêté trois ans dit à son retour ce que chaque jour aurait dit, et le dit une fois")]
    public async Task Down_for_years()
    {
        await using var kept = new InMemoryEventStore();
        await using (var before = new Monde(new StoreDouble(kept)).Start())
        {
            await before.Region();
            await before.Ouvrir(FicheEps);
            await Avenant(before);
        }

        await using (var after = new Monde(new StoreDouble(kept)))
        {
            after.Time.Advance(new DateTimeOffset(2029, 3, 1, 12, 0, 0, TimeSpan.Zero) - Debut);
            after.Start();
            await Until(after, "echeance-reached.1", 3);
            await after.Settle();
        }

        await using var daily = await EnVigueur();
        await Avenant(daily);
        foreach (var (day, name, count) in new[]
        {
            (new DateOnly(2026, 7, 1), "avenant-integrated.1", 1), (new(2028, 5, 1), "echeance-reached.1", 1),
            (new(2028, 7, 1), "echeance-reached.1", 2), (new(2028, 7, 2), "echeance-reached.1", 3),
        })
        {
            daily.Time.Advance(Paris.StartOf(day).AddHours(1) - daily.Time.GetUtcNow());
            await Until(daily, name, count);
        }

        var told = await Told(kept);
        Assert.Equal(4, told.Count);
        Assert.Equal(await Told(daily.Store), told);

        // Its relay is killed and starts again the same day: it may tell all of it once more.
        var last = await kept.LastPosition(default);
        await using var again = new Monde(kept);
        again.Time.Advance(new DateTimeOffset(2029, 3, 1, 13, 0, 0, TimeSpan.Zero) - Debut);
        again.Start();
        await again.Settle();
        Assert.Equal(last, await kept.LastPosition(default));
    }

    [Fact(DisplayName = "Un jour ne parle qu'aux contrats à qui il apporte quelque chose, une fois")]
    public async Task Idle_day_costs_nothing()
    {
        await using var monde = await EnVigueur();
        await monde.Ouvrir(FicheEps with { Numero = "2026-002", DateEffet = new(2026, 2, 1), DateFin = new(2031, 1, 31) });
        var (echeancier, clock) = (await Echeancier(monde), new Clock(monde.Time));
        var today = clock.Begun(echeancier, [0], 1);
        Assert.NotNull(today);
        Assert.Empty(today.Sendings);
        clock.Told(today, [0]);
        Assert.Null(clock.Begun(echeancier, [0], 1));

        monde.Time.Advance(Paris.StartOf(new(2028, 5, 1)) - monde.Time.GetUtcNow());
        var evaluation = clock.Begun(echeancier, [0], 1)!;
        Assert.Equal([Numero], evaluation.Sendings.Select(s => s.Id));
        Assert.Equal([new ContratCommand.PassJour(new(2028, 5, 1))], evaluation.Sendings.Select(s => s.Command));
    }

    [Fact(DisplayName = "Ce qui est appris dans la journée est pour le lendemain : un relais qui redémarre ne dit rien de plus ce jour-là")]
    public async Task Learned_today()
    {
        await using var kept = new InMemoryEventStore();
        await using var monde = new Monde(new StoreDouble(kept)).Start();
        await monde.Region();
        await monde.Ouvrir(FicheEps with { DateEffet = new(2021, 1, 1), DateFin = new(2025, 12, 31) }); // Long over, and learned today.
        var echeancier = await Echeancier(monde);
        Assert.Empty(new Clock(monde.Time).Begun(echeancier, [0], 1)!.Sendings);
        monde.Time.Advance(TimeSpan.FromHours(15) + TimeSpan.FromSeconds(1)); // Past midnight in Paris.
        Assert.Equal([Numero], new Clock(monde.Time).Begun(echeancier, [0], 1)!.Sendings.Select(s => s.Id));
        await Until(monde, "echeance-reached.1", 6);
        Assert.Empty(new Clock(monde.Time).Begun(await Echeancier(monde), [0], 1)!.Sendings);
    }

    [Fact(DisplayName = "Un nœud parle aux contrats de ses partitions, et à ceux d'une partition qu'il reçoit le jour même")]
    public async Task Per_partition()
    {
        await using var monde = await EnVigueur();
        var (echeancier, clock) = (await Echeancier(monde), new Clock(monde.Time));
        monde.Time.Advance(Paris.StartOf(new(2028, 5, 1)) - monde.Time.GetUtcNow());
        var own = PartitionRules.Of(Ej, 8);
        var others = Enumerable.Range(0, 8).Where(p => p != own).ToList();
        var day = clock.Begun(echeancier, others, 8)!;
        Assert.Empty(day.Sendings);
        clock.Told(day, others);
        Assert.Equal([Numero], clock.Begun(echeancier, [.. others, own], 8)!.Sendings.Select(s => s.Id));
    }

    [Fact(DisplayName = "On attend minuit ; passé entre deux regards, il n'est pas manqué, et une horloge remise en arrière n'endort personne")]
    public async Task Waits_for_midnight()
    {
        await using var monde = await EnVigueur();
        var clock = new Clock(monde.Time);
        clock.Told(clock.Begun(await Echeancier(monde), [0], 1)!, [0]);
        Assert.Equal(TimeSpan.FromHours(15) + TimeSpan.FromMilliseconds(1), clock.Patience);
        monde.Time.Advance(TimeSpan.FromHours(14.5));
        Assert.Equal(TimeSpan.FromMinutes(30) + TimeSpan.FromMilliseconds(1), clock.Patience);
        monde.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, clock.Patience);

        var ahead = new ManualTime(Debut.AddYears(1));
        var late = new Clock(ahead);
        late.Begun(new(), [0], 1);
        ahead.Advance(-TimeSpan.FromDays(365));
        Assert.Equal(TimeSpan.FromDays(1), late.Patience);
        Assert.NotNull(late.Begun(new(), [0], 1));
    }

    [Theory(DisplayName = "Le jour est celui de Paris, en hiver comme en été")]
    [InlineData("2026-01-31T22:59:59Z", "2026-01-31")]
    [InlineData("2026-01-31T23:00:00Z", "2026-02-01")]
    [InlineData("2026-07-31T21:59:59Z", "2026-07-31")]
    [InlineData("2026-07-31T22:00:00Z", "2026-08-01")]
    public void Day_of_Paris(string instant, string day)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(day, Paris.DayOf(at).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Paris.DayOf(at), Paris.DayOf(Paris.StartOf(Paris.DayOf(at))));
    }

    private static async Task Avenant(Monde monde)
    {
        await monde.TellRc(Rc);
        await monde.Settle();
        await monde.Tell(Numero, new ContratCommand.OpenAvenant("r1", new(2026, 7, 1), AvenantMotif.SocleCommun, true, [], false, Jour));
        await monde.Tell(Numero, new ContratCommand.SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Jour, [2]));
        await monde.Tell(Numero, new ContratCommand.SignAvenant(1, Signatory.DgArs, "M. Roy", Jour, [2]));
        await monde.Settle();
    }

    private static async Task<Echeancier> Echeancier(Monde monde)
    {
        var fold = await CoverageFold.Load(monde.Store, await monde.Store.LastPosition(default), default);
        return fold.Echeancier;
    }

    private static async Task<IReadOnlyList<(string, string)>> Told(IEventStore store) =>
        [.. (await Histories.ReadLog(store, default)).Where(e => e.Provenance.Author == Clock.Author).Select(e => (e.Name, System.Text.Encoding.UTF8.GetString(e.Payload.Span)))];

    private static async Task<StoredEvent> Until(Monde monde, string name, int count = 1)
    {
        while (true)
        {
            var last = await monde.Store.LastPosition(default);
            if ((await monde.Log()).Where(e => e.Name == name).ToList() is var found && found.Count >= count)
            {
                return found[count - 1];
            }

            await monde.Store.WaitForAppend(last, default).WaitAsync(Patience);
        }
    }
}
