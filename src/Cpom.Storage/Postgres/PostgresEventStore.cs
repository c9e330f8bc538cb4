using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Runtime;
using Cpom.Storage.Backups;
using Npgsql;

namespace Cpom.Storage;

/// <summary>
/// The event log in PostgreSQL (15 or later), for as many nodes as connect. Appends of all nodes take turns under an advisory lock (see
/// <see cref="PostgresAppend.Turn"/>), so positions follow commit order. Nodes wake one another by NOTIFY.
/// Connections that die are opened again by the next call; the call that met the dead one throws <see cref="NpgsqlException"/>.
/// </summary>
public sealed class PostgresEventStore : IEventStore
{
    /// <summary>How long a follower sleeps at most, whether or not it is notified.</summary>
    public static readonly TimeSpan PollIntervalDefault = TimeSpan.FromSeconds(1);

    // Histories are read in pages, so that a slow consumer holds no connection.
    private const int PageCount = 256;

    /// <summary>Connections of one node, unless its connection string says otherwise; a few more write what may wait.</summary>
    private const int PoolSizeMax = 16;

    internal const string Columns = "position, actor, version, name, payload, valid_on, recorded_at, author, cause";

    private readonly string _connection;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _unhurried;
    private readonly AppendSignal _signal = new();
    private readonly LogTail _tail = new();
    private readonly PostgresListener _listener;
    private readonly TimeSpan _pollInterval;
    private readonly TimeProvider _time;

    private PostgresEventStore(string connection, NpgsqlDataSource source, NpgsqlDataSource unhurried, TimeSpan pollInterval, TimeProvider time)
    {
        _connection = connection;
        _source = source;
        _unhurried = unhurried;
        _pollInterval = pollInterval;
        _time = time;
        _listener = new(PostgresSource.Of(ListenerSettings(connection)), _signal, pollInterval, time);
    }

    public bool IsExclusive => false;

