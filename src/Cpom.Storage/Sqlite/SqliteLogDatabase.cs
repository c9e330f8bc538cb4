using System.Data.Common;
using Cpom.Storage.Backups;
using Microsoft.Data.Sqlite;

namespace Cpom.Storage;

/// <summary>The SQLite file. The lock file keeps a second writer out; a reader needs no leave of the process that serves (WAL).</summary>
public sealed class SqliteLogDatabase : LogDatabase
{
    private readonly SqliteSession _session;
    private readonly FileStream? _ownership;

    private SqliteLogDatabase(SqliteSession session, FileStream? ownership) => (_session, _ownership) = (session, ownership);

    public override string Name => "sqlite";

    protected override DbConnection Connection => _session.Connection;

    protected override string Columns => SqliteEventStore.Columns;

    protected override string Lock => "";

    /// <summary>To read, also while a server has it open.</summary>
    /// <exception cref="StoreUnusableException">There is no log, it is newer than this program, or a restore of it is unfinished.</exception>
    public static async Task<SqliteLogDatabase> OpenToRead(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new StoreUnusableException($"Il n'y a pas de journal {path}.");
        }

        var session = new SqliteSession(path, writes: false);
        try
        {
            await Migrations.CheckApplied(session.Connection, Migrations.Embedded("Sqlite"), cancellation);
            await UnfinishedRestore.Refuse(session.Connection, cancellation);
            return new(session, null);
        }
        catch (SqliteException failure)
        {
            session.Dispose();
            throw new StoreUnusableException($"{path} n'est pas un journal de cette plate-forme ({failure.Message}).", failure);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>To restore into: creates the file when missing, and keeps every server out until disposed.</summary>
    /// <exception cref="StoreUnusableException">Another process has it open, or it is newer than this program.</exception>
    public static async Task<SqliteLogDatabase> OpenToRestore(string path, TimeProvider time, CancellationToken cancellation)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var ownership = SqliteEventStore.Own(path);
        SqliteSession? session = null;
        try
        {
            session = new(path, writes: true);
            await Migrations.Apply(session.Connection, Migrations.Embedded("Sqlite"), MigrationDialect.Sqlite, time, cancellation);
            return new(session, ownership);
        }
        catch
        {
            session?.Dispose();
            await ownership.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Transaction is { } transaction)
        {
            await transaction.DisposeAsync();
        }

        _session.Dispose();
        if (_ownership is not null)
        {
            await _ownership.DisposeAsync();
        }
    }

    protected override Task AllowWriting(CancellationToken cancellation) => Execute("PRAGMA query_only = OFF", cancellation);

    internal override LogRow Row(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.GetString(7),
        reader.GetFieldValue<byte[]>(8));

    internal override Task Insert(IEnumerable<LogRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var insert = _session.Prepare(
                SqliteEventStore.InsertEvent,
                row.Position,
                row.Actor,
                row.Version,
                row.Name,
                row.Payload,
                row.ValidOn,
                row.RecordedAt,
                row.Author,
                row.Cause);
            insert.Transaction = (SqliteTransaction?)Transaction;
            insert.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }
}
