using System.Globalization;
using System.Text;
using Cpom.Domain;
using Cpom.Runtime;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cpom.Storage;

/// <summary>
/// The statements of an append, kept prepared and bound through SQLite's own interface: for each event it saves the boxes and the parameter
/// look-ups of ADO.NET, which cost more than the insertion. Lives on the one writer's connection, inside its transaction.
/// </summary>
internal sealed class SqliteAppend : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _version;

    public SqliteAppend(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _insert = Prepare(SqliteEventStore.InsertEvent);
        _version = Prepare("SELECT coalesce(max(version), 0) FROM event WHERE actor = ?");
    }

    /// <param name="last">The position after which the first event goes.</param>
    /// <exception cref="SqliteException">The disk is full, or the file is not what it should be. The caller ends the transaction.</exception>
    public IReadOnlyList<AppendResult> Store(IReadOnlyList<Append> batch, long last)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        var results = new AppendResult[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var decision = batch[i];
            if (!versions.TryGetValue(decision.Actor, out var version))
            {
                version = VersionOf(decision.Actor);
                versions.Add(decision.Actor, version);
            }

            if (version != decision.ExpectedVersion)
            {
                results[i] = new AppendResult.Conflict();
                continue;
            }

            Insert(decision, last);
            last += decision.Events.Count;
            versions[decision.Actor] = version + decision.Events.Count;
            results[i] = new AppendResult.Appended(versions[decision.Actor], last);
        }

        return results;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _version.Dispose();
    }

    private long VersionOf(string actor)
    {
        Bind(_version, 1, actor);
        Check(raw.sqlite3_step(_version), raw.SQLITE_ROW);
        var version = raw.sqlite3_column_int64(_version, 0);
        Check(raw.sqlite3_reset(_version));
        return version;
    }

    private void Insert(Append decision, long last)
    {
        Bind(_insert, 2, decision.Actor);
        var version = decision.ExpectedVersion;
        Provenance? bound = null;
        foreach (var recorded in decision.Events)
        {
            var provenance = decision.ProvenanceOf(recorded);
            if (!ReferenceEquals(provenance, bound))
            {
                Bind(provenance);
                bound = provenance;
            }

            Check(raw.sqlite3_bind_int64(_insert, 1, ++last));
            Check(raw.sqlite3_bind_int64(_insert, 3, ++version));
            Bind(_insert, 4, recorded.Name);
            Bind(_insert, 5, recorded.Payload.Span);
            Bind(_insert, 6, recorded.ValidOn.ToString(SqliteEventStore.DayFormat, CultureInfo.InvariantCulture));
            var stepped = raw.sqlite3_step(_insert);
            raw.sqlite3_reset(_insert); // Repeats what the step said.
            Check(stepped, raw.SQLITE_DONE);
        }
    }

    private void Bind(Provenance provenance)
    {
        Bind(_insert, 7, AppendRules.Truncate(provenance.RecordedAt).ToString(SqliteEventStore.InstantFormat, CultureInfo.InvariantCulture));
        Bind(_insert, 8, provenance.Author);
        Bind(_insert, 9, CauseCodec.Encode(provenance));
    }

    /// <summary>UTF-8 as it is: SQLite copies it.</summary>
    private void Bind(sqlite3_stmt statement, int index, ReadOnlySpan<byte> text) => Check(raw.sqlite3_bind_text(statement, index, text));

    private void Bind(sqlite3_stmt statement, int index, string text)
    {
        Span<byte> small = stackalloc byte[512];
        var bytes = Encoding.UTF8.GetMaxByteCount(text.Length) <= small.Length ? small : new byte[Encoding.UTF8.GetByteCount(text)];
        Bind(statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private sqlite3_stmt Prepare(string text)
    {
        Check(raw.sqlite3_prepare_v2(_database, text, out var statement));
        return statement;
    }

    private void Check(int said, int expected = raw.SQLITE_OK)
    {
        if (said != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), said, raw.sqlite3_extended_errcode(_database));
        }
    }
}
