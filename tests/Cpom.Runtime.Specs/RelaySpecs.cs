using System.Collections.Concurrent;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>From the log to the other actors, once.</summary>
public sealed class RelaySpecs
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1); // The shortest delay there is.

    [Fact(DisplayName = "R-056 Un acte devient un élément en attente, une seule fois, avec sa preuve")]
    public async Task Act_becomes_an_item()
    {
        await using var monde = await EnVigueur();
        await monde.TellRc(Rc);
        await monde.Settle();
        await monde.TellRc(Rc);
        var view = await monde.Settle();

        var item = Assert.Single(view.Contrats[Numero].State.Items.Values);
        Assert.Equal((Rc.Id + "#1", Preuve, new ItemPlace.Pending()), (item.Id, item.Act.Cause, (ItemPlace.Pending)item.Place));
        var pended = Assert.Single(await monde.Log(), e => e.Name == "item-pended.1");
        Assert.Equal((Relay.Author, Preuve), (pended.Provenance.Author, pended.Provenance.Cause));
        Assert.Empty(monde.Refused);
    }

    [Fact(DisplayName = "Un relais tué entre l'envoi et le repère recommence sans rien ajouter")]
    public async Task Killed_before_the_checkpoint()
    {
        await using var kept = new InMemoryEventStore();
        await using var monde = new Monde(new NoCheckpoint(kept)); // Its relay never gets past the first batch.
        await monde.Unrelayed();
        await Assert.ThrowsAsync<IOException>(() => monde.Relay.Run(default).WaitAsync(Patience));
        var first = await kept.LastPosition(default);
        Assert.Equal(0, await kept.ReadCheckpoint(Relay.Checkpoint, default));
        Assert.Contains(await monde.Log(), e => e.Name == "contrat-required.1"); // It had sent.

        await using var after = new Monde(kept).Start();
        await after.Settle();
        Assert.Equal(first, await kept.LastPosition(default));
        Assert.Equal(first, await kept.ReadCheckpoint(Relay.Checkpoint, default));
        Assert.Empty(after.Refused);
    }

    [Fact(DisplayName = "Un relais et une réplique qui ont lu ce qu'il y avait attendent la suite, sans redemander s'il y en a")]
    public async Task Asks_only_when_there_is_more()
    {
        await using var kept = new InMemoryEventStore();
        var counted = new EmptyReads(kept);
        await using var monde = new Monde(counted);
        await monde.Unrelayed();
        monde.Start();
        await monde.Settle();
        await monde.TellRc(Rc);
        await monde.Settle();
        Assert.Equal(0, counted.Count);
    }

    [Fact(DisplayName = "Un nouveau relais reprend à son repère et sait encore qui couvre quoi")]
    public async Task Starts_again_at_its_checkpoint()
    {
        await using var kept = new InMemoryEventStore();
        await using (var before = new Monde(new StoreDouble(kept)).Start())
        {
            await before.Region();
            await before.Ouvrir(FicheEps);
        }

        await using var after = new Monde(kept).Start();
        await after.TellRc(Rc);
        Assert.Single((await after.Settle()).Contrats[Numero].State.Items);
    }

    [Fact(DisplayName = "Le repère ne devance jamais ce qui est enregistré")]
    public async Task Checkpoint_follows_effects()
    {
        await using var monde = await EnVigueur();
        var actors = new HeldActors(monde.Actors);
        using var stop = new CancellationTokenSource();
        var mark = await monde.Store.LastPosition(default);
        var watched = new OwnCheckpoint(monde.Store);
        var relay = new Relay(watched, actors, monde.Time, new());
        actors.Hold(Ej);
        actors.Hold(Numero);
        var running = relay.Run(stop.Token);
        await actors.Asked.WaitAsync(Patience);

        Assert.Equal(0, watched.Written);
        Assert.True(relay.Position < mark);
        actors.Release();
        await relay.WaitFor(mark, default).WaitAsync(Patience);
        Assert.True(watched.Written >= mark);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(DisplayName = "Les actes d'une ligne arrivent au contrat dans leur ordre")]
    public async Task Order_per_contrat()
    {
        await using var monde = await EnVigueur();
        for (var n = 1; n <= 40; n++)
        {
            await monde.TellRc(Rc with { Capacite = n }, Jour.AddDays(n));
        }

        await monde.Settle();
        var acts = (await monde.Log()).Where(e => e.Name == "item-pended.1").Select(e => ((ContratEvent.ItemPended)EventCodec.Decode(e)).Act.Id);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => $"{Rc.Id}#{n}"), acts);
        Assert.DoesNotContain((await monde.Settle()).Contrats[Numero].State.Items.Values, i => i.Conflict);
    }

    [Fact(DisplayName = "Un acteur occupé est redemandé plus tard")]
    public async Task Busy_is_asked_again()
    {
        await using var monde = new Monde();
        await monde.Unrelayed();
        var time = new ManualTime(Debut);
        var actors = new Answering(n => n == 1 ? new Outcome.Busy() : new Outcome.Done(1, 1, []));
        using var stop = new CancellationTokenSource();
        var relay = new Relay(monde.Store, actors, time, new());
        var running = relay.Run(stop.Token);
        while (time.TimersSet == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(0, relay.Position);
        Assert.Single(actors.Commands);
        time.Advance(TimeSpan.FromSeconds(1));
        await relay.WaitFor(await monde.Store.LastPosition(default), default).WaitAsync(Patience);
        Assert.Equal(2, actors.Commands.Count);
        Assert.Equal(actors.Commands.First(), actors.Commands.Last());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(DisplayName = "Après une pause un fait est relayé aussitôt ; ceux qui le suivent de près le sont ensemble, au regard suivant")]
    public async Task Looks_no_more_often_than_it_may()
    {
        await using var monde = new Monde();
        await monde.Unrelayed();
        var time = new ManualTime(Debut);
        var looks = new FoundAt(monde.Store, time);
        using var stop = new CancellationTokenSource();
        var relay = new Relay(looks, monde.Actors, time, new(LookEvery: Every));
        var running = relay.Run(stop.Token);
        await RelayedUpTo(await monde.Store.LastPosition(default)); // What it asks of others is in the log then, and not looked at.
        Assert.Equal([Debut], looks.Times);

        var soon = (await monde.TellRc(Rc with { Capacite = 11 }, Jour.AddDays(1))).Position;
        await Waits();
        time.Advance(Every - Tick);
        Assert.True(relay.Position < soon);
        time.Advance(Tick);
        await RelayedUpTo(soon);
        Assert.Equal([Debut, Debut + Every], looks.Times);

        while (relay.Position < await monde.Store.LastPosition(default))
        {
            await Waits();
            time.Advance(Every);
        }

        await Waits();
        time.Advance(Every);
        var (count, afterPause) = (looks.Times.Count, await monde.TellRc(Rc with { Capacite = 12 }, Jour.AddDays(2)));
        await RelayedUpTo(afterPause.Position);
        Assert.Equal(time.GetUtcNow(), looks.Times[count]);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task RelayedUpTo(long position) => relay.WaitFor(position, default).WaitAsync(Patience);

        async Task Waits()
        {
            while (time.TimersSet == 0)
            {
                await Task.Yield();
            }
        }
    }

    [Fact(DisplayName = "Un refus est dit et n'arrête pas la suite")]
    public async Task Refused_is_told()
    {
        await using var monde = new Monde();
        await monde.Unrelayed();
        var refusal = Refuse.EntiteUnknown();
        var actors = new Answering(_ => new Outcome.Refused(refusal));
        var told = new List<RelayRefusal>();
        using var stop = new CancellationTokenSource();
        var relay = new Relay(monde.Store, actors, monde.Time, new(), told.Add);
        var running = relay.Run(stop.Token);
        await relay.WaitFor(await monde.Store.LastPosition(default), default).WaitAsync(Patience);
        var only = Assert.Single(told);
        Assert.Equal((Ej, refusal), (only.Id, only.Refusal));
        Assert.IsType<EntiteCommand.RequireContrat>(only.Command);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(DisplayName = "Un événement inconnu arrête le relais, qui dit lequel et quoi faire")]
    public async Task Unknown_event()
    {
        await using var store = new InMemoryEventStore();
        await store.Append([new($"site-{SiteA}", 0, [new("site-painted.1", "{}"u8.ToArray(), Jour)], new(Debut, "demain", Cause.Unknown))], default);
        await using var monde = new Monde(store);
        var unknown = await Assert.ThrowsAsync<UnknownEventException>(() => monde.Relay.Run(default).WaitAsync(Patience));
        Assert.Equal($"Event 1 of site-{SiteA} is named site-painted.1, which this version does not know. Run the version that wrote it, or a later one.", unknown.Message);
        Assert.Equal(0, await store.ReadCheckpoint(Relay.Checkpoint, default));
    }

    [Fact(DisplayName = "D-02 L'argent notifié à un site encore inconnu finit dans le registre de son entité, quel que soit l'ordre")]
    public async Task Money_of_a_site()
    {
        await using var monde = await EnVigueur();
        const string late = "750100003";
        await monde.Tell(late, Mouvement(Mig with { Finess = late }) with { Finess = late });
        await monde.Tell(late, new SiteCommand.Register(late, Ej, new("Site C", null, null, "75"), Jour, null, Jour));
        await monde.Settle();
        await monde.Tell(late, Mouvement(Mig with { Finess = late, Reference = "2" }) with { Finess = late });
        var view = await monde.Settle();
        Assert.Equal(200m, view.Contrats[Numero].Figures.PendingAmount);
        Assert.Equal(2, view.Entites[Ej].Mouvements);
    }

    /// <summary>A store whose checkpoint can never be written: what a crash between sending and checkpoint leaves.</summary>
    private sealed class EmptyReads(IEventStore inner) : StoreDouble(inner)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override async Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
        {
            var read = await base.ReadLog(position, countMax, cancellation);
            _ = read.Count == 0 ? Interlocked.Increment(ref _count) : 0;
            return read;
        }
    }

    /// <summary>When something was found in the log.</summary>
    private sealed class FoundAt(IEventStore inner, TimeProvider time) : StoreDouble(inner)
    {
        private readonly ConcurrentQueue<DateTimeOffset> _times = new();

        public IReadOnlyList<DateTimeOffset> Times => [.. _times];

        public override async Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
        {
            var read = await base.ReadLog(position, countMax, cancellation);
            if (read.Count > 0)
            {
                _times.Enqueue(time.GetUtcNow());
            }

            return read;
        }
    }

    private sealed class NoCheckpoint(IEventStore inner) : StoreDouble(inner)
    {
        public override Task WriteCheckpoint(string name, long position, CancellationToken cancellation) => throw new IOException("Killed here.");
    }

    /// <summary>A store on which a second relay starts from the beginning.</summary>
    private sealed class OwnCheckpoint(IEventStore inner) : StoreDouble(inner)
    {
        private long _written;

        public long Written => Volatile.Read(ref _written);

        public override Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => Task.FromResult(Written);

        public override Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
        {
            Volatile.Write(ref _written, position);
            return Task.CompletedTask;
        }
    }

    /// <summary>Actors of which some do not answer until the test lets them.</summary>
    private sealed class HeldActors(IActors inner) : IActors
    {
        private readonly HashSet<string> _held = [];
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void Hold(string id) => _held.Add(id);

        public void Release() => _released.SetResult();

        public async Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation)
        {
            if (_held.Contains(id))
            {
                _asked.TrySetResult();
                await _released.Task;
            }

            return await inner.Execute(id, command, provenance, cancellation);
        }

        public async Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation)
        {
            var outcomes = new List<Outcome>();
            foreach (var order in orders)
            {
                outcomes.Add(await Execute(id, order.Command, order.Provenance, cancellation));
            }

            return outcomes;
        }
    }

    private sealed class Answering(Func<int, Outcome> answer) : IActors
    {
        public ConcurrentQueue<object> Commands { get; } = [];

        public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation)
        {
            Commands.Enqueue(command);
            return Task.FromResult(answer(Commands.Count));
        }

        public async Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation) =>
            await Task.WhenAll(orders.Select(order => Execute(id, order.Command, order.Provenance, cancellation)));
    }
}
