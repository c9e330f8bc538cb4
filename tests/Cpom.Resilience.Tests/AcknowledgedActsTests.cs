using Cpom.Domain.Acts;
using Cpom.Runtime;
using Cpom.Server;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cpom.Resilience.Tests;

/// <summary>What the server has answered "recorded" is there after its death, once, and stays once when it is sent again.</summary>
public sealed class AcknowledgedActsTests
{
    /// <summary>Requests under way at once: some are always unanswered when the server dies.</summary>
    private const int Senders = 8;

    private const int ActsPerRound = 120;
    private const int Rounds = 3;

    [Fact(DisplayName = "Un acte dont l'enregistrement a été annoncé survit à kill -9, une seule fois, même renvoyé")]
    public async Task Acknowledged_acts_survive()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        var site = await ImportStructures(folder, data);
        var random = new Random(1);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var unanswered = new List<SubmittedAct>();
        for (var round = 0; round < Rounds; round++)
        {
            var acts = Enumerable.Range(round * ActsPerRound, ActsPerRound).Select(n => Rc(site, n)).ToList();
            var (answered, lost) = await SubmitUntilKilled(data, acts, killAfter: random.Next(10, ActsPerRound / 2));
            acknowledged.UnionWith(answered);
            unanswered.AddRange(lost);
        }

        var afterDeaths = await TimesRecorded(data);
        Assert.NotEmpty(unanswered); // Else the server was never killed under way.
        Assert.All(acknowledged, ligne => Assert.Equal(1, afterDeaths.GetValueOrDefault(ligne)));
        Assert.All(afterDeaths, ligne => Assert.Equal(1, ligne.Value));

        await SubmitAll(data, unanswered);
        var afterRepetition = await TimesRecorded(data);
        Assert.Equal(Rounds * ActsPerRound, afterRepetition.Count);
        Assert.All(afterRepetition, ligne => Assert.Equal(1, ligne.Value));
    }

    private static async Task<SubmittedAct> ImportStructures(TemporaryFolder folder, string data)
    {
        await using var app = await Log.Open(data);
        using var importer = new Importer(CpomServer.AddressesOf(app).Grpc);
        await importer.Import(Region.Write(folder.File("region"), days: 0)[0]);
        var node = app.Services.GetRequiredService<CpomNode>();
        await node.Portfolio.WaitFor(await Log.Settle(node), CancellationToken.None);
        var site = node.Portfolio.Current.Sites.Values.First(s => s is { Known: true, ClosedOn: null });
        return new() { Finess = site.Finess, Entite = site.Entite };
    }

    private static SubmittedAct Rc(SubmittedAct site, int number) => new(site)
    {
        Rc = new() { Numero = $"RC-{number}", Activite = "R4", Modalite = "01", Forme = "02", Capacite = number + 1 },
        ValidOn = "2026-02-01",
    };

    /// <summary>Answers the lines acknowledged before the server died, and the acts that nobody knows the end of.</summary>
    private static async Task<(IReadOnlyCollection<string> Acknowledged, IReadOnlyCollection<SubmittedAct> Unanswered)> SubmitUntilKilled(
        string data, IReadOnlyList<SubmittedAct> acts, int killAfter)
    {
        using var server = await ServerProcess.Start(data);
        using var importer = new Importer(server.Grpc);
        var acknowledged = new List<string>();
        var unanswered = new List<SubmittedAct>();
        await Parallel.ForEachAsync(acts, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (act, token) =>
        {
            try
            {
                var answer = Assert.Single((await importer.Intake.SubmitActsAsync(new() { Acts = { act } }, cancellationToken: token)).Answers);
                Assert.Contains(answer.Outcome, new[] { ActOutcome.Recorded, ActOutcome.NothingNew });
                lock (acknowledged)
                {
                    acknowledged.Add(answer.LigneId);
                    if (acknowledged.Count == killAfter)
                    {
                        server.Kill();
                    }
                }
            }
            catch (RpcException)
            {
                lock (unanswered)
                {
                    unanswered.Add(act);
                }
            }
        });
        return (acknowledged, unanswered);
    }

    private static async Task SubmitAll(string data, IReadOnlyList<SubmittedAct> acts)
    {
        using var server = await ServerProcess.Start(data);
        using var importer = new Importer(server.Grpc);
        var response = await importer.Intake.SubmitActsAsync(new() { Acts = { acts } });
        Assert.All(response.Answers, answer => Assert.Contains(answer.Outcome, new[] { ActOutcome.Recorded, ActOutcome.NothingNew }));
        await server.Stop();
    }

    /// <summary>How many facts of its site each RC of this test has.</summary>
    private static async Task<Dictionary<string, int>> TimesRecorded(string data)
    {
        await using var store = await SqliteEventStore.Open(Path.Combine(data, CpomServer.DatabaseName), TimeProvider.System, CancellationToken.None);
        var log = await store.ReadLog(0, int.MaxValue, CancellationToken.None);
        return log
            .Where(stored => stored.Actor.StartsWith("site-", StringComparison.Ordinal))
            .Select(EventCodec.Decode)
            .OfType<ILigneFact>()
            .GroupBy(fact => fact.LigneId, StringComparer.Ordinal)
            .ToDictionary(facts => facts.Key, facts => facts.Count(), StringComparer.Ordinal);
    }
}
