using System.Diagnostics;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Benchmarks;

/// <summary>The platform in processes of its own over a database of its own: a node, or silos and a gateway. Entities of the ledger are known before it starts.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const int Entites = 4_096;

    private readonly TemporaryFolder _folder;
    private readonly ServerProcess? _node;

    private Served(string database, PostgresEventStore store, ServerProcess? node, ClusterProcesses? cluster, TemporaryFolder folder)
    {
        (Database, Store, _node, Cluster, _folder) = (database, store, node, cluster, folder);
        Client = new((node ?? cluster!.Gateway).Grpc);
    }

    public string Database { get; }

    /// <summary>The same log, for the bench to look at.</summary>
    public PostgresEventStore Store { get; }

    /// <summary>Null where it is one node.</summary>
    public ClusterProcesses? Cluster { get; }

    public Client Client { get; }

    /// <param name="silos">0 for one embedded node.</param>
    public static async Task<Served> Start(int silos)
    {
        var (database, folder) = (Databases.New(), new TemporaryFolder());
        var store = await PostgresEventStore.Open(database);
        await using (var appender = new GroupAppender(store))
        {
            await new Ledger(new EmbeddedActors(store, appender, new()), Entites).Register();
        }

        if (silos == 0)
        {
            return new(database, store, await ServerProcess.Start(folder.File("node"), postgres: database), null, folder);
        }

        var cluster = new ClusterProcesses(folder.File("cluster"), silos, new Dictionary<string, string> { ["CPOM_POSTGRES"] = database });
        await cluster.Start();
        return new(database, store, null, cluster, folder);
    }

    /// <summary>What all of its processes have taken of the processors so far; the database's are not among them.</summary>
    public async Task<TimeSpan> ProcessorTime()
    {
        var total = TimeSpan.Zero;
        foreach (var server in Cluster?.Processes ?? [_node!])
        {
            using var process = Process.GetProcessById(await server.Id);
            total += process.TotalProcessorTime;
        }

        return total;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Cluster?.Dispose();
        _node?.Dispose();
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
