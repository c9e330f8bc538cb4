using Cpom.Runtime;
using Cpom.Server;
using Cpom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.Soak.Specs;

/// <summary>A short run of the workload that nothing disturbs, in this process: a log, its journal and what is served, for every check to look at.</summary>
public sealed class CalmDay : IAsyncLifetime
{
    private const int Clients = 2;
    private const int Rounds = 8;
    private const int Files = 7;
    private const int Seed = 5;

    private readonly TemporaryFolder _folder = new();

    public IReadOnlyList<StoredEvent> Log { get; private set; } = [];

    public IReadOnlyList<Acknowledged> Commands { get; private set; } = [];

    public IReadOnlyList<ImportedFile> ImportedFiles { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Served { get; private set; } = new Dictionary<string, string>();

    public async Task InitializeAsync()
    {
        var options = new ServerOptions { DataFolder = _folder.File("data"), HttpPort = 0, GrpcPort = 0, LogLevel = LogLevel.Error };
        var store = new InMemoryEventStore();
        await using var app = await CpomServer.Build(options, new(Store: store));
        await app.StartAsync();
        using var connection = new Connection(CpomServer.AddressesOf(app).Grpc);
        using var journal = new Journal(_folder.File("journal.txt"));
        var served = new InProcess(connection);
        await Play(app, served, journal);
        Served = await Replica.Ask(connection, CancellationToken.None);
        Log = await Histories.ReadLog(store, CancellationToken.None);
        (Commands, ImportedFiles) = (journal.Commands, journal.Files);
        await app.StopAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    internal Task<IReadOnlyList<string>> Recompute(IReadOnlyList<StoredEvent> log) => Replica.Recompute(log, Served, _folder.File("recomputed"), CancellationToken.None);

    private async Task Play(WebApplication app, InProcess served, Journal journal)
    {
        var region = Region.Write(_folder.File("region"), days: 0);
        var importer = new ImportClient(served, journal, [SoakRegion.Write(_folder.File("entites")), .. region]);
        var connection = await served.Up(CancellationToken.None);
        await importer.PlayRound(CancellationToken.None);
        await Settle(app);
        var holdings = await SoakRegion.Holdings(connection, CancellationToken.None);
        foreach (var number in Enumerable.Range(0, Clients))
        {
            var client = new ContratClient(number, Seed, [holdings[number]], new(served, journal, $"client-{number}"));
            for (var round = 0; round < Rounds; round++)
            {
                await client.PlayRound(CancellationToken.None);
            }
        }

        for (var file = 0; file < Files; file++)
        {
            await importer.PlayRound(CancellationToken.None);
        }

        await Settle(app);
    }

    private static async Task Settle(WebApplication app)
    {
        var node = app.Services.GetRequiredService<CpomNode>();
        await node.Portfolio.WaitFor(await node.Settle(await node.Store.LastPosition(CancellationToken.None), CancellationToken.None), CancellationToken.None);
    }

    private sealed class InProcess(Connection connection) : IServed
    {
        public Task<Connection> Up(CancellationToken cancellation) => Task.FromResult(connection);

        public Task Gone(Connection gone) => Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
