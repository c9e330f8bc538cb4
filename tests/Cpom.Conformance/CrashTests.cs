using System.Security.Cryptography;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Cpom.Conformance;

/// <summary>What was acknowledged survives: the death of the process at random points, on the same database over and over.</summary>
public sealed class SqliteCrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_killed_process_acknowledged_is_found_again()
    {
        var random = CrashSeed.Next(output);
        for (var round = 0; round < 5; round++)
        {
            using var child = new CrashChild("sqlite", _folder.File("crash.db"));
            await child.Acknowledges(random.Next(1, 300));
            await child.Kill();

            // Opens at once: the system dropped the dead process's lock.
            await using var store = await SqliteEventStore.Open(_folder.File("crash.db"));
            await child.AssertAllIsStored(store);
        }
    }

    [Fact]
    public async Task A_second_process_is_refused_until_the_first_is_gone()
    {
        using var child = new CrashChild("sqlite", _folder.File("crash.db"));
        await child.Acknowledges(1);
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteEventStore.Open(_folder.File("crash.db")));
        Assert.Contains("déjà ouverte en écriture par un autre processus", refused.Message, StringComparison.Ordinal);

        await child.Kill();
        await using var store = await SqliteEventStore.Open(_folder.File("crash.db"));
        await child.AssertAllIsStored(store);
    }
}

[RequiresPostgres]
public sealed class PostgresCrashTests(ITestOutputHelper output)
{
    [SuiteFact]
    public async Task What_a_killed_process_acknowledged_is_found_again()
    {
        var random = CrashSeed.Next(output);
        var database = PostgresServer.Shared.CreateDatabase();
        await using var store = await PostgresEventStore.Open(database);
        for (var round = 0; round < 3; round++)
        {
            using var child = new CrashChild("postgres", database);
            await child.Acknowledges(random.Next(1, 300));
            await child.Kill();
            await child.AssertAllIsStored(store);
        }
    }

    [SuiteFact]
    public async Task What_was_acknowledged_survives_the_death_of_the_server_and_stores_go_on_after_it()
    {
        var random = CrashSeed.Next(output);
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        await using var store = await PostgresEventStore.Open(database, TimeSpan.FromMilliseconds(20));
        for (var round = 0; round < 2; round++)
        {
            using var child = new CrashChild("postgres", database);
            await child.Acknowledges(random.Next(1, 300));
            server.StopImmediately();
            await child.End();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.Append([EventStoreSuite.Decision("site-1", round, "a.1")], default));

            server.Start();
            await child.AssertAllIsStored(store);
            Assert.IsType<Runtime.AppendResult.Appended>((await store.Append([EventStoreSuite.Decision("site-1", round, "a.1")], default))[0]);
        }
    }
}

internal static class CrashSeed
{
    /// <summary>A new seed each time, printed; set CPOM_SEED to run one again.</summary>
    public static Random Next(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CPOM_SEED"), out var given) ? given : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"CPOM_SEED={seed}");
        return new Random(seed);
    }
}
