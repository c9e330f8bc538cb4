using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>Several relays over one log: together they do what one alone does, whoever holds what.</summary>
public sealed class PartitionSpecs
{
    private const string OtherEj = "750000002";
    private const string OtherNumero = "2026-002";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    [Fact(DisplayName = "La partition d'une entité ne change jamais")]
    public void Partition_is_for_ever() => Assert.Equal(
        [6, 7, 1, 0], new[] { Ej, OtherEj, "010000024", "2A0000014" }.Select(entite => PartitionRules.Of(entite, SharedStore.All)));

    [Theory(DisplayName = "Les parts sont égales à une près et leur somme est le tout")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void Shares(int members)
    {
        var shares = Enumerable.Range(0, members).Select(rank => PartitionRules.Share(SharedStore.All, members, rank)).ToList();
        Assert.Equal(SharedStore.All, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    [Fact(DisplayName = "Deux nœuds qui se partagent les entités font ce qu'un seul ferait, même d'un site qui change d'entité")]
    public async Task Shared_is_as_alone()
    {
        var expected = await Alone();
        await using var log = new InMemoryEventStore();
        await using var even = new Monde(new SharedStore(log, 0, 2, 4, 6)).Start();
        await using var odd = new Monde(new SharedStore(log, 1, 3, 5, 7)).Start();
        Assert.NotEqual(PartitionRules.Of(Ej, SharedStore.All) % 2, PartitionRules.Of(OtherEj, SharedStore.All) % 2);
        await Play(even);
        Assert.Equal(expected, await Histories(log));
        Assert.Empty(even.Refused.Concat(odd.Refused));
    }

    [Fact(DisplayName = "Deux nœuds qui croient tenir les mêmes partitions n'ajoutent rien l'un à l'autre")]
    public async Task Held_twice()
    {
        var expected = await Alone();
        await using var log = new InMemoryEventStore();
        await using var first = new Monde(new SharedStore(log, SharedStore.Every)).Start();
        await using var second = new Monde(new SharedStore(log, SharedStore.Every)).Start();
        await Play(first);
        await Settle(second);
        Assert.Equal(expected, await Histories(log));
        Assert.Empty(first.Refused.Concat(second.Refused));
    }

    [Fact(DisplayName = "Une partition reprise repart de son repère, bien que le nœud ait déjà lu plus loin")]
    public async Task Taken_over()
    {
        await using var log = new InMemoryEventStore();
        var store = new SharedStore(log);
        await using var monde = new Monde(store).Start();
        await monde.Unrelayed();
        await monde.Portfolio.WaitFor(await log.LastPosition(default), default).WaitAsync(Patience);
        Assert.DoesNotContain(await monde.Log(), e => e.Name == "contrat-required.1");

        store.Hold(SharedStore.Every);
        await monde.TellRc(Rc with { Capacite = 11 });
        await Settle(monde);
        Assert.Single(await monde.Log(), e => e.Name == "contrat-required.1");
    }

    [Fact(DisplayName = "Attendre une position attend aussi ce que d'autres nœuds relaient")]
    public async Task Waits_for_others()
    {
        await using var log = new InMemoryEventStore();
        await using var monde = new Monde(new SharedStore(log, 0, 1, 2, 3)).Start();
        await monde.Unrelayed();
        var last = await log.LastPosition(default);
        var wait = monde.Node.Settle(last, default);
        monde.Time.Advance(Pause);
        Assert.False(wait.IsCompleted);

        await log.WriteCheckpoint("relay-4-of-8", last, default);
        await log.WriteCheckpoint("relay-5-of-8", last, default);
        await log.WriteCheckpoint("relay-6-of-8", last, default);
        monde.Time.Advance(Pause);
        Assert.False(wait.IsCompleted);

        await log.WriteCheckpoint("relay-7-of-8", last, default);
        Assert.Equal(last, await Pass(monde, wait));
    }

    [Fact(DisplayName = "Le repère d'une version sans partitions est celui de chacune")]
    public async Task Older_checkpoint()
    {
        await using var log = new InMemoryEventStore();
        await using (var before = new Monde(new StoreDouble(log)).Start())
        {
            await before.Region();
        }

        var last = await log.LastPosition(default);
        Assert.Equal(last, await log.ReadCheckpoint(Relay.Checkpoint, default));
        await using var monde = new Monde(new SharedStore(log, SharedStore.Every)).Start();
        Assert.Equal(last, await monde.Node.Settle(last, default).WaitAsync(Patience)); // Without a batch: no checkpoint was written.
        Assert.Equal(0, await log.ReadCheckpoint("relay-0-of-8", default));
    }

    /// <summary>Two entities with a contrat each; lines of a site that then changes entity; everything told a second time.</summary>
    private static async Task Play(Monde monde)
    {
        await monde.Tell(OtherEj, new EntiteCommand.Register(OtherEj, new("CH B", "13", null, null, "75"), Jour, null, Jour));
        await monde.Tell(Ej, new EntiteCommand.Register(Ej, new("CH A", "13", null, null, "75"), Jour, null, Jour));
        await monde.Tell(SiteA, new SiteCommand.Register(SiteA, Ej, new("Site A", null, null, "75"), Jour, null, Jour));
        await monde.Tell(SiteB, new SiteCommand.Register(SiteB, Ej, new("Site B", null, null, "75"), Jour, null, Jour));
        await monde.TellRc(Rc);
        await Settle(monde);
        await Ouvrir(monde, FicheEps);
        await Ouvrir(monde, FicheEps with { Numero = OtherNumero, Entite = OtherEj });
        await monde.TellRc(Rc with { Capacite = 12 });
        await monde.TellRc(Rc with { Finess = SiteB, Numero = "84-82-RC2" });
        await monde.Tell(Ej, Mouvement(Mig));
        await Settle(monde);
        await monde.Tell(SiteA, new SiteCommand.Register(SiteA, OtherEj, new("Site A", null, null, "75"), Jour.AddDays(1), null, Jour.AddDays(1)));
        await Settle(monde);
        await monde.TellRc(Rc with { Finess = SiteB, Numero = "84-82-RC2" });
        await Settle(monde);
    }

    private static async Task Ouvrir(Monde monde, Fiche fiche)
    {
        await monde.Tell(fiche.Numero, new ContratCommand.Open(fiche, [], [SiteA, SiteB], Jour));
        await Settle(monde);
        await monde.Tell(fiche.Numero, new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", Jour, Reprise: true));
        await monde.Tell(fiche.Numero, new ContratCommand.Sign(Signatory.DgArs, "M. Roy", Jour, Reprise: true));
        await Settle(monde);
    }

    private static async Task<SortedDictionary<string, string>> Alone()
    {
        await using var log = new InMemoryEventStore();
        await using var monde = new Monde(new StoreDouble(log)).Start();
        await Play(monde);
        var histories = await Histories(log);
        Assert.Contains("@sortie-", histories[$"contrat-{Numero}"], StringComparison.Ordinal);
        Assert.Contains("@entree-", histories[$"contrat-{OtherNumero}"], StringComparison.Ordinal);
        return histories;
    }

    /// <summary>Each actor's own history in order; actors are told at once, in no order among them.</summary>
    private static async Task<SortedDictionary<string, string>> Histories(InMemoryEventStore log) => new(
        (await log.ReadLog(0, int.MaxValue, default))
            .GroupBy(e => e.Actor)
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(e => $"{e.Name} {System.Text.Encoding.UTF8.GetString(e.Payload.Span)} {e.Provenance.Cause}"))),
        StringComparer.Ordinal);

    private static Task Settle(Monde monde) => Pass(monde, monde.Settle());

    /// <summary>Lets time pass while there is something to wait for: who waits for other nodes looks now and then.</summary>
    private static async Task<T> Pass<T>(Monde monde, Task<T> waited)
    {
        while (!waited.IsCompleted)
        {
            monde.Time.Advance(Pause);
            await Task.Yield();
        }

        return await waited;
    }
}
