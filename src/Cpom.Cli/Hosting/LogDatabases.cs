using System.Data.Common;
using Cpom.Server;
using Cpom.Storage;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Hosting;

/// <summary>The log that the options name, opened beside or instead of a server; and what went wrong with it, in French.</summary>
internal static class LogDatabases
{
    public static async Task<LogDatabase> OpenToRead(ServerOptions options, CancellationToken cancellation) =>
        options.Postgres is { } connection
            ? await PostgresLogDatabase.OpenToRead(connection, cancellation)
            : await SqliteLogDatabase.OpenToRead(Path.Combine(options.DataFolder, CpomServer.DatabaseName), cancellation);

    public static async Task<LogDatabase> OpenToRestore(ServerOptions options, TimeProvider time, CancellationToken cancellation) =>
        options.Postgres is { } connection
            ? await PostgresLogDatabase.OpenToRestore(connection, time, cancellation)
            : await SqliteLogDatabase.OpenToRestore(Path.Combine(options.DataFolder, CpomServer.DatabaseName), time, cancellation);

    /// <exception cref="CliException">The file, the database or the log in it is not usable.</exception>
    public static async Task<T> Try<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception refused) when (refused is BackupDamagedException or StoreUnusableException or ReplayException)
        {
            throw new CliException(refused.Message);
        }
        catch (DbException failure)
        {
            throw new CliException($"La base de données ne répond pas comme il faut : {failure.Message}");
        }
    }
}
