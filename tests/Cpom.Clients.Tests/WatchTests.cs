using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cpom.GrpcCompat;
using Cpom.Sample;
using Cpom.TestKit;
using Cpom.V1;

namespace Cpom.Clients.Tests;

/// <summary>A follower of the portfolio that outlives the server: killed and started again under it, it misses nothing.</summary>
public sealed class WatchTests
{
    [ToolFact(Tool.Node, DisplayName = "grpc-js : un suivi reprend après la mort du serveur, à sa dernière position, sans rien manquer")]
    public async Task Watch_resumes_after_a_kill()
    {
        using var folder = new TemporaryFolder();
        var stock = SampleRegion.Write(new() { Directory = folder.File("region"), Scale = SampleScale.Mini }).Days[0].Directory;
        var (http, grpc) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        using var first = await ServerProcess.Start(folder.File("data"), http, grpc);
        await Platform.Fill(first, stock);
        using var channel = CpomGrpcChannel.ForAddress(first.Grpc);
        var contrat = await ContratInForce(channel);
        using var watcher = Watcher.Start(first, contrat.Fiche.Numero);

        await watcher.Until(contrat.Figures.Pending);
        await Submit(channel, contrat, number: 1);
        await watcher.Until(contrat.Figures.Pending + 1);
        var seen = watcher.Position;
        first.Kill();
        await watcher.UntilEnded();

        using var second = await ServerProcess.Start(folder.File("data"), http, grpc);
        using var again = CpomGrpcChannel.ForAddress(second.Grpc);
        await Submit(again, contrat, number: 2);
        await watcher.Resume();
        await watcher.Until(contrat.Figures.Pending + 2); // Recorded while nobody watched.
        await Submit(again, contrat, number: 3);
        await watcher.Until(contrat.Figures.Pending + 3); // And live again.
        Assert.True(watcher.Position > seen);
        Assert.True(watcher.PositionsRise, "The log positions of a watch never go back.");
    }

    private static async Task<Contrat> ContratInForce(CpomGrpcChannel channel)
    {
        var rows = await new PortfolioService.PortfolioServiceClient(channel).QueryAsync(new() { Filter = "statut = en_vigueur", PageSize = 1 });
        return (await new ContratsService.ContratsServiceClient(channel).GetContratAsync(new() { Name = Assert.Single(rows.Rows).Name })).Contrat;
    }

    /// <summary>One new RC on a site of the contrat: one more item waits for an avenant.</summary>
    private static async Task Submit(CpomGrpcChannel channel, Contrat contrat, int number)
    {
        var act = new SubmittedAct
        {
            Finess = contrat.Sites[0].Site,
            Entite = contrat.Fiche.Entite,
            Rc = new() { Numero = string.Create(CultureInfo.InvariantCulture, $"SUIVI-{number}"), Activite = "R4", Modalite = "01", Forme = "02", Capacite = 4 },
            ValidOn = contrat.Fiche.DateEffet,
        };
        var response = await new IntakeService.IntakeServiceClient(channel).SubmitActsAsync(new() { Acts = { act } });
        Assert.Equal(ActOutcome.Recorded, Assert.Single(response.Answers).Outcome);
    }

    /// <summary>The script grpc-js/watch.mjs, which tells what it sees line by line.</summary>
    private sealed class Watcher : IDisposable
    {
        private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(60);

        private readonly Process _node;
        private readonly string _numero;
        private readonly List<long> _positions = [];

        private Watcher(Process node, string numero) => (_node, _numero) = (node, numero);

        public long Position => _positions.LastOrDefault();

        public bool PositionsRise => _positions.SequenceEqual(_positions.Order());

        public static Watcher Start(ServerProcess server, string numero)
        {
            var given = JsonSerializer.Serialize(new { address = server.Grpc.Authority, protos = Repository.At("protos"), filter = "statut = en_vigueur" });
            var start = new ProcessStartInfo("node", [Repository.At("tests/clients/grpc-js/watch.mjs"), given])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            return new(Process.Start(start)!, numero);
        }

        /// <summary>Returns when a row of the contrat shows so many pending items.</summary>
        public async Task Until(int pending)
        {
            while (true)
            {
                var line = await Next($"{pending} pending items");
                Assert.Equal("rows", line.Text("check"));
                if (line.Int("position") > 0)
                {
                    _positions.Add(line.GetProperty("position").GetInt64());
                }

                var rows = line.GetProperty("rows").EnumerateArray().Where(row => row.Text("numero") == _numero).ToList();
                Assert.All(rows, row => Assert.True(row.Int("pending") <= pending, $"{row} after {pending} were submitted."));
                if (rows.Any(row => row.Int("pending") == pending) && Position > 0)
                {
                    return;
                }
            }
        }

        public async Task UntilEnded()
        {
            var line = await Next("the end of the stream");
            while (line.Text("check") == "rows")
            {
                line = await Next("the end of the stream");
            }

            Assert.Equal("ended", line.Text("check"));
        }

        public async Task Resume()
        {
            await _node.StandardInput.WriteLineAsync("resume");
            await _node.StandardInput.FlushAsync();
        }

        public void Dispose()
        {
            _node.Kill();
            _node.WaitForExit();
            _node.Dispose();
        }

        private async Task<JsonElement> Next(string awaited)
        {
            try
            {
                var line = await _node.StandardOutput.ReadLineAsync().WaitAsync(StepMax);
                return JsonElement.Parse(line ?? throw new InvalidOperationException("The watcher has gone."));
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"The watcher has not told of {awaited}; it is at {Position}.");
            }
        }
    }
}
