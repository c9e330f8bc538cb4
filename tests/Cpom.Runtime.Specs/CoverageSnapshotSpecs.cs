using Cpom.Domain;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>A relay starts from what an earlier one knew, and not from the whole log.</summary>
public sealed class CoverageSnapshotSpecs
{
    private static readonly RelayOptions Always = new(SnapshotEvery: 1);

    [Fact(DisplayName = "Un relais qui repart ne relit du journal que ce qui suit son instantané, et sait encore qui couvre quoi")]
    public async Task Starts_from_its_snapshot()
    {
        await using var log = await WithSnapshot(Always);
        var last = await log.LastPosition(default);
        var watched = new WatchedReads(log);
        await using var monde = new Monde(watched);
        await Relayed(monde, new(watched, monde.Actors, monde.Time, new()), () => monde.TellRc(Rc));
        Assert.Equal(last, watched.ReadFrom);
        Assert.Single(await monde.Log(), e => e.Name == "item-pended.1");
    }

    [Fact(DisplayName = "Un instantané plus récent que le repère d'une partition ne lui sert pas : le journal est relu")]
    public async Task Too_new()
    {
        await using var log = await WithSnapshot(Always);
        await using var monde = new Monde(new OlderCheckpoints(log));
        var before = await log.LastPosition(default);
        await Relayed(monde, monde.Relay, () => monde.TellRc(Rc));
        Assert.Single(await monde.Log(), e => e.Name == "item-pended.1");
        Assert.Equal(before + 2, await log.LastPosition(default)); // The act and its item: what was relayed before added nothing.
    }

    [Fact(DisplayName = "Un instantané attend que toutes les partitions l'aient dépassé")]
    public async Task Waits_for_every_partition()
    {
        await using var log = new InMemoryEventStore();
        var store = new SharedStore(log, 0, 1, 2, 3, 4, 5, 6);
        await using var monde = new Monde(store);
        await monde.Unrelayed();
        using var stop = new CancellationTokenSource();
        var running = new Relay(store, monde.Actors, monde.Time, Always).Run(stop.Token);
        await Checkpointed(log, "relay-0-of-8", await log.LastPosition(default));
        Assert.Null(await log.ReadSnapshot("coverage", default));

        await log.WriteCheckpoint("relay-7-of-8", long.MaxValue, default);
        await monde.TellRc(Rc with { Capacite = 12 });
        await Checkpointed(log, "relay-0-of-8", await log.LastPosition(default));
        await monde.TellRc(Rc with { Capacite = 13 }); // The loop comes round once more, after the snapshot of the first.
        await Checkpointed(log, "relay-0-of-8", await log.LastPosition(default));
        Assert.NotNull(await log.ReadSnapshot("coverage", default));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(DisplayName = "Ce que la couverture ne lit pas n'est pas décodé")]
    public async Task Unread_is_not_decoded()
    {
        await using var log = new InMemoryEventStore();
        await log.Append([new("nomenclature-x", 0, [new("code-published.1", "\"unreadable\""u8.ToArray(), Jour)], new(Debut, "essai", Cause.Unknown))], default);
        await using var monde = new Monde(log);
        await Relayed(monde, monde.Relay, monde.Unrelayed);
        Assert.Contains(await monde.Log(), e => e.Name == "contrat-required.1");
    }

    private static async Task<InMemoryEventStore> WithSnapshot(RelayOptions options)
    {
        var log = new InMemoryEventStore();
        await using (var monde = new Monde(new StoreDouble(log)).Start())
        {
            await monde.Region();
            await monde.Ouvrir(FicheEps);
        }

        await using var again = new Monde(new StoreDouble(log));
        using var stop = new CancellationTokenSource();
        var running = new Relay(again.Store, again.Actors, again.Time, options).Run(stop.Token);
        while (await log.ReadSnapshot("coverage", default) is null)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        return log;
    }

    /// <summary>Runs a relay until it has relayed what is told meanwhile.</summary>
    private static async Task Relayed(Monde monde, Relay relay, Func<Task> tell)
    {
        using var stop = new CancellationTokenSource();
        var running = relay.Run(stop.Token);
        await tell();
        await Task.WhenAny(running, relay.Settle(await monde.Store.LastPosition(default), default)).WaitAsync(Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task Checkpointed(InMemoryEventStore log, string name, long position)
    {
        while (await log.ReadCheckpoint(name, default) < position)
        {
            await Task.Yield();
        }
    }

    private sealed class WatchedReads(IEventStore log) : StoreDouble(log)
    {
        private long _readFrom = long.MaxValue;

        /// <summary>The earliest position from which the log was read.</summary>
        public long ReadFrom => Interlocked.Read(ref _readFrom);

        public override Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
        {
            Interlocked.Exchange(ref _readFrom, Math.Min(ReadFrom, position));
            return base.ReadLog(position, countMax, cancellation);
        }
    }

    /// <summary>A store whose checkpoints were never written: its relay begins again.</summary>
    private sealed class OlderCheckpoints(IEventStore log) : StoreDouble(log)
    {
        private long _written;

        public override Task<long> ReadCheckpoint(string name, CancellationToken cancellation) => Task.FromResult(_written);

        public override Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
        {
            _written = Math.Max(_written, position);
            return Task.CompletedTask;
        }
    }
}
