using System.Globalization;
using Cpom.Runtime;
using Cpom.Storage;
using Microsoft.Data.Sqlite;

namespace Cpom.Benchmarks;

/// <summary>One connection to a database of the product's own definition, opened as durably as the product opens it, with one prepared INSERT.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const string Text =
        "INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause) "
        + "SELECT $1, $2, $3, $4, CAST($5 AS TEXT), $6, $7, $8, CAST($9 AS TEXT) WHERE coalesce((SELECT max(version) FROM event WHERE actor = $2), 0) = $3 - 1";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    private SqliteFile(SqliteConnection connection)
    {
        _connection = connection;
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        _insert = connection.CreateCommand();
        _insert.CommandText = Text;
        for (var i = 1; i <= 9; i++)
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }
    }

    public static async Task<SqliteFile> Open(string path)
    {
        await (await SqliteEventStore.Open(path)).DisposeAsync();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return new(connection);
    }

    public SqliteTransaction Begin() => _connection.BeginTransaction();

    public void Insert(StoredEvent row, SqliteTransaction? transaction)
    {
        object[] values =
        [
            row.Position, row.Actor, row.Version, row.Name, row.Payload.ToArray(), row.ValidOn.ToString("O", CultureInfo.InvariantCulture),
            row.Provenance.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), row.Provenance.Author, CauseCodec.Encode(row.Provenance),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            _insert.Parameters[i].Value = values[i];
        }

        _insert.Transaction = transaction;
        if (_insert.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException("The reference lost a race that it should not have run.");
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
