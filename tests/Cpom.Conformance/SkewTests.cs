using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;
using Xunit;

namespace Cpom.Conformance;

/// <summary>
/// Two releases on one PostgreSQL: today's program is the older one, and the newer one is the same with one more step. What that step does is all that a
/// step may do which lets programs of the release before work on.
/// </summary>
[RequiresPostgres]
public sealed class SkewTests
{
    private const string Additions =
        """
        ALTER TABLE event ADD COLUMN later text;
        ALTER TABLE checkpoint ADD COLUMN later text NOT NULL DEFAULT '';
        ALTER TABLE snapshot ADD COLUMN later text;
        CREATE INDEX event_by_day ON event (valid_on);
        CREATE TABLE later (n integer);
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whoever wakes before that was notified.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private static readonly IReadOnlyList<Migration> Today = Migrations.Embedded("Postgres");

    private static readonly Migration Addition = Step($"-- Readable from: {Today.Count}\n{Additions}");

    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    [SuiteFact]
    public async Task A_program_at_work_goes_on_while_a_newer_one_migrates_and_starts_again_after_it()
    {
        await using var older = await Open(Today);
        var (stop, written) = (false, 0);
        var writing = Task.Run(async () =>
        {
            for (; !Volatile.Read(ref stop); written++)
            {
                Assert.IsType<AppendResult.Appended>((await older.Append([EventStoreSuite.Decision("site-1", written, "a.1")], default))[0]);
                await older.WriteCheckpoint("test", written, default);
            }
        });
        await older.WaitForAppend(0, default).WaitAsync(Patience);
        await using var newer = await Open([.. Today, Addition]);
        await newer.WaitForAppend(await newer.LastPosition(default), default).WaitAsync(Patience); // It is still writing.
        Volatile.Write(ref stop, true);
        await writing;

        await AssertBothWriteAndRead(older, newer, written);
        await older.DisposeAsync();
        await using var again = await Open(Today);
        await AssertBothWriteAndRead(again, newer, written + 600);
    }

    [SuiteFact]
    public async Task A_program_is_refused_by_a_newer_step_that_does_not_let_it_read()
    {
        await (await Open([.. Today, Step(Additions)])).DisposeAsync();
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Open(Today));
        Assert.Contains($"la migration {Today.Count + 1} demande un programme qui connaît au moins la migration {Today.Count + 1}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>One decision and a batch of many from each, which take different ways into the database, and each is woken by the other.</summary>
    private static async Task AssertBothWriteAndRead(PostgresEventStore one, PostgresEventStore other, long written)
    {
        foreach (var (writer, reader) in new[] { (one, other), (other, one) })
        {
            foreach (var count in new[] { 1, 299 })
            {
                var last = await reader.LastPosition(default);
                var woken = reader.WaitForAppend(last, default);
                var appended = await writer.Append([EventStoreSuite.Decision("site-1", written, [.. Enumerable.Repeat("b.1", count)])], default);
                Assert.Equal([new AppendResult.Appended(written += count, last + count)], appended);
                await woken.WaitAsync(Patience);
                Assert.Equal(count, (await reader.ReadLog(last, 1_000, default)).Count);
                await writer.WriteSnapshot("site-1", new("format", written, new byte[] { 1 }), default);
                Assert.Equal(written, (await reader.ReadSnapshot("site-1", default))!.Position);
            }
        }

        Assert.Equal(written, (await one.ReadActor("site-1", 0, default).ToListAsync()).Count);
    }

    private Task<PostgresEventStore> Open(IReadOnlyList<Migration> steps) => PostgresEventStore.Open(_database, steps, Never, null, default);

    private static Migration Step(string text) => Migration.Parse($"{Today.Count + 1:D4}_later", text);
}
