using System.Net;
using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;
using Npgsql;

namespace Cpom.Resilience.Tests;

/// <summary>A contrat that is being prepared, and a site of its entity.</summary>
public sealed record Projet(string Numero, string Entite, string Site);

/// <summary>Two servers in processes of their own over one PostgreSQL, and a client that knows both.</summary>
public sealed class TwoNodes : IAsyncDisposable
{
    /// <summary>As the service configuration of an ordinary client has it: UNAVAILABLE is sent again, each time to the next address.</summary>
    private const int AttemptsMax = 5;

    private const string Holders =
        "SELECT count(*), count(DISTINCT pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() "
        + "WHERE l.locktype = 'advisory' AND l.granted AND l.objid BETWEEN 100 AND 107";

    private readonly TemporaryFolder _folder = new();
    private readonly string _database = PostgresServer.Shared.CreateDatabase();
    private readonly ServerProcess?[] _servers = new ServerProcess?[2];
    private readonly Importer[] _clients = new Importer[2];

    public static async Task<TwoNodes> Start()
    {
        var nodes = new TwoNodes();
        for (var node = 0; node < 2; node++)
        {
            await nodes.Start(node, ServerProcess.FreePort(), ServerProcess.FreePort());
            nodes._clients[node] = new(nodes._servers[node]!.Grpc);
        }

        await nodes.Held(holders: 2);
        return nodes;
    }

    public Task<PostgresEventStore> Open() => PostgresEventStore.Open(_database);

    /// <summary>Imports the contrats of the small region as projects.</summary>
    public async Task<IReadOnlyList<Projet>> Prepare()
    {
        var region = Region.Write(_folder.File("region"), days: 0);
        await _clients[0].Import(region[0]);
        await _clients[1].Import(region[4]); // By the other node: it must see what the first one has recorded.
        await using var store = await Open();
        var facts = (await store.ReadLog(0, int.MaxValue, default)).Select(EventCodec.Decode).ToList();
        var sites = facts.OfType<SiteEvent.SiteRegistered>().ToLookup(s => s.Entite, s => s.Finess);
        var projets = facts.OfType<ContratEvent.ContratOpened>()
            .DistinctBy(o => o.Fiche.Entite)
            .Select(o => new Projet(o.Fiche.Numero, o.Fiche.Entite, o.Sites.FirstOrDefault() ?? sites[o.Fiche.Entite].First()))
            .ToList();
        Assert.NotEmpty(projets);
        return projets;
    }

    /// <param name="first">The node to ask first.</param>
    public async Task<T> Send<T>(int first, Func<Importer, Task<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call(_clients[(first + attempt) % 2]);
            }
            catch (RpcException unavailable) when (unavailable.StatusCode == StatusCode.Unavailable && attempt < AttemptsMax - 1)
            {
                // The other node, then.
            }
        }
    }

    public void Kill(int node) => _servers[node]!.Kill();

    /// <summary>Stops a node in order and starts it again, and returns when it says that it is ready.</summary>
    public async Task Restart(int node)
    {
        var old = _servers[node]!;
        await old.Stop();
        old.Dispose();
        await Start(node, old.Http.Port, old.Grpc.Port);
        using var http = new HttpClient { BaseAddress = old.Http };
        while ((await http.GetAsync("readyz")).StatusCode != HttpStatusCode.OK)
        {
            // It is reading the log.
        }
    }

    /// <summary>What a node of the next release does at its start, beside the two: the schema grows by a step that lets today's program work on.</summary>
    public async Task Migrate()
    {
        var today = Migrations.Embedded("Postgres");
        var step = Migration.Parse(
            $"{today.Count + 1:D4}_later",
            $"-- Readable from: {today.Count}\nALTER TABLE event ADD COLUMN later text; ALTER TABLE checkpoint ADD COLUMN later text; CREATE TABLE later (n integer);");
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await Migrations.Apply(connection, [.. today, step], MigrationDialect.Postgres, TimeProvider.System, default);
    }

    /// <summary>Completes when every partition is held, by so many nodes.</summary>
    public async Task Held(long holders)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Holders, connection);
        while (true)
        {
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            if ((reader.GetInt64(0), reader.GetInt64(1)) == (8, holders))
            {
                return;
            }
        }
    }

    /// <summary>Completes when every partition is relayed up to a position.</summary>
    public static async Task Relayed(PostgresEventStore store, long position)
    {
        while ((await store.ReadCheckpoints([.. Enumerable.Range(0, 8).Select(p => $"relay-{p}-of-8")], default)).Min() < position)
        {
            // Each look is a question to the database, and long enough a pause.
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client?.Dispose();
        }

        foreach (var server in _servers)
        {
            server?.Dispose();
        }

        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Start(int node, int http, int grpc) =>
        _servers[node] = await ServerProcess.Start(_folder.File($"node-{node}"), http, grpc, _database);
}
