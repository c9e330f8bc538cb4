using System.Data.Common;
using Cpom.Storage;
using Cpom.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Cpom.Conformance;

/// <summary>What the migration runner promises on every database.</summary>
public abstract class MigrationSuite
{
    private static readonly Migration First = Migration.Parse("0001_first", "CREATE TABLE first (n INTEGER NOT NULL);\n");
    private static readonly Migration Second = Migration.Parse("0002_second", "CREATE TABLE second (n INTEGER NOT NULL); INSERT INTO second VALUES (2);\n");

    private static readonly Migration Added = Migration.Parse("0003_added", "-- Readable from: 2\nALTER TABLE second ADD COLUMN later INTEGER;\n");
    private static readonly Migration Renamed = Migration.Parse("0004_renamed", "ALTER TABLE second RENAME TO other;\n");

    /// <summary>A new connection, open, to this test's database.</summary>
    protected abstract Task<DbConnection> Connect();

    protected abstract MigrationDialect Dialect { get; }

    [SuiteFact]
    public async Task Steps_are_applied_once_in_order_and_recorded()
    {
        await Apply(First);
        await Apply(First, Second);
        await Apply(First, Second);

        Assert.Equal([$"1 first {First.Sha256}", $"2 second {Second.Sha256}"], await Texts("SELECT number || ' ' || name || ' ' || sha256 FROM migration ORDER BY number"));
        Assert.Equal(["2"], await Texts("SELECT CAST(n AS TEXT) FROM second"));
    }

    [SuiteFact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await Apply(First, Second);
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Apply(First));
        Assert.Contains("plus récente que ce programme (migration 2, le programme connaît jusqu'à 1)", refused.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_program_of_the_release_before_starts_where_every_newer_step_says_that_it_can()
    {
        await Apply(First, Second, Added);
        await Apply(First, Second);
        Assert.Equal(["1 1", "2 2", "3 2"], await Texts("SELECT number || ' ' || readable_from FROM migration ORDER BY number"));
        Assert.Contains("la migration 2 demande un programme qui connaît au moins la migration 2", await Refusal(First), StringComparison.Ordinal);

        await Apply(First, Second, Added, Renamed);
        Assert.Contains("la migration 4 demande un programme qui connaît au moins la migration 4. Installez une version plus récente", await Refusal(First, Second), StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task What_programs_applied_that_said_nothing_of_readers_is_taken_over_and_marked_from_then_on()
    {
        await Run("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL)");
        await Run($"{First.Text}; INSERT INTO migration VALUES (1, 'first', '{First.Sha256}', '')");
        await Apply(First, Second);
        await Apply(First, Second);
        Assert.Equal(["1 ?", "2 2"], await Texts("SELECT number || ' ' || coalesce(CAST(readable_from AS TEXT), '?') FROM migration ORDER BY number"));

        await Run("INSERT INTO migration (number, name, sha256, applied_at) VALUES (9, 'x', '', '')");
        Assert.Contains("la migration 9 ne dit pas quels programmes peuvent la lire", await Refusal(First, Second), StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_changed_text_is_refused_and_nothing_is_applied()
    {
        await Apply(First);
        var changed = Migration.Parse("0001_first", First.Text + "-- Another text.\n");
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Apply(changed, Second));
        Assert.Contains("0001_first", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await Texts("SELECT CAST(number AS TEXT) FROM migration"));
    }

    [SuiteFact]
    public async Task A_step_that_fails_leaves_the_database_as_it_was()
    {
        var broken = Migration.Parse("0002_broken", "CREATE TABLE third (n INTEGER); INSERT INTO missing VALUES (1);");
        await Assert.ThrowsAnyAsync<DbException>(() => Apply(First, broken));
        await Apply(First, Second);
        Assert.Equal(["1", "2"], await Texts("SELECT CAST(number AS TEXT) FROM migration ORDER BY number"));
        await Assert.ThrowsAnyAsync<DbException>(() => Texts("SELECT 'x' FROM third"));
    }

    [SuiteFact]
    public async Task Programs_that_start_together_take_turns()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Apply(First, Second))));
        Assert.Equal(["2"], await Texts("SELECT CAST(n AS TEXT) FROM second"));
    }

    private async Task Apply(params Migration[] migrations)
    {
        await using var connection = await Connect();
        await Migrations.Apply(connection, migrations, Dialect, TimeProvider.System, default);
    }

    private async Task<string> Refusal(params Migration[] migrations) => (await Assert.ThrowsAsync<StoreUnusableException>(() => Apply(migrations))).Message;

    private async Task Run(string text)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> Texts(string query)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}

public sealed class SqliteMigrationTests : MigrationSuite, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override MigrationDialect Dialect => MigrationDialect.Sqlite;

    public void Dispose() => _folder.Dispose();

    protected override async Task<DbConnection> Connect()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File("m.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}

[RequiresPostgres]
public sealed class PostgresMigrationTests : MigrationSuite
{
    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    protected override MigrationDialect Dialect => MigrationDialect.Postgres;

    protected override async Task<DbConnection> Connect()
    {
        var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        return connection;
    }
}

/// <summary>The files themselves. The text of an applied step never changes: these numbers may only be added to.</summary>
public sealed class MigrationFileSpecs
{
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public void Numbers_run_from_one_without_gaps(string database)
    {
        var embedded = Migrations.Embedded(database);
        Assert.NotEmpty(embedded);
        Assert.Equal(Enumerable.Range(1, embedded.Count), embedded.Select(migration => migration.Number));
        Assert.All(embedded, migration => Assert.Matches("^[a-z0-9_]+$", migration.Name));
    }

    /// <summary>Those of the first two were written before anybody asked.</summary>
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public void Every_step_says_which_programs_it_leaves_at_work(string database) => Assert.All(
        Migrations.Embedded(database).Where(migration => migration.Number > 2),
        migration => Assert.True(
            migration.Text.Contains("-- Readable from: ", StringComparison.Ordinal) && migration.ReadableFrom <= migration.Number,
            $"{migration.Number:D4}_{migration.Name}: add a line '-- Readable from: {migration.Number - 1}' where programs of the step before go on working, else with its own number (decision 0014)."));

    [Fact]
    public void The_sha256_does_not_depend_on_line_ends() =>
        Assert.Equal(Migration.Parse("0001_a", "a\nb\n").Sha256, Migration.Parse("0001_a", "a\r\nb\r\n").Sha256);
}
