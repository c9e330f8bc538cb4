using System.Net.Sockets;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Cpom.Conformance;

/// <summary>What only SQLite promises.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_commit_waits_for_the_disk_in_a_write_ahead_log()
    {
        using var session = new SqliteSession(_folder.File("a.db"), writes: true);
        Assert.Equal("wal", session.Prepare("PRAGMA journal_mode").ExecuteScalar());
        Assert.Equal(2L, session.Prepare("PRAGMA synchronous").ExecuteScalar()); // 2 is FULL.
    }

    [Fact]
    public async Task Stored_events_can_be_neither_changed_nor_removed()
    {
        await using (var store = await SqliteEventStore.Open(_folder.File("a.db")))
        {
            await store.Append([EventStoreSuite.Decision("site-1", 0, "a.1")], default);
        }

        using var connection = new SqliteConnection($"Data Source={_folder.File("a.db")};Pooling=False");
        connection.Open();
        foreach (var text in new[] { "UPDATE event SET author = 'x'", "DELETE FROM event" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            Assert.Contains("Le journal ne", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_and_let_go()
    {
        await (await SqliteEventStore.Open(_folder.File("a.db"))).DisposeAsync();
        Execute("INSERT INTO migration VALUES (9999, 'future', '', '', 9999)");
        await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteEventStore.Open(_folder.File("a.db")));

        Execute("DELETE FROM migration WHERE number = 9999");
        await (await SqliteEventStore.Open(_folder.File("a.db"))).DisposeAsync();
    }

    private void Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("a.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}

/// <summary>What only PostgreSQL promises.</summary>
[RequiresPostgres]
public sealed class PostgresStoreTests
{
    // The trigger that announces every insertion is passed over, as if the notification were lost. The session is reset when it goes back to its pool.
    private const string InsertUnannounced =
        "SET session_replication_role = replica; INSERT INTO event VALUES (1, 'site-1', 1, 'a.1', '{}', '2026-01-01', '2026-01-01', '', '{}')";

    /// <summary>Of this test's database alone: those of the tests that run beside it are on the same server.</summary>
    private const string KillListeners =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE 'SELECT coalesce(max(position)%')";

    /// <summary>As nodes of releases before append_events do.</summary>
    private const string AppendOne =
        "SELECT * FROM append_batch(ARRAY['site-1'], ARRAY[0]::bigint[], ARRAY[1], ARRAY[now()], ARRAY[''], ARRAY['{}']::json[], "
        + "ARRAY[1], ARRAY[1], ARRAY['a.1'], ARRAY['{}']::json[], ARRAY['2026-01-01']::date[])";

    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    [SuiteFact]
    public async Task An_append_waits_for_the_one_that_began_before_it_so_positions_follow_commits()
    {
        const string CountWaiting =
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted";
        await using var store = await PostgresEventStore.Open(_database);
        await using var slow = new NpgsqlConnection(_database);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using var append = new NpgsqlCommand(AppendOne, slow, transaction);
        await append.ExecuteNonQueryAsync();

        var second = Task.Run(() => store.Append([EventStoreSuite.Decision("site-2", 0, "b.1")], default));
        while (!second.IsCompleted && await Scalar(_database, CountWaiting) is not 1L)
        {
            // Not at the lock yet.
        }

        Assert.False(second.IsCompleted);
        Assert.Equal(0, await store.LastPosition(default)); // Readers do not wait, and see nothing that is not committed.
        await transaction.CommitAsync();
        Assert.Equal([new AppendResult.Appended(1, 2)], await second);
        Assert.Equal(["a.1", "b.1"], (await store.ReadLog(0, 10, default)).Select(stored => stored.Name));
    }

    [SuiteFact]
    public async Task What_a_node_of_an_older_release_appends_is_announced()
    {
        await using var store = await PostgresEventStore.Open(_database, TimeSpan.FromHours(1));
        foreach (var (known, text) in new[] { (0, AppendOne), (1, "INSERT INTO event VALUES (2, 'site-1', 2, 'b.1', '{}', '2026-01-01', '2026-01-01', '', '{}')") })
        {
            var wait = store.WaitForAppend(known, default);
            await Execute(text);
            await wait.WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.Equal([new AppendResult.Appended(3, 3)], await store.Append([EventStoreSuite.Decision("site-1", 2, "c.1")], default));
    }

    [SuiteFact]
    public async Task Without_notification_a_follower_wakes_after_the_polling_interval()
    {
        var time = new ManualTime(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = await PostgresEventStore.Open(_database, TimeSpan.FromSeconds(1), time);
        await Execute(InsertUnannounced);
        var wait = store.WaitForAppend(0, default);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(wait.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(await store.ReadLog(0, 10, default));
    }

    [SuiteFact]
    public async Task What_was_appended_before_the_store_opened_is_known_to_it()
    {
        await using (await PostgresEventStore.Open(_database))
        {
            await Execute(InsertUnannounced);
        }

        await using var store = await PostgresEventStore.Open(_database, TimeSpan.FromHours(1));
        Assert.True(store.WaitForAppend(0, default).IsCompletedSuccessfully);
    }

    [SuiteFact]
    public async Task A_notification_connection_that_dies_is_opened_again()
    {
        var time = new ManualTime(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = await PostgresEventStore.Open(_database, TimeSpan.FromHours(1), time);
        await Execute(KillListeners);
        Assert.True(SpinWait.SpinUntil(() => time.TimersSet > 0, TimeSpan.FromSeconds(60)), "the listener does not pause");
        await Execute(InsertUnannounced);
        time.Advance(TimeSpan.FromHours(1)); // The pause ends; the listener connects and looks once at the log, before anybody waits.

        await store.WaitForAppend(0, default).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(await store.ReadLog(0, 10, default));
    }

    [SuiteFact]
    public async Task Whatever_keeps_the_notification_connection_from_opening_it_is_tried_again()
    {
        await (await PostgresEventStore.Open(_database)).DisposeAsync();
        var (time, signal) = (new ManualTime(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), new AppendSignal());
        var openings = new Queue<Exception?>([null, new InvalidOperationException(), new SocketException(), new TimeoutException(), null]);
        var source = new NpgsqlDataSourceBuilder(_database + ";Pooling=false");
        source.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException(),
            _ => openings.Dequeue() is { } failure ? Task.FromException(failure) : Task.CompletedTask);
        await using var listener = new PostgresListener(source.Build(), signal, TimeSpan.FromHours(1), time);
        await listener.Start(default);
        await Execute(KillListeners);
        await Execute(InsertUnannounced);
        while (openings.Count > 0)
        {
            var left = openings.Count;
            Assert.True(SpinWait.SpinUntil(() => time.TimersSet > 0, TimeSpan.FromSeconds(60)), $"the listener does not pause: {left} openings left");
            time.Advance(TimeSpan.FromHours(1));
            Assert.True(SpinWait.SpinUntil(() => openings.Count < left, TimeSpan.FromSeconds(60)), "the listener does not open");
        }

        await signal.Next(0).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [SuiteFact]
    public async Task A_commit_waits_for_the_disk_whatever_the_server_says()
    {
        await using (await PostgresEventStore.Open(_database))
        {
            await Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        }

        Assert.Equal("on", await Scalar(PostgresEventStore.Settings(_database), "SHOW synchronous_commit"));
        Assert.Equal("off", await Scalar(_database + ";Application Name=other", "SHOW synchronous_commit"));
    }

    [SuiteFact]
    public async Task What_fails_at_its_commit_is_not_acknowledged()
    {
        await using var store = await PostgresEventStore.Open(_database);
        await Execute("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$");
        await Execute("CREATE CONSTRAINT TRIGGER late AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()");
        foreach (var events in new[] { 1, 2, PostgresAppend.CopyFrom }) // Each way of appending.
        {
            var decision = EventStoreSuite.Decision("site-1", 0, [.. Enumerable.Repeat("a.1", events)]);
            Assert.Equal("no room", (await Assert.ThrowsAsync<PostgresException>(() => store.Append([decision], default))).MessageText);
        }

        Assert.Equal(0, await store.LastPosition(default));
    }

    [SuiteFact]
    public async Task Stored_events_can_be_neither_changed_nor_removed()
    {
        await using var store = await PostgresEventStore.Open(_database);
        await store.Append([EventStoreSuite.Decision("site-1", 0, "a.1")], default);
        foreach (var text in new[] { "UPDATE event SET author = 'x'", "DELETE FROM event", "TRUNCATE event" })
        {
            Assert.Contains("Le journal ne", (await Assert.ThrowsAsync<PostgresException>(() => Execute(text))).Message, StringComparison.Ordinal);
        }
    }

    [SuiteFact]
    public async Task A_database_that_cannot_be_reached_is_an_exception() =>
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresEventStore.Open("Host=127.0.0.1;Port=1;Username=cpom;Database=x"));

    private Task Execute(string text) => Scalar(_database, text);

    private static async Task<object?> Scalar(string database, string text)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync();
    }
}
