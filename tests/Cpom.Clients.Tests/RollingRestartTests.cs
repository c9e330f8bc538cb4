using System.Globalization;
using System.Text.Json;
using Cpom.Domain.Acts;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>Two servers on one PostgreSQL behind haproxy, which asks both for their health, and a client that knows neither.</summary>
public sealed class RollingRestartTests : IDisposable
{
    /// <summary>Far more than an act or a look takes on a loaded machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private readonly ServerProcess?[] _servers = new ServerProcess?[2];
    private TaskCompletionSource _isBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server?.Dispose();
        }

        _folder.Dispose();
    }

    [ToolFact(Tool.Node, Tool.Haproxy, Tool.Postgres, DisplayName = "grpc-js écrit à travers haproxy pendant que chaque serveur est arrêté et relancé : aucun appel n'échoue, aucun acte n'est doublé")]
    public async Task No_call_fails_and_none_is_doubled()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        await Start(0, database);
        await Start(1, database);
        await using var store = await PostgresEventStore.Open(database);
        var site = await Prepare(store);
        var port = ServerProcess.FreePort();
        using var haproxy = await Proxy.Haproxy(await Configure(port), line =>
        {
            if (line.Contains(" is UP", StringComparison.Ordinal))
            {
                _isBack.TrySetResult();
            }
        });

        var stop = _folder.File("stop");
        var writing = ClientScript.Node("grpc-js/writing.mjs", new { address = $"127.0.0.1:{port}", protos = Repository.At("protos"), site = site.Finess, entite = site.Entite, stop });
        for (var node = 0; node < 2; node++)
        {
            await Written(store, writing);
            await Restart(node, database);
        }

        await Written(store, writing);
        await File.WriteAllTextAsync(stop, string.Empty);
        var report = (await writing)["writing"];
        Assert.Empty(Texts(report, "failed"));
        var stored = (await store.ReadActor($"site-{site.Finess}", 0, default).ToListAsync())
            .Select(e => EventCodec.Decode(e)).OfType<ILigneFact>().Select(fact => fact.LigneId).Where(id => id.Contains("/RC/RC-", StringComparison.Ordinal));
        Assert.Equal(Texts(report, "sent").Select(numero => $"{site.Finess}/RC/{numero}"), stored);
    }

    /// <summary>A site of the small region.</summary>
    private async Task<SiteEvent.SiteRegistered> Prepare(PostgresEventStore store)
    {
        using var client = new Importer(_servers[0]!.Grpc);
        await client.Import(Region.Write(_folder.File("region"), days: 0)[0]);
        return (await store.ReadLog(0, int.MaxValue, default)).Select(EventCodec.Decode).OfType<SiteEvent.SiteRegistered>().First();
    }

    /// <summary>
    /// Each node is looked at ten times a second, and one that says that it is not ready is given no call. An answer may take long on a loaded machine:
    /// without "timeout check" a slow one counts as none.
    /// </summary>
    private async Task<string> Configure(int port)
    {
        var configuration = _folder.File("haproxy.cfg");
        var servers = _servers.Select((server, node) => string.Create(
            CultureInfo.InvariantCulture,
            $"    server node-{node} {server!.Grpc.Authority} proto h2 check port {server.Http.Port} check-proto h1 inter 100ms fall 1 rise 1"));
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            global
                maxconn 100
            defaults
                mode http
                timeout connect 10s
                timeout client 60s
                timeout server 60s
                timeout check 60s
            frontend grpc
                bind 127.0.0.1:{port} proto h2
                default_backend cpom
            backend cpom
                option httpchk GET /readyz
            {string.Join('\n', servers)}

            """));
        return configuration;
    }

    private async Task Start(int node, string database, int http = 0, int grpc = 0) => _servers[node] = await ServerProcess.Start(
        _folder.File($"node-{node}"), http, grpc, database, new Dictionary<string, string> { ["CPOM_DRAIN_DELAY"] = "3" });

    /// <summary>Completes when haproxy gives the node calls again: who restarts the next one earlier leaves it none to give them to.</summary>
    private async Task Restart(int node, string database)
    {
        var old = _servers[node]!;
        _isBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await old.Stop();
        old.Dispose();
        await Start(node, database, old.Http.Port, old.Grpc.Port);
        await _isBack.Task.WaitAsync(Patience);
    }

    /// <summary>Completes when something more is recorded, or the client has ended.</summary>
    private static async Task Written(PostgresEventStore store, Task writing)
    {
        for (var last = await store.LastPosition(default); await store.LastPosition(default) == last && !writing.IsCompleted;)
        {
            await Task.WhenAny(store.WaitForAppend(last, default), writing).WaitAsync(Patience);
        }
    }

    private static IEnumerable<string> Texts(JsonElement line, string name) => line.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);
}
