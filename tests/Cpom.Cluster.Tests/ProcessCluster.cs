using System.Globalization;
using System.Net;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;

namespace Cpom.Cluster.Tests;

/// <summary>Three silos and a gateway as users run them, in processes of their own over one PostgreSQL, and a client of the gateway.</summary>
public sealed class ProcessCluster : IAsyncDisposable
{
    public const int Silos = 3;

    /// <summary>Orleans' own number for a silo that takes part.</summary>
    private const int Active = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private readonly ServerProcess?[] _silos = new ServerProcess?[Silos];
    private readonly (int Silo, int Client)[] _ports = [.. Enumerable.Range(0, Silos).Select(_ => (ServerProcess.FreePort(), ServerProcess.FreePort()))];
    private ServerProcess _gateway = null!;

    private readonly CutNetwork? _network;

    private ProcessCluster(PostgresServer postgres, CutNetwork? network) => (_database, _network) = (postgres.CreateDatabase(), network);

    public Importer Client { get; private set; } = null!;

    public string Region => _folder.File("region");

    /// <summary>Returns when the gateway takes calls and all silos are in the list.</summary>
    /// <param name="network">Silo 0 is alone in one of its namespaces, the others are in the other; PostgreSQL must be reached from there.</param>
    public static async Task<ProcessCluster> Start(PostgresServer? postgres = null, CutNetwork? network = null)
    {
        var cluster = new ProcessCluster(postgres ?? PostgresServer.Shared, network);
        for (var silo = 0; silo < Silos; silo++)
        {
            await cluster.StartSilo(silo);
        }

        cluster._gateway = await ServerProcess.Start(
            cluster._folder.File("gateway"), postgres: cluster._database, variables: new Dictionary<string, string> { ["CPOM_HOST"] = "gateway" });
        cluster.Client = new(cluster._gateway.Grpc);
        await cluster.Listed(Silos);
        return cluster;
    }

    public Task<PostgresEventStore> Open() => PostgresEventStore.Open(_database);

    public ServerProcess Silo(int silo) => _silos[silo]!;

    public async Task StartSilo(int silo)
    {
        _silos[silo]?.Dispose();
        var place = silo == 0 ? _network?.Alone : _network?.Others;
        var database = _network is null ? _database : new NpgsqlConnectionStringBuilder(_database) { Host = _network.Machine.ToString() }.ConnectionString;
        _silos[silo] = await ServerProcess.Start(_folder.File($"silo-{silo}"), postgres: database, entry: place?.Entry, variables: new Dictionary<string, string>
        {
            ["CPOM_HOST"] = "silo",
            ["CPOM_SILO_ADDRESS"] = $"{place?.Address ?? IPAddress.Loopback}",
            ["CPOM_SILO_PORT"] = _ports[silo].Silo.ToString(CultureInfo.InvariantCulture),
            ["CPOM_SILO_CLIENT_PORT"] = _ports[silo].Client.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Completes when so many silos take part, as the list beside the log has it.</summary>
    public async Task Listed(long silos)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM cluster_silo WHERE status = {Active}", connection);
        while (await command.ExecuteScalarAsync() is not long listed || listed != silos)
        {
            // Each look is a question to the database, and long enough a pause.
        }
    }

    /// <summary>Completes when nobody answers any more where the silo did.</summary>
    public async Task Ended(int silo)
    {
        using var http = new HttpClient { BaseAddress = Silo(silo).Http };
        try
        {
            while (true)
            {
                await http.GetStringAsync("healthz");
            }
        }
        catch (HttpRequestException)
        {
            // It has ended.
        }
    }

    /// <summary>Completes when every partition is relayed up to a position.</summary>
    public static async Task Relayed(PostgresEventStore store, long position)
    {
        while ((await store.ReadCheckpoints([.. Enumerable.Range(0, 8).Select(p => $"relay-{p}-of-8")], default)).Min() < position)
        {
            // As above.
        }
    }

    public ValueTask DisposeAsync()
    {
        Client?.Dispose();
        _gateway?.Dispose();
        foreach (var silo in _silos)
        {
            silo?.Dispose();
        }

        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