    /// <summary>Connects and brings the schema up to date; nodes that start together take turns.</summary>
    /// <param name="connection">An Npgsql connection string. The database must exist; the user must be able to create tables in it the first time.</param>
    /// <param name="pollInterval">See <see cref="PollIntervalDefault"/>. Also the pause before a dead notification connection is opened again.</param>
    /// <exception cref="StoreUnusableException">A newer program has made the database unreadable to this one, another has built it, or a restore of it is unfinished.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static Task<PostgresEventStore> Open(
        string connection, TimeSpan? pollInterval = null, TimeProvider? time = null, CancellationToken cancellation = default) =>
        Open(connection, Migrations.Embedded("Postgres"), pollInterval, time, cancellation);

    /// <param name="steps">Those of another release: what a program of that release opens.</param>
    internal static async Task<PostgresEventStore> Open(
        string connection, IReadOnlyList<Migration> steps, TimeSpan? pollInterval, TimeProvider? time, CancellationToken cancellation)
    {
        var source = PostgresSource.Of(Settings(connection));
        var unhurried = PostgresSource.Of(UnhurriedSettings(connection));
        try
        {
            var store = new PostgresEventStore(Settings(connection), source, unhurried, pollInterval ?? PollIntervalDefault, time ?? TimeProvider.System);
            await using (var migrated = await source.OpenConnectionAsync(cancellation))
            {
                await Migrations.Apply(migrated, steps, MigrationDialect.Postgres, store._time, cancellation);
                await UnfinishedRestore.Refuse(migrated, cancellation);
            }

            await store._listener.Start(cancellation);
            return store;
        }
        catch
        {
            await source.DisposeAsync();
            await unhurried.DisposeAsync();
            throw;
        }
    }

    /// <param name="cancellation">Gives up waiting for a connection. A transaction that was sent runs to its end.</param>
    public async Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        AppendRules.Check(batch);
        if (batch.Count == 0)
        {
            return [];
        }

        cancellation.ThrowIfCancellationRequested(); // An idle connection is given out without looking.
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        var results = await PostgresAppend.Store(connection, batch);
        var last = results.OfType<AppendResult.Appended>().Select(appended => appended.Position).DefaultIfEmpty().Max();
        _tail.Add(batch, results);
        _signal.Announce(last);
        return results;
    }

    public async IAsyncEnumerable<StoredEvent> ReadActor(string actor, long version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<StoredEvent> page;
        do
        {
            page = await Read($"SELECT {Columns} FROM event WHERE actor = $1 AND version > $2 ORDER BY version LIMIT $3", cancellation, actor, version, PageCount);
            foreach (var stored in page)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return stored;
                version = stored.Version;
            }
        }
        while (page.Count == PageCount);
    }

    public async Task<IReadOnlyList<ActorHistory>> ReadActors(IReadOnlyList<ActorRead> reads, CancellationToken cancellation)
    {
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(ActorsCommand(
            """
            SELECT r.ord, s.format, s.position, s.content
            FROM unnest($1, $2, $3) WITH ORDINALITY AS r (actor, after, format, ord)
            JOIN snapshot s ON s.key = r.actor AND s.format = r.format
            WHERE r.after IS NULL
            """,
            reads));
        batch.BatchCommands.Add(ActorsCommand(
            $"""
            SELECT e.position, r.actor, e.version, e.name, e.payload, e.valid_on, e.recorded_at, e.author, e.cause, r.ord
            FROM unnest($1, $2, $3) WITH ORDINALITY AS r (actor, after, format, ord)
            LEFT JOIN snapshot s ON s.key = r.actor AND s.format = r.format AND r.after IS NULL
            CROSS JOIN LATERAL (
                SELECT {Columns} FROM event e
                WHERE e.actor = r.actor AND e.version > coalesce(r.after, s.position, 0) ORDER BY e.version LIMIT {PageCount}) e
            ORDER BY r.ord, e.version
            """,
            reads));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var snapshots = new Snapshot?[reads.Count];
        while (await reader.ReadAsync(cancellation))
        {
            snapshots[reader.GetInt64(0) - 1] = new(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
        }

        await reader.NextResultAsync(cancellation);
        var events = reads.Select(_ => new List<StoredEvent>()).ToList();
        while (await reader.ReadAsync(cancellation))
        {
            events[(int)reader.GetInt64(9) - 1].Add(Read(reader));
        }

        return [.. reads.Select((read, i) => History(read, snapshots[i], events[i]))];
    }

    public async Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation) =>
        _tail.Read(position, countMax) ?? await Read($"SELECT {Columns} FROM event WHERE position > $1 ORDER BY position LIMIT $2", cancellation, position, countMax);

    public async Task<long> LastPosition(CancellationToken cancellation)
    {
        await using var command = Command("SELECT coalesce(max(position), 0) FROM event");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task WaitForAppend(long position, CancellationToken cancellation)
    {
        // Suppressed: the end of the interval is an ordinary answer. Cancellation and disposal are told apart after it.
        var appended = _signal.Next(position);
        await appended.WaitAsync(_pollInterval, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (appended.IsFaulted)
        {
            await appended;
        }
    }

    public async Task<long> ReadCheckpoint(string name, CancellationToken cancellation)
    {
        await using var command = Command("SELECT position FROM checkpoint WHERE name = $1", name);
        return await command.ExecuteScalarAsync(cancellation) is long position ? position : 0;
    }

    public async Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
    {
        await using var command = Command(
            _unhurried,
            "INSERT INTO checkpoint (name, position) VALUES ($1, $2) "
            + "ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE excluded.position > checkpoint.position",
            name,
            position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<long>> ReadCheckpoints(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        await using var command = Command(
            "SELECT coalesce(c.position, 0) FROM unnest($1) WITH ORDINALITY AS n (name, ord) LEFT JOIN checkpoint c USING (name) ORDER BY n.ord",
            (object)names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var positions = new List<long>(names.Count);
        while (await reader.ReadAsync(cancellation))
        {
            positions.Add(reader.GetInt64(0));
        }

        return positions;
    }

    /// <summary>In the order of their names, so that two nodes that write the same ones never wait for each other in a circle.</summary>
    public async Task WriteCheckpoints(IReadOnlyList<string> names, long position, CancellationToken cancellation)
    {
        await using var command = Command(
            _unhurried,
            "INSERT INTO checkpoint (name, position) SELECT n.name, $2 FROM unnest($1) AS n (name) ORDER BY n.name "
            + "ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE excluded.position > checkpoint.position",
            (object)names.ToArray(),
            position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public IPartitions JoinPartitions() => new PostgresPartitions(_connection, _time);

    public async Task<Snapshot?> ReadSnapshot(string key, CancellationToken cancellation)
    {
        await using var command = Command("SELECT format, position, content FROM snapshot WHERE key = $1", key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Snapshot(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2))
            : null;
    }

    public async Task WriteSnapshot(string key, Snapshot snapshot, CancellationToken cancellation)
    {
        await using var command = Command(
            _unhurried,
            "INSERT INTO snapshot (key, format, position, content) VALUES ($1, $2, $3, $4) "
            + "ON CONFLICT (key) DO UPDATE SET format = excluded.format, position = excluded.position, content = excluded.content",
            key,
            snapshot.Format,
            snapshot.Position,
            snapshot.Content);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _signal.Close();
        await _listener.DisposeAsync();
        await _source.DisposeAsync();
        await _unhurried.DisposeAsync();
    }

    internal static string Settings(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);

        // Whatever the server's default: an acknowledged append is on disk. Last words of a connection string still win.
        settings.Options = $"-c synchronous_commit=on {settings.Options}".TrimEnd();

        // The listener notices a peer that vanished without a word (seconds).
        settings.KeepAlive = settings.KeepAlive == 0 ? 30 : settings.KeepAlive;

        // A node asks few things at once, and a database has a hundred connections for all of its nodes.
        settings.MaxPoolSize = settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : PoolSizeMax;

        // A batch of appends is some hundred kilobytes: fewer, larger messages.
        settings.WriteBufferSize = Math.Max(settings.WriteBufferSize, 64 * 1024);

        // No call changes its session, so nothing needs resetting; the few statements that there are stay prepared on each connection.
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 32 : settings.MaxAutoPrepare;
        settings.AutoPrepareMinUsages = 2;
        return settings.ConnectionString;
    }

    private static string ListenerSettings(string connection) => new NpgsqlConnectionStringBuilder(Settings(connection)) { Pooling = false }.ConnectionString;

    /// <summary>
    /// For what may be lost with the machine: the database does not wait for its disk. It still writes in order, so a checkpoint never comes back
    /// from a crash without the events that it stands for.
    /// </summary>
    private static string UnhurriedSettings(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(Settings(connection)) { MaxPoolSize = 4, MinPoolSize = 0 };
        settings.Options = $"{settings.Options} -c synchronous_commit=off";
        return settings.ConnectionString;
    }

    /// <summary>A snapshot that was replaced between the two looks does not meet its events: the actor is then read on from what does.</summary>
    private static ActorHistory History(ActorRead read, Snapshot? snapshot, List<StoredEvent> events)
    {
        var after = read.After ?? snapshot?.Position ?? 0;
        return events.Count > 0 && events[0].Version != after + 1 ? new(snapshot, [], IsWhole: false) : new(snapshot, events, events.Count < PageCount);
    }

    private static NpgsqlBatchCommand ActorsCommand(string text, IReadOnlyList<ActorRead> reads)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. reads.Select(r => r.Actor)] });
        command.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = [.. reads.Select(r => r.After)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. reads.Select(r => r.SnapshotFormat)] });
        return command;
    }

    private NpgsqlCommand Command(string text, params ReadOnlySpan<object> values) => Command(_source, text, values);

    private static NpgsqlCommand Command(NpgsqlDataSource source, string text, params ReadOnlySpan<object> values)
    {
        var command = source.CreateCommand(text);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private async Task<List<StoredEvent>> Read(string text, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(text, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            page.Add(Read(reader));
        }

        return page;
    }

    private static StoredEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetFieldValue<DateOnly>(5),
        CauseCodec.Decode(reader.GetFieldValue<DateTimeOffset>(6), reader.GetString(7), reader.GetFieldValue<byte[]>(8)));
}
