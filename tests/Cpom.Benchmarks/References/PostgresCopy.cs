using Cpom.Runtime;
using Cpom.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Cpom.Benchmarks;

/// <summary>Binary COPY into a table of the product's own definition and indexes (its migrations made it).</summary>
internal sealed class PostgresCopy : IBulkLoad
{
    public const string Columns = "position, actor, version, name, payload, valid_on, recorded_at, author, cause";

    private readonly NpgsqlDataSource _source;

    private PostgresCopy(NpgsqlDataSource source) => _source = source;

    public static async Task<PostgresCopy> Open(string connection)
    {
        await (await PostgresEventStore.Open(connection)).DisposeAsync();
        return new(NpgsqlDataSource.Create(connection));
    }

    public Task Load(IReadOnlyList<StoredEvent> rows) => Load(_source, rows);

    public static async Task Load(NpgsqlDataSource source, IReadOnlyList<StoredEvent> rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY event ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Position, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Actor, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Name, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Payload, NpgsqlDbType.Json);
            await copy.WriteAsync(row.ValidOn, NpgsqlDbType.Date);
            await copy.WriteAsync(row.Provenance.RecordedAt, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(row.Provenance.Author, NpgsqlDbType.Text);
            await copy.WriteAsync(CauseCodec.Encode(row.Provenance), NpgsqlDbType.Json);
        }

        await copy.CompleteAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
