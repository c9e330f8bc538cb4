using System.Collections.Concurrent;
using System.Diagnostics;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace Cpom.Resilience.Tests;

/// <summary>Two nodes on the same contrats at once: nothing acknowledged is lost, whatever becomes of one of them.</summary>
[RequiresPostgres]
public sealed class TwoNodesTests(ITestOutputHelper output)
{
    private const int Senders = 8;
    private const int CommandsMax = 240;

    /// <summary>Few, so that both nodes and the relays meet on each.</summary>
    private const int ProjetsMax = 4;

    [SuiteFact]
    public async Task No_update_is_lost_and_the_one_that_stays_relays_on_when_the_other_is_killed()
    {
        await using var nodes = await TwoNodes.Start();
        var projets = (await nodes.Prepare()).Take(ProjetsMax).ToList();
        await using var store = await nodes.Open();
        var (done, killed) = (new ConcurrentBag<int>(), new TaskCompletionSource<Stopwatch>());
        var watch = Task.Run(async () =>
        {
            var since = await killed.Task;
            var position = await store.LastPosition(default);
            await nodes.Held(holders: 1);
            var held = since.Elapsed;
            await TwoNodes.Relayed(store, position);
            output.WriteLine($"Partitions taken over after {held.TotalMilliseconds:F0} ms, relayed up to the kill after {since.Elapsed.TotalMilliseconds:F0} ms.");
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, CommandsMax), new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (n, _) =>
        {
            await nodes.Send(n % 2, client => Tell(client, projets[n / 2 % projets.Count], n));
            done.Add(n);
            if (done.Count == CommandsMax / 2)
            {
                nodes.Kill(0);
                killed.TrySetResult(Stopwatch.StartNew());
            }
        });
        killed.TrySetResult(Stopwatch.StartNew()); // Two senders may have passed the half at once.
        await watch;
        Assert.Equal(Enumerable.Range(0, CommandsMax), done.Order());
        await AssertAllThere(store, projets);
    }

    [SuiteFact]
    public Task Restarting_one_node_after_the_other_refuses_no_call_that_an_ordinary_retry_does_not_cover() => Roll(_ => Task.CompletedTask);

    [SuiteFact]
    public Task Servers_at_work_go_on_while_the_next_release_migrates_and_start_again_after_it() => Roll(nodes => nodes.Migrate());

    /// <summary>Restarts each node in turn under calls, after something has happened to both.</summary>
    private static async Task Roll(Func<TwoNodes, Task> happen)
    {
        await using var nodes = await TwoNodes.Start();
        var projets = (await nodes.Prepare()).Take(ProjetsMax).ToList();
        await using var store = await nodes.Open();
        var (next, stop) = (-1, false);
        var senders = Enumerable.Range(0, 2).Select(sender => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                var n = Interlocked.Increment(ref next);
                await nodes.Send(sender, client => Tell(client, projets[n % projets.Count], n));
            }
        })).ToList();
        await happen(nodes);
        await nodes.Restart(0);
        await nodes.Restart(1);
        await nodes.Held(holders: 2);
        Volatile.Write(ref stop, true);
        await Task.WhenAll(senders);
        Assert.InRange(next, 2, int.MaxValue);
        await AssertAllThere(store, projets, next + 1, n => projets[n % projets.Count]);
    }

    /// <summary>By turns an engagement of the contrat itself, and an act on a site, which the relays pass on to the contrat.</summary>
    private static async Task<long> Tell(Importer client, Projet projet, int n)
    {
        if (IsEngagement(n))
        {
            return (await client.Contrats.AddEngagementAsync(new() { Contrat = $"contrats/{projet.Numero}", Engagement = Engagement(projet, n) })).Recorded.LogPosition;
        }

        var answered = await client.Intake.SubmitActsAsync(new() { Acts = { Rc(projet, n) } });
        var outcome = Assert.Single(answered.Answers).Outcome;
        if (outcome == ActOutcome.Busy)
        {
            throw new RpcException(new(StatusCode.Unavailable, "The site is busy: the same act is to be sent again."));
        }

        Assert.Contains(outcome, new[] { ActOutcome.Recorded, ActOutcome.NothingNew });
        return answered.LogPosition;
    }

    /// <summary>Few enough for what a contrat may have.</summary>
    private static bool IsEngagement(int n) => n % 9 == 0 && n < CommandsMax;

    private static V1.Engagement Engagement(Projet projet, int n) => new()
    {
        Number = 1000 + n,
        Volet = Volet.A1V2,
        Finess = { projet.Entite },
        Objectif = $"Objectif {n}",
        Type = V1.EngagementType.Generique,
        Indicateurs = { new V1.Indicateur { Libelle = "Délai moyen", Cibles = { "10", "", "8", "", "6" } } },
    };

    private static SubmittedAct Rc(Projet projet, int n) => new()
    {
        Finess = projet.Site,
        Entite = projet.Entite,
        Rc = new() { Numero = $"RC-{n}", Activite = "R4", Modalite = "01", Forme = "02", Capacite = 1 + n },
        ValidOn = "2026-02-01",
    };

    private static Task AssertAllThere(PostgresEventStore store, IReadOnlyList<Projet> projets) =>
        AssertAllThere(store, projets, CommandsMax, n => projets[n / 2 % projets.Count]);

    private static async Task AssertAllThere(PostgresEventStore store, IReadOnlyList<Projet> projets, int count, Func<int, Projet> projetOf)
    {
        await TwoNodes.Relayed(store, await store.LastPosition(default));
        var log = await store.ReadLog(0, int.MaxValue, default);
        Assert.All(log.GroupBy(e => e.Actor), history => Assert.Equal(Enumerable.Range(1, history.Count()).Select(v => (long)v), history.Select(e => e.Version)));

        var facts = log.Where(e => e.Actor.StartsWith("contrat-", StringComparison.Ordinal)).Select(e => (e.Actor, Fact: EventCodec.Decode(e))).ToList();
        var engagements = facts.Where(f => f.Fact is ContratEvent.EngagementAdded { Engagement.Number: >= 1000 })
            .Select(f => $"{f.Actor} {((ContratEvent.EngagementAdded)f.Fact).Engagement.Number}");
        Assert.Equal(
            Enumerable.Range(0, count).Where(IsEngagement).Select(n => $"contrat-{projetOf(n).Numero} {1000 + n}").Order(StringComparer.Ordinal),
            engagements.Order(StringComparer.Ordinal));

        var numeros = projets.Select(p => $"contrat-{p.Numero}").ToHashSet(StringComparer.Ordinal);
        var acts = facts.Where(f => numeros.Contains(f.Actor)).Select(f => (f.Actor, (f.Fact as ContratEvent.SocleLigneSet)?.Act.Id))
            .Where(f => f.Id?.Contains("/RC/RC-", StringComparison.Ordinal) == true);
        Assert.Equal(
            Enumerable.Range(0, count).Where(n => !IsEngagement(n)).Select(n => $"contrat-{projetOf(n).Numero} {projetOf(n).Site}/RC/RC-{n}#1").Order(StringComparer.Ordinal),
            acts.Select(a => $"{a.Actor} {a.Id}").Order(StringComparer.Ordinal));
    }
}
