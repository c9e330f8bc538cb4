using System.Data.Common;
using System.Globalization;
using Cpom.Storage.Backups;
using Npgsql;
using NpgsqlTypes;

namespace Cpom.Storage;

/// <summary>The PostgreSQL database, whichever nodes serve it.</summary>
public sealed class PostgresLogDatabase : LogDatabase
{
    private readonly NpgsqlConnection _connection;

    private PostgresLogDatabase(NpgsqlConnection connection) => _connection = connection;

    public override string Name => "postgres";

    protected override DbConnection Connection => _connection;

    protected override string Columns => PostgresEventStore.Columns;

    protected override string Lock => PostgresAppend.Turn;

    /// <summary>To read, also while nodes serve.</summary>
    /// <exception cref="StoreUnusableException">There is no log, it is newer than this program, or a restore of it is unfinished.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static Task<PostgresLogDatabase> OpenToRead(string connection, CancellationToken cancellation) => Open(
        connection,
        async opened =>
        {
            try
            {
                await Migrations.CheckApplied(opened, Migrations.Embedded("Postgres"), cancellation);
                await UnfinishedRestore.Refuse(opened, cancellation);
            }
            catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                throw new StoreUnusableException($"Il n'y a pas de journal dans cette base PostgreSQL ({failure.MessageText}).", failure);
            }
        },
        cancellation);

    /// <summary>To restore into: brings the schema up to date. Nodes that are already connected cannot append while the restore runs.</summary>
    /// <exception cref="StoreUnusableException">It is newer than this program.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static Task<PostgresLogDatabase> OpenToRestore(string connection, TimeProvider time, CancellationToken cancellation) => Open(
        connection, opened => Migrations.Apply(opened, Migrations.Embedded("Postgres"), MigrationDialect.Postgres, time, cancellation), cancellation);

    public override ValueTask DisposeAsync() => _connection.DisposeAsync(); // With what it has not committed.

    protected override async Task<DateTimeOffset?> ReadClock(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", _connection);
        return (DateTime)(await command.ExecuteScalarAsync(cancellation))!;
    }

    internal override LogRow Row(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetFieldValue<DateOnly>(5).ToString(SqliteEventStore.DayFormat, CultureInfo.InvariantCulture),
        reader.GetFieldValue<DateTimeOffset>(6).ToString(SqliteEventStore.InstantFormat, CultureInfo.InvariantCulture),
        reader.GetString(7),
        reader.GetFieldValue<byte[]>(8));

    internal override async Task Insert(IEnumerable<LogRow> rows, CancellationToken cancellation)
    {
        await Copy(rows, cancellation);

        // Without it the planner takes the table for empty, and reads it back by the worst road.
        await Execute("ANALYZE event", cancellation);
    }

    private async Task Copy(IEnumerable<LogRow> rows, CancellationToken cancellation)
    {
        await using var copy = await _connection.BeginBinaryImportAsync($"COPY event ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(row.Position, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(row.Actor, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(row.Name, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(row.Payload, NpgsqlDbType.Json, cancellation);
            await copy.WriteAsync(DateOnly.ParseExact(row.ValidOn, SqliteEventStore.DayFormat, CultureInfo.InvariantCulture), NpgsqlDbType.Date, cancellation);
            await copy.WriteAsync(row.Instant, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.Author, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(row.Cause, NpgsqlDbType.Json, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static async Task<PostgresLogDatabase> Open(string connection, Func<NpgsqlConnection, Task> prepare, CancellationToken cancellation)
    {
        var opened = new NpgsqlConnection(PostgresEventStore.Settings(connection));
        try
        {
            await opened.OpenAsync(cancellation);
            await prepare(opened);
            return new(opened);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }
}
