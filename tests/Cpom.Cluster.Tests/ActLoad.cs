using System.Collections.Concurrent;
using System.Diagnostics;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Cluster.Tests;

/// <summary>Acts on the sites of contrats that are being prepared: each must be at its site once and at its contrat once, whatever dies on its way.</summary>
internal sealed class ActLoad
{
    private const int Senders = 8;

    /// <summary>Few, so that every silo has some of them and all wait for one another.</summary>
    private const int ProjetsMax = 12;

    /// <summary>Of one sender's acts, where they go on for as long as something else takes: a contrat is not to have more lines than any has.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentBag<int> _acknowledged = [];
    private readonly ProcessCluster _cluster;
    private readonly List<(string Numero, string Entite, string Site)> _projets;

    private ActLoad(ProcessCluster cluster, List<(string Numero, string Entite, string Site)> projets) => (_cluster, _projets) = (cluster, projets);

    /// <summary>The longest that one act waited for its answer, with whatever its sender had to send again.</summary>
    public TimeSpan LongestWait { get; private set; }

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Imports a small region with its contrats as projects.</summary>
    public static async Task<ActLoad> Prepare(ProcessCluster cluster, PostgresEventStore store)
    {
        var region = Region.Write(cluster.Region, days: 0);
        await cluster.Client.Import(region[0]);
        await cluster.Client.Import(region[4]);
        var facts = (await store.ReadLog(0, int.MaxValue, default)).Select(EventCodec.Decode).ToList();
        var sites = facts.OfType<SiteEvent.SiteRegistered>().ToLookup(s => s.Entite, s => s.Finess);
        var projets = facts.OfType<ContratEvent.ContratOpened>().DistinctBy(o => o.Fiche.Entite).Take(ProjetsMax)
            .Select(o => (o.Fiche.Numero, o.Fiche.Entite, o.Sites.FirstOrDefault() ?? sites[o.Fiche.Entite].First()));
        return new(cluster, [.. projets]);
    }

    /// <summary>Sends so many acts, several at a time, each until it is acknowledged.</summary>
    /// <param name="half">Called once, with half of them acknowledged; the others go on meanwhile.</param>
    public async Task Run(int count, Func<Task> half)
    {
        var (disturbance, begun) = (Task.CompletedTask, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (n, _) =>
        {
            await Acknowledge(n);
            if (_acknowledged.Count >= count / 2 && Interlocked.Exchange(ref begun, 1) == 0)
            {
                disturbance = half();
            }
        });
        await disturbance;
    }

    /// <summary>Sends acts for as long as something else takes, several at a time, each until it is acknowledged.</summary>
    public async Task RunBeside(Task other)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            using var pace = new PeriodicTimer(Pace);
            while (!other.IsCompleted)
            {
                await Acknowledge(Interlocked.Increment(ref next));
                await pace.WaitForNextTickAsync();
            }
        }));
        await other;
    }

    /// <summary>Once everything is relayed: each act once at its site and once at its contrat, and every actor's history without a gap.</summary>
    public async Task AssertAllThereOnce(PostgresEventStore store)
    {
        await _cluster.Relayed(store, await store.LastPosition(default));
        var log = await store.ReadLog(0, int.MaxValue, default);
        Assert.All(log.GroupBy(e => e.Actor), history => Assert.Equal(Enumerable.Range(1, history.Count()).Select(v => (long)v), history.Select(e => e.Version)));
        var sent = _acknowledged.Select(n => (ProjetOf(n).Numero, Act: $"{ProjetOf(n).Site}/RC/RC-{n}#1")).ToList();
        var facts = log.Select(e => (e.Actor, Fact: EventCodec.Decode(e))).ToList();
        Assert.Equal(
            sent.Select(s => s.Act).Order(StringComparer.Ordinal),
            facts.Select(f => f.Fact is SiteEvent and ILigneFact ligne ? $"{ligne.LigneId}#{ligne.Revision}" : "").Where(IsOurs).Order(StringComparer.Ordinal));
        Assert.Equal(
            sent.Select(s => $"contrat-{s.Numero} {s.Act}").Order(StringComparer.Ordinal),
            facts.Where(f => (f.Fact as ContratEvent.SocleLigneSet)?.Act.Id is { } id && IsOurs(id) && sent.Any(s => f.Actor == $"contrat-{s.Numero}"))
                .Select(f => $"{f.Actor} {((ContratEvent.SocleLigneSet)f.Fact).Act.Id}").Order(StringComparer.Ordinal));
    }

    private async Task Acknowledge(int n)
    {
        var started = Stopwatch.GetTimestamp();
        await Send(n);
        lock (_projets)
        {
            LongestWait = TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        _acknowledged.Add(n);
    }

    private static bool IsOurs(string act) => act.Contains("/RC/RC-", StringComparison.Ordinal);

    private (string Numero, string Entite, string Site) ProjetOf(int n) => _projets[n % _projets.Count];

    /// <summary>As an ordinary client does: what the platform could not do now is sent again, the same, after a pause.</summary>
    private Task Send(int n)
    {
        var request = new SubmitActsRequest { RequestId = $"charge-{n}", Acts = { Rc(n) } };
        return _cluster.Until($"act {n} is acknowledged", async () =>
        {
            try
            {
                var outcome = Assert.Single((await _cluster.Client.Intake.SubmitActsAsync(request, deadline: DateTime.UtcNow + Waiting.Patience)).Answers).Outcome;
                Assert.Contains(outcome, new[] { ActOutcome.Recorded, ActOutcome.NothingNew, ActOutcome.Busy });
                return outcome != ActOutcome.Busy;
            }
            catch (RpcException gone) when (gone.StatusCode is StatusCode.Unavailable or StatusCode.Unknown)
            {
                return false; // The silo of the act is gone, and what became of the act is not known.
            }
        });
    }

    private SubmittedAct Rc(int n) => new()
    {
        Finess = ProjetOf(n).Site,
        Entite = ProjetOf(n).Entite,
        Rc = new() { Numero = $"RC-{n}", Activite = "R4", Modalite = "01", Forme = "02", Capacite = 1 + n },
        ValidOn = "2026-02-01",
    };
}
