using System.Collections.Concurrent;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Cpom.Cluster.Tests;

/// <summary>Silos in this process over one log in memory, whose relays work by stream; two entities of different partitions, with a contrat in force each.</summary>
internal sealed class StreamCluster : IAsyncDisposable
{
    public const int Partitions = 8;

    /// <summary>Evidence is missing after this; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Of partitions 6 and 7.</summary>
    public static readonly (string Entite, string Site, string Numero)[] Contrats = [("750000001", "750100001", "2026-001"), ("750000002", "750100002", "2026-002")];

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly DateOnly Jour = new(2026, 3, 1);

    private readonly InMemoryEventStore _log;
    private ClusterActors _actors = null!;

    private StreamCluster(InProcessTestCluster silos, Doorkeeper door, InMemoryEventStore log) => (Silos, Door, _log) = (silos, door, log);

    public InProcessTestCluster Silos { get; }

    public Doorkeeper Door { get; }

    /// <param name="time">Of the queues.</param>
    /// <param name="failingMax">As <see cref="LogStreams.FailingMax"/>.</param>
    /// <param name="clock">Of the relays, which tell the days.</param>
    public static async Task<StreamCluster> Start(int silos, TimeProvider? time = null, TimeSpan? failingMax = null, TimeProvider? clock = null)
    {
        var log = new InMemoryEventStore();
        var door = new Doorkeeper();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton(services => CpomNode.Over(
                new SharedLog(log), clock ?? TimeProvider.System, null, new(ClusterHosting.ActorsOf(services, TimeProvider.System), () => LogStreams.PartitionsOf(services))));
            host.Services.AddHostedService(services => new RelayRuns(services.GetRequiredService<CpomNode>()));
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddCpomActors(services => door.Before(services.GetRequiredService<CpomNode>().Local));
            silo.AddLogStreams(Partitions, time ?? TimeProvider.System, failingMax);
        });
        builder.ConfigureClient(client => client.AddCpomActors());
        var cluster = new StreamCluster(builder.Build(), door, log);
        await cluster.Silos.DeployAsync();
        cluster._actors = new(cluster.Silos.Client, TimeProvider.System);
        foreach (var (entite, site, numero) in Contrats)
        {
            await cluster.Open(entite, site, numero);
        }

        return cluster;
    }

    /// <summary>A change of the RC of a contrat's site, by its number among the contrats.</summary>
    public Task Rc(int contrat, int capacite)
    {
        var (entite, site, _) = Contrats[contrat];
        var rc = new Ligne.Rc(site, "84-82-RC1", "R4", "M1", "F1", capacite);
        return Tell(site, new SiteCommand.StateLignes(site, entite, Volet.A2V2, Complete: false, Jour, [new([new(Jour, rc)], null, Cause.Unknown)], Cause.Unknown));
    }

    /// <summary>The acts that have become items at a contrat, in the order of the log.</summary>
    public IReadOnlyList<string> Items(int contrat) =>
        [.. from stored in _log.ReadLog(0, int.MaxValue, default).Result
            where stored.Actor == $"contrat-{Contrats[contrat].Numero}" && stored.Name == "item-pended.1"
            select ((ContratEvent.ItemPended)EventCodec.Decode(stored)).Act.Id];

    /// <summary>What time alone has brought to a contrat, in the order of the log.</summary>
    public IReadOnlyList<ContratEvent> Brought(int contrat) =>
        [.. from stored in _log.ReadLog(0, int.MaxValue, default).Result
            where stored.Actor == $"contrat-{Contrats[contrat].Numero}" && stored.Provenance.Author == "horloge"
            select (ContratEvent)EventCodec.Decode(stored)];

    public Task<long> Last() => _log.LastPosition(default);

    public Task<long> Checkpoint(int partition) => _log.ReadCheckpoint($"relay-{partition}-of-{Partitions}", default);

    /// <summary>Completes when everything is relayed, and what came of it, by whichever silos.</summary>
    public async Task Settle()
    {
        for (long before = -1, last = await Last(); before < last;)
        {
            await Until(() => Enumerable.Range(0, Partitions).Min(partition => Checkpoint(partition).Result) >= last);
            (before, last) = (last, await Last());
        }
    }

    /// <summary>Looks when the log grows, and now and then besides.</summary>
    public async Task Until(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await _log.WaitForAppend(await Last(), default).WaitAsync(LookEvery, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The silo where an activation of a grain is.</summary>
    public InProcessSiloHandle? SiloOf(GrainId grain) => Silos.TryGetGrainContext(grain, out var context) ? Silos.GetSiloForAddress(context.Address.SiloAddress!) : null;

    /// <summary>A node beside the cluster that believes all partitions to be its own.</summary>
    public Relay Rival(IActors actors) => new(new SharedLog(_log), actors, TimeProvider.System, new(), null, new AllOf(Partitions));

    public async ValueTask DisposeAsync()
    {
        Door.Open();
        await Silos.DisposeAsync();
        await _log.DisposeAsync();
    }

    private async Task Open(string entite, string site, string numero)
    {
        await Tell(entite, new EntiteCommand.Register(entite, new("CH", "13", null, null, "75"), Jour, null, Jour));
        await Tell(site, new SiteCommand.Register(site, entite, new("Site", null, null, "75"), Jour, null, Jour));
        await Settle();
        var fiche = new Fiche(numero, entite, PartieKind.Eps, WholeEntite: true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);
        await Tell(numero, new ContratCommand.Open(fiche, [], [site], Jour));
        await Settle();
        await Tell(numero, new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", Jour, Reprise: true));
        await Tell(numero, new ContratCommand.Sign(Signatory.DgArs, "M. Roy", Jour, Reprise: true));
        await Settle();
    }

    private async Task Tell(string id, object command) =>
        Assert.IsType<Outcome.Done>(await _actors.Execute(id, command, new(TimeProvider.System.GetUtcNow(), "essai", Cause.Unknown), default).WaitAsync(Patience));

    /// <summary>The relay of a silo, which begins anew when it fails.</summary>
    private sealed class RelayRuns(CpomNode node) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await node.RunRelay(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private sealed class AllOf(int count) : IPartitions
    {
        public int Count => count;

        public TimeSpan BalanceEvery => Timeout.InfiniteTimeSpan;

        public Task<IReadOnlySet<int>> Balance(CancellationToken cancellation) => Task.FromResult<IReadOnlySet<int>>(Enumerable.Range(0, count).ToHashSet());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Stands before the actors of every silo, and lets an actor answer as the test says.</summary>
internal sealed class Doorkeeper
{
    private readonly ConcurrentDictionary<string, Func<Task<bool>>> _met = new(StringComparer.Ordinal);

    /// <summary>From now on whoever calls the actor meets this first.</summary>
    /// <param name="meeting">Says whether the actor is busy.</param>
    public void Meet(string id, Func<Task<bool>> meeting) => _met[id] = meeting;

    /// <summary>From now on calls go through.</summary>
    public void Open() => _met.Clear();

    public IActors Before(IActors seats) => new Door(this, seats);

    private sealed class Door(Doorkeeper keeper, IActors seats) : IActors
    {
        public async Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation)
        {
            return await IsBusy(id) ? new Outcome.Busy() : await seats.Execute(id, command, provenance, cancellation);
        }

        public async Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation)
        {
            return await IsBusy(id) ? [.. orders.Select(_ => new Outcome.Busy())] : await seats.ExecuteAll(id, orders, cancellation);
        }

        private Task<bool> IsBusy(string id) => keeper._met.TryGetValue(id, out var meeting) ? meeting() : Task.FromResult(false);
    }
}
