using System.Data.Common;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.Storage.Backups;
using Cpom.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cpom.Conformance;

/// <summary>A database of one test's own, by the ways that a program comes to it.</summary>
/// <param name="Kind">As <see cref="CrashWriter"/> is told it.</param>
/// <param name="Where">A path, or a connection string.</param>
public sealed record LogPlace(string Kind, string Where)
{
    public static LogPlace Sqlite(TemporaryFolder folder, string name) => new("sqlite", folder.File(name));

    public static LogPlace Postgres() => new("postgres", PostgresServer.Shared.CreateDatabase());

    public async Task<IEventStore> Open() => Kind == "sqlite" ? await SqliteEventStore.Open(Where) : await PostgresEventStore.Open(Where);

    public async Task<LogDatabase> OpenToRead() =>
        Kind == "sqlite" ? await SqliteLogDatabase.OpenToRead(Where, default) : await PostgresLogDatabase.OpenToRead(Where, default);

    public async Task<LogDatabase> OpenToRestore() =>
        Kind == "sqlite" ? await SqliteLogDatabase.OpenToRestore(Where, TimeProvider.System, default) : await PostgresLogDatabase.OpenToRestore(Where, TimeProvider.System, default);

    public async Task<DbConnection> Connect()
    {
        DbConnection connection = Kind == "sqlite" ? new SqliteConnection($"Data Source={Where};Pooling=False") : new NpgsqlConnection(Where);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<BackupManifest> Save(string file)
    {
        await using var source = await OpenToRead();
        return await Backup.Save(source, file, TimeProvider.System, null, default);
    }

    public async Task<RestoreReport> Restore(string file, RestoreUntil? until = null)
    {
        await using var target = await OpenToRestore();
        return await Storage.Backups.Restore.Run(file, target, until, null, default);
    }
}
