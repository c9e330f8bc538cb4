using System.Globalization;
using Cpom.Runtime;
using Cpom.Server;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;

namespace Cpom.Soak;

/// <summary>Where a run keeps its log: what the server is told of it, and how the checker reads it.</summary>
internal abstract class SoakStore(string folder, LoopDisk? disk) : IDisposable
{
    /// <summary>Given to the server. On the disk of the run's own where there is one.</summary>
    public string DataFolder { get; } = Directory.CreateDirectory(Path.Combine(disk?.Folder ?? folder, "data")).FullName;

    /// <summary>The disk of the run's own, to fill and to slow down; null where none could be mounted.</summary>
    public LoopDisk? Disk => disk;

    /// <summary>Where each transaction of the store writes first.</summary>
    public abstract string WrittenFolder { get; }

    /// <summary>Environment variables of the server.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public static SoakStore Open(string kind, string folder, LoopDisk? disk) => kind switch
    {
        "sqlite" => new SqliteSoakStore(folder, disk),
        "postgres" => new PostgresSoakStore(folder, disk),
        _ => throw new ArgumentException($"STORE is sqlite or postgres, not {kind}."),
    };

    /// <summary>The whole log, while no server runs.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadLog(CancellationToken cancellation)
    {
        await using var store = await OpenLog(cancellation);
        return await Histories.ReadLog(store, cancellation);
    }

    /// <summary>Bytes that the log takes on the disk.</summary>
    public abstract long Bytes();

    /// <summary>What a failed run leaves for people to look at.</summary>
    public abstract void Keep(string target);

    public abstract void Dispose();

    protected abstract Task<IEventStore> OpenLog(CancellationToken cancellation);

    protected static long BytesOf(string path) => new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}

internal sealed class SqliteSoakStore(string folder, LoopDisk? disk) : SoakStore(folder, disk)
{
    public override string WrittenFolder => DataFolder;

    public override long Bytes() => BytesOf(DataFolder);

    public override void Keep(string target)
    {
        foreach (var file in Directory.GetFiles(DataFolder, CpomServer.DatabaseName + "*"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    }

    public override void Dispose()
    {
    }

    protected override async Task<IEventStore> OpenLog(CancellationToken cancellation) =>
        await SqliteEventStore.Open(Path.Combine(DataFolder, CpomServer.DatabaseName), TimeProvider.System, cancellation);
}

/// <summary>A PostgreSQL cluster of the run's own.</summary>
internal sealed class PostgresSoakStore : SoakStore
{
    private const string ApplicationName = "cpom-soak";

    private readonly PostgresServer _cluster;
    private readonly string _connection;

    public PostgresSoakStore(string folder, LoopDisk? disk)
        : base(folder, disk)
    {
        _cluster = new(disk?.Folder);
        _connection = _cluster.CreateDatabase();
        Variables["CPOM_POSTGRES"] = new NpgsqlConnectionStringBuilder(_connection) { ApplicationName = ApplicationName }.ConnectionString;
    }

    public override string WrittenFolder => Path.Combine((string)Query("SHOW data_directory")!, "pg_wal");

    public override long Bytes() => (long)Query("SELECT pg_database_size(current_database())")!;

    public override void Keep(string target)
    {
        using var connection = new NpgsqlConnection(_connection);
        connection.Open();
        using var copied = connection.BeginTextExport("COPY (SELECT position, actor, version, name, payload, recorded_at, author FROM event ORDER BY position) TO STDOUT");
        File.WriteAllText(Path.Combine(target, "event.tsv"), copied.ReadToEnd());
    }

    /// <summary>The postmaster is killed and the cluster started again.</summary>
    public void KillPostmaster()
    {
        NpgsqlConnection.ClearAllPools();
        _cluster.KillPostmaster();
        _cluster.Start();
    }

    /// <summary>A full disk may have taken the cluster down.</summary>
    public void StartIfDown()
    {
        try
        {
            Query("SELECT 1");
        }
        catch (NpgsqlException)
        {
            _cluster.StopImmediately();
            _cluster.Start();
        }
    }

    /// <summary>Cuts the connections on which the relay has last spoken, or else all of the server's.</summary>
    /// <returns>How many were cut.</returns>
    public long CutRelay() => Cut("AND query LIKE '%checkpoint%'") is > 0 and var count ? count : Cut("");

    public override void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _cluster.Dispose();
    }

    protected override async Task<IEventStore> OpenLog(CancellationToken cancellation) => await PostgresEventStore.Open(_connection, cancellation: cancellation);

    private long Cut(string which) => (long)Query(
        $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{ApplicationName}' {which}")!;

    private object? Query(string text)
    {
        using var connection = new NpgsqlConnection(string.Create(CultureInfo.InvariantCulture, $"{_connection};Pooling=false"));
        connection.Open();
        using var command = new NpgsqlCommand(text, connection);
        return command.ExecuteScalar();
    }
}
