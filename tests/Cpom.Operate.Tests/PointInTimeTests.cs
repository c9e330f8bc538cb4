using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;
using Npgsql;

namespace Cpom.Operate.Tests;

/// <summary>A platform put back to a moment of its past holds what it had acknowledged by then, all of it and nothing else.</summary>
public sealed class PointInTimeTests
{
    /// <summary>Of the relay over PostgreSQL.</summary>
    private const int Partitions = 8;

    [PostgresFact(DisplayName = "Une base PostgreSQL ramenée à un instant, et une sauvegarde restaurée jusqu'à sa position, ont tout ce qui était acquis alors et rien d'autre")]
    public async Task Back_to_a_moment()
    {
        using var folder = new TemporaryFolder();
        using var postgres = new PostgresServer(archives: true);
        var database = postgres.CreateDatabase();
        using var server = await ServerProcess.Start(folder.File("data"), postgres: database);
        using var client = new Importer(server.Grpc);
        var act = await TracedAct.Prepare(client, folder.File("region"));
        await using var store = await PostgresEventStore.Open(database);
        await act.Send("RC-avant-base");
        await Settled(store);
        postgres.SaveBase(); // While the server serves.

        await act.Send("RC-après-base");
        var then = await Settled(store);
        var asked = await Rows(client, then);
        var moment = await Clock(database);
        await act.Send("RC-trop-tard");
        var later = await Settled(store);
        await Archived(database);

        using var recovered = postgres.RecoverAt(moment);
        await Promoted(recovered, database);
        await AssertIsAsThen(folder.File("recovered"), recovered.Database(NameOf(database)));

        await Command.Done("backup", folder.File("b.cpombk"), "--postgres", database);
        await Command.Done("restore", folder.File("b.cpombk"), "--data", folder.File("restored"), "--until", $"{then}");
        await AssertIsAsThen(folder.File("restored"), null);

        async Task AssertIsAsThen(string data, string? connection)
        {
            Assert.True(later > then);
            using var served = await ServerProcess.Start(data, postgres: connection);
            using var reader = new Importer(served.Grpc);
            Assert.Equal(asked, await Rows(reader, then));
            await reader.Import(act.Structures); // Known: it changes nothing, and waits until all that is recorded is relayed.
            Assert.Equal(then, await reader.Position()); // What was relayed again made nothing new.
            await served.Stop();
            await using IEventStore log = connection is null
                ? await SqliteEventStore.Open(Path.Combine(data, Server.CpomServer.DatabaseName))
                : await PostgresEventStore.Open(connection);
            Assert.Equal((await Lines(store))[..(int)then], await Lines(log));
        }
    }

    /// <summary>What a node answers of the whole portfolio.</summary>
    private static async Task<IReadOnlyList<PortfolioRow>> Rows(Importer client, long position) =>
        [.. (await client.Portfolio.QueryAsync(new() { PageSize = 1_000, AsOf = new() { MinLogPosition = position, ValidOn = "2026-03-01" } })).Rows];

    /// <summary>Completes when every effect of what is recorded is recorded too; the newest position.</summary>
    private static async Task<long> Settled(IEventStore store)
    {
        while (true)
        {
            var last = await store.LastPosition(default);
            while ((await Relay.PositionsOf(store, Partitions, default)).Min() < last)
            {
                // Each look is a question to the database, and long enough a pause.
            }

            if (await store.LastPosition(default) == last)
            {
                return last;
            }
        }
    }

    private static async Task<List<string>> Lines(IEventStore store) =>
        [.. (await store.ReadLog(0, int.MaxValue, default)).Select(e => $"{e.Position} {e.Actor} {e.Version} {e.Name} {Convert.ToHexString(e.Payload.Span)} {e.Provenance}")];

    private static async Task<DateTimeOffset> Clock(string database) => new((DateTime)(await Scalar(database, "SELECT clock_timestamp()"))!, TimeSpan.Zero);

    /// <summary>Completes when the archive has all that is written by now.</summary>
    private static async Task Archived(string database)
    {
        var file = await Scalar(database, "SELECT pg_walfile_name(pg_switch_wal())");
        while (await Scalar(database, "SELECT last_archived_wal FROM pg_stat_archiver") is not string archived || string.CompareOrdinal(archived, (string)file!) < 0)
        {
            // As above.
        }
    }

    private static async Task Promoted(PostgresServer recovered, string database)
    {
        while (await Scalar(recovered.Database(NameOf(database)), "SELECT pg_is_in_recovery()") is true)
        {
            // As above.
        }
    }

    private static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static async Task<object?> Scalar(string database, string text)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync();
    }
}
