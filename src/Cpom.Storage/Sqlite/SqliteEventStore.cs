using System.Globalization;
using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Runtime;
using Cpom.Storage.Backups;
using Microsoft.Data.Sqlite;

namespace Cpom.Storage;

/// <summary>
/// The event log in one SQLite file, for one process: the embedded default. WAL with <c>synchronous=FULL</c>; one writer, a few readers.
/// A file "<c>.lock</c>" beside the database keeps other processes out; the system drops that lock when the process dies, however it dies.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    private const int ReadersMax = 4;

    // Histories are read in pages, so that a slow consumer holds no reader and no old page of the WAL.
    private const int PageCount = 256;

    internal const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    internal const string DayFormat = "yyyy-MM-dd";

    // The codecs' UTF-8 goes in and out as it is: the cast only renames the bytes.
    internal const string InsertEvent =
        "INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause) "
        + "VALUES ($1, $2, $3, $4, CAST($5 AS TEXT), $6, $7, $8, CAST($9 AS TEXT))";

    internal const string Columns = "position, actor, version, name, CAST(payload AS BLOB), valid_on, recorded_at, author, CAST(cause AS BLOB)";

    private const string SelectActor = $"SELECT {Columns} FROM event WHERE actor = $1 AND version > $2 ORDER BY version LIMIT $3";

    private readonly FileStream _ownership;
    private readonly SqliteSessions _writer;
    private readonly SqliteSessions _readers;
    private readonly AppendSignal _signal = new();
    private readonly LogTail _tail;

    private SqliteEventStore(FileStream ownership, SqliteSession writer, string path)
    {
        _ownership = ownership;
        _writer = new(() => throw new InvalidOperationException("There is one writer, and it is open."), countMax: 1, writer);
        _readers = new(() => new SqliteSession(path, writes: false), ReadersMax);
        var last = LastPosition(writer);
        _tail = new(last);
        _signal.Announce(last);
    }

    public bool IsExclusive => true;

    /// <summary>Opens the database, creating the file and its folder when missing, and brings its schema up to date.</summary>
    /// <exception cref="StoreUnusableException">Another process has it open, a newer program has made it unreadable to this one, it was built by another, or a restore of it is unfinished.</exception>
    public static async Task<SqliteEventStore> Open(string path, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var ownership = Own(path);
        SqliteSession? writer = null;
        try
        {
            writer = new SqliteSession(path, writes: true);
            await Migrations.Apply(writer.Connection, Migrations.Embedded("Sqlite"), MigrationDialect.Sqlite, time ?? TimeProvider.System, cancellation);
            await UnfinishedRestore.Refuse(writer.Connection, cancellation);
            return new(ownership, writer, path);
        }
        catch
        {
            writer?.Dispose();
            await ownership.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        AppendRules.Check(batch);
        return await _writer.Use(
            session =>
            {
                var results = InTransaction(session, () => session.Append.Store(batch, LastPosition(session)));
                _tail.Add(batch, results);
                _signal.Announce(LastPosition(session));
                return results;
            },
            cancellation);
    }

    public async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<StoredEvent> page;
        do
        {
            var after = version;
            page = await _readers.Use(session => Read(session.Prepare(SelectActor, actor, after, PageCount)), cancellation);
            foreach (var stored in page)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return stored;
                version = stored.Version;
            }
        }
        while (page.Count == PageCount);
    }

    public Task<IReadOnlyList<ActorHistory>> ReadActors(IReadOnlyList<ActorRead> reads, CancellationToken cancellation) =>
        _readers.Use<IReadOnlyList<ActorHistory>>(session => [.. reads.Select(read => ReadActor(session, read))], cancellation);

    public Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_tail.Read(position, countMax) is { } newest)
        {
            return Task.FromResult(newest);
        }

        const string Text = $"SELECT {Columns} FROM event WHERE position > $1 ORDER BY position LIMIT $2";
        return _readers.Use(session => Read(session.Prepare(Text, position, countMax)), cancellation);
    }

    public Task<long> LastPosition(CancellationToken cancellation) => _readers.Use(LastPosition, cancellation);

    public Task WaitForAppend(long position, CancellationToken cancellation) => _signal.Next(position).WaitAsync(cancellation);

    public Task<long> ReadCheckpoint(string name, CancellationToken cancellation) =>
        _readers.Use(
            session => session.Prepare("SELECT position FROM checkpoint WHERE name = $1", name).ExecuteScalar() is long position ? position : 0,
            cancellation);

    public Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
    {
        const string Text =
            "INSERT INTO checkpoint (name, position) VALUES ($1, $2) "
            + "ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE excluded.position > checkpoint.position";
        return _writer.Use(session => session.Prepare(Text, name, position).ExecuteNonQuery(), cancellation);
    }

    public Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation) =>
        _readers.Use(session => ReadSnapshot(session, key), cancellation);

    public Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation)
    {
        const string Text =
            "INSERT INTO snapshot (key, format, position, content) VALUES ($1, $2, $3, $4) "
            + "ON CONFLICT (key) DO UPDATE SET format = excluded.format, position = excluded.position, content = excluded.content";
        return _writer.Use(
            session => session.Prepare(Text, key, snapshot.Format, snapshot.Position, snapshot.Content.ToArray()).ExecuteNonQuery(),
            cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _signal.Close();
        _readers.Dispose();
        _writer.Dispose();
        await _ownership.DisposeAsync();
    }

    /// <summary>The lock file stays behind when the store closes: deleting it would race with the next owner. An unlocked one means nothing.</summary>
    internal static FileStream Own(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new StoreUnusableException(
                $"La base {path} est déjà ouverte en écriture par un autre processus. Arrêtez-le, ou utilisez PostgreSQL pour plusieurs nœuds. ({failure.Message})",
                failure);
        }
    }

    private static T InTransaction<T>(SqliteSession session, Func<T> work)
    {
        session.Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();
        try
        {
            var result = work();
            session.Prepare("COMMIT").ExecuteNonQuery();
            return result;
        }
        catch
        {
            // Some errors (a full disk) end the transaction by themselves; a ROLLBACK then has nothing to do and says so.
            if (SQLitePCL.raw.sqlite3_get_autocommit(session.Connection.Handle!) == 0)
            {
                session.Prepare("ROLLBACK").ExecuteNonQuery();
            }

            throw;
        }
    }

    private static Snapshot? ReadSnapshot(SqliteSession session, string key)
    {
        using var reader = session.Prepare("SELECT format, position, content FROM snapshot WHERE key = $1", key).ExecuteReader();
        return reader.Read() ? new Snapshot(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    private static ActorHistory ReadActor(SqliteSession session, ActorRead read)
    {
        var snapshot = read.After is null && ReadSnapshot(session, read.Actor) is { } found && found.Format == read.SnapshotFormat ? found : null;
        var events = Read(session.Prepare(SelectActor, read.Actor, read.After ?? snapshot?.Position ?? 0, PageCount));
        return new(snapshot, events, events.Count < PageCount);
    }

    private static long LastPosition(SqliteSession session) =>
        (long)session.Prepare("SELECT coalesce(max(position), 0) FROM event").ExecuteScalar()!;

    private static IReadOnlyList<StoredEvent> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var page = new List<StoredEvent>();
        while (reader.Read())
        {
            page.Add(Read(reader));
        }

        return page;
    }

    private static StoredEvent Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        DateOnly.ParseExact(reader.GetString(5), DayFormat, CultureInfo.InvariantCulture),
        CauseCodec.Decode(
            DateTimeOffset.ParseExact(reader.GetString(6), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            reader.GetString(7),
            reader.GetFieldValue<byte[]>(8)));
}
