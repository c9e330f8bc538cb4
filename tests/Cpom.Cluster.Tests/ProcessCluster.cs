using System.Globalization;
using System.Net;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;

namespace Cpom.Cluster.Tests;

/// <summary>
/// Three silos and a gateway as users run them, in processes of their own over one PostgreSQL, and a client of the gateway. Whoever waits for them waits
/// for a bounded time, and is then told what they have printed.
/// </summary>
public sealed class ProcessCluster : IAsyncDisposable
{
    public const int Silos = 3;

    /// <summary>Orleans' own number for a silo that takes part.</summary>
    private const int Active = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private readonly ServerProcess?[] _silos = new ServerProcess?[Silos];
    private readonly (int Silo, int Client)[] _ports = [.. Enumerable.Range(0, Silos).Select(_ => (ServerProcess.FreePort(), ServerProcess.FreePort()))];
    private readonly CutNetwork? _network;
    private ServerProcess? _gateway;

    private ProcessCluster(PostgresServer postgres, CutNetwork? network, string? program) =>
        (_database, _network, Program) = (postgres.CreateDatabase(), network, program);

    public Importer Client { get; private set; } = null!;

    /// <summary>The cpom.dll of what is started from here on; null for the one beside the tests.</summary>
    public string? Program { get; set; }

    public string Region => _folder.File("region");

    /// <summary>Returns when the gateway takes calls and all silos are in the list.</summary>
    /// <param name="network">Silo 0 is alone in one of its namespaces, the others are in the other; PostgreSQL must be reached from there.</param>
    public static async Task<ProcessCluster> Start(PostgresServer? postgres = null, CutNetwork? network = null, string? program = null)
    {
        var cluster = new ProcessCluster(postgres ?? PostgresServer.Shared, network, program);
        try
        {
            for (var silo = 0; silo < Silos; silo++)
            {
                await cluster.StartSilo(silo);
            }

            await cluster.StartGateway();
            cluster.Client = new(cluster._gateway!.Grpc);
            await cluster.Whole();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task<PostgresEventStore> Open() => PostgresEventStore.Open(_database);

    public ServerProcess Silo(int silo) => _silos[silo]!;

    /// <summary>The silo that the others reach at an address.</summary>
    public int SiloAt(string address) => Array.FindIndex(_ports, ports => address.EndsWith($":{ports.Silo}", StringComparison.Ordinal));

    public async Task StartSilo(int silo)
    {
        _silos[silo]?.Dispose();
        var place = silo == 0 ? _network?.Alone : _network?.Others;
        var database = _network is null ? _database : new NpgsqlConnectionStringBuilder(_database) { Host = _network.Machine.ToString() }.ConnectionString;
        _silos[silo] = await ServerProcess.Start(_folder.File($"silo-{silo}"), postgres: database, entry: place?.Entry, program: Program, variables: new Dictionary<string, string>
        {
            ["CPOM_HOST"] = "silo",
            ["CPOM_SILO_ADDRESS"] = $"{place?.Address ?? IPAddress.Loopback}",
            ["CPOM_SILO_PORT"] = _ports[silo].Silo.ToString(CultureInfo.InvariantCulture),
            ["CPOM_SILO_CLIENT_PORT"] = _ports[silo].Client.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Stops a silo in order, starts <see cref="Program"/> in its place, and returns when it takes part.</summary>
    public async Task ReplaceSilo(int silo)
    {
        await Silo(silo).Stop();
        await StartSilo(silo);
        await Whole();
    }

    /// <summary>The same for the gateway, where its clients know it.</summary>
    public async Task ReplaceGateway()
    {
        var old = _gateway!;
        await old.Stop();
        old.Dispose();
        await StartGateway(old.Http.Port, old.Grpc.Port);
    }

    /// <summary>Completes when all silos take part. One that has ended is started again, as whoever runs it would: a silo that was taken for dead ends itself.</summary>
    public Task Whole() => Until("all silos take part", async () =>
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            if (Silo(silo).Ended.IsCompleted)
            {
                await StartSilo(silo);
            }
        }

        return (await ActiveSilos()).Count == Silos;
    });

    /// <summary>Completes when the others have taken a silo out of the list.</summary>
    public Task Gone(int silo) => Until($"silo {silo} is out of the list", async () =>
        !(await ActiveSilos()).Any(address => address.Contains($":{_ports[silo].Silo}@", StringComparison.Ordinal)));

    /// <summary>Completes when a silo has ended by itself.</summary>
    public Task Ended(int silo) => Until($"silo {silo} has ended", () => Task.FromResult(Silo(silo).Ended.IsCompleted));

    /// <inheritdoc cref="Waiting.Relayed"/>
    public Task Relayed(PostgresEventStore store, long position) => Waiting.Relayed(store, position, Printed);

    /// <summary>Completes when everything is relayed, and what came of it.</summary>
    public async Task Settle(PostgresEventStore store)
    {
        for (long before = -1, last = await store.LastPosition(default); before < last; (before, last) = (last, await store.LastPosition(default)))
        {
            await Relayed(store, last);
        }
    }

    /// <inheritdoc cref="Waiting.Until"/>
    public Task Until(string what, Func<Task<bool>> isSo) => Waiting.Until(what, isSo, Printed);

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

    private async Task StartGateway(int http = 0, int grpc = 0) => _gateway = await ServerProcess.Start(
        _folder.File("gateway"), http, grpc, _database, program: Program, variables: new Dictionary<string, string> { ["CPOM_HOST"] = "gateway" });

    private async Task<List<string>> ActiveSilos()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT silo FROM cluster_silo WHERE status = {Active}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var active = new List<string>();
        while (await reader.ReadAsync())
        {
            active.Add(reader.GetString(0));
        }

        return active;
    }

    private string Printed() => string.Join('\n', _silos.Append(_gateway).Select((process, n) => $"--- {(n < Silos ? $"silo {n}" : "gateway")}\n{process?.Printed}"));
}
