using System.Globalization;
using System.Text;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

/// <summary>
/// A database left by an earlier program is opened by today's. Each earlier schema is made by its own migrations, and filled by the SQL of its time;
/// a new migration is under test as soon as its file is there.
/// </summary>
public abstract class UpgradeSuite : IDisposable
{
    /// <summary>
    /// What the program of the first migration had stored: two sites, a gap in the positions, a follower on its way, a snapshot. A column that a later
    /// migration adds must do without being named here.
    /// </summary>
    private const string Data =
        """
        INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause) VALUES
        (1, 'site-750100001', 1, 'site-registered.1', '{"finess":"750100001","entite":"750100018","identite":{"nom":"Hôpital A","categorie":"355"},"validOn":"2026-03-01"}', '2026-03-01', '2026-03-02T08:00:00.000001Z', 'agent.75', '{"acte":{"kind":"décision","number":"2026-17"},"request":"outil-1"}'),
        (2, 'site-750100002', 1, 'site-declared.1', '{"finess":"750100002","entite":"750100018","nom":"Hôpital B","validOn":"2026-03-01"}', '2026-03-01', '2026-03-02T08:00:00.000002Z', '', '{}'),
        (7, 'site-750100001', 2, 'site-closed.1', '{"validOn":"2026-03-03"}', '2026-03-03', '2026-03-04T08:00:00.000000Z', 'agent.75', '{}');
        INSERT INTO checkpoint (name, position) VALUES ('relay', 2);
        INSERT INTO snapshot (key, format, position, content) VALUES ('site-750100001', 'of another build', 1, CONTENT);
        """;

    protected TemporaryFolder Folder { get; } = new();

    /// <param name="schema">The newest migration that is applied to it at first.</param>
    protected abstract LogPlace Place(int schema);

    protected abstract IReadOnlyList<Migration> Steps { get; }

    protected abstract MigrationDialect Dialect { get; }

    protected abstract string Blob { get; }

    public void Dispose() => Folder.Dispose();

    [SuiteFact]
    public async Task A_database_of_every_earlier_schema_is_read_whole_and_appended_to()
    {
        for (var schema = 1; schema <= Steps.Count; schema++)
        {
            var place = await Old(schema);
            await using var store = await place.Open();
            await AssertWhole(store);
            Assert.Equal([new AppendResult.Appended(3, 8)], await store.Append([RealHistories.Renamed("750100001", 2, "après")], default));
            Assert.Equal([new AppendResult.Conflict()], await store.Append([RealHistories.Renamed("750100002", 2, "après")], default));
        }
    }

    [SuiteFact]
    public async Task A_database_of_every_earlier_schema_is_saved_and_restored_by_todays_program()
    {
        for (var schema = 1; schema <= Steps.Count; schema++)
        {
            var file = Folder.File(string.Create(CultureInfo.InvariantCulture, $"{schema}.cpombk"));
            await (await Old(schema)).Save(file); // As it is, without migrating it.
            var restored = LogPlace.Sqlite(Folder, string.Create(CultureInfo.InvariantCulture, $"restored-{schema}.db"));
            Assert.Equal(3, (await restored.Restore(file)).Events);
            await using var store = await restored.Open();
            await AssertWhole(store);
        }
    }

    private async Task<LogPlace> Old(int schema)
    {
        var place = Place(schema);
        await using var connection = await place.Connect();
        await Migrations.Apply(connection, [.. Steps.Take(schema)], Dialect, TimeProvider.System, default);
        await using var command = connection.CreateCommand();
        command.CommandText = Data.Replace("CONTENT", Blob, StringComparison.Ordinal);
        await command.ExecuteNonQueryAsync();
        return place;
    }

    private static async Task AssertWhole(IEventStore store)
    {
        var log = await store.ReadLog(0, 10, default);
        Assert.Equal([1, 2, 7], log.Select(e => e.Position));
        Assert.Equal(["site-750100001", "site-750100002", "site-750100001"], log.Select(e => e.Actor));
        Assert.Equal([1, 1, 2], log.Select(e => e.Version));
        Assert.Equal("""{"validOn":"2026-03-03"}""", Encoding.UTF8.GetString(log[2].Payload.Span));
        Assert.Equal(new SiteEvent.SiteDeclared(new(2026, 3, 1), "750100002", "750100018", "Hôpital B"), EventCodec.Decode(log[1]));
        Assert.Equal(new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(1), "agent.75", new(new("décision", "2026-17", null, null), null, "outil-1")), log[0].Provenance);
        Assert.Equal(2, await store.ReadCheckpoint("relay", default));
        Assert.Equal(7, await store.LastPosition(default));
    }
}

public sealed class SqliteUpgradeTests : UpgradeSuite
{
    protected override IReadOnlyList<Migration> Steps { get; } = Migrations.Embedded("Sqlite");

    protected override MigrationDialect Dialect => MigrationDialect.Sqlite;

    protected override string Blob => "x'7B7D'";

    protected override LogPlace Place(int schema) => LogPlace.Sqlite(Folder, string.Create(CultureInfo.InvariantCulture, $"schema-{schema}.db"));
}

[RequiresPostgres]
public sealed class PostgresUpgradeTests : UpgradeSuite
{
    protected override IReadOnlyList<Migration> Steps { get; } = Migrations.Embedded("Postgres");

    protected override MigrationDialect Dialect => MigrationDialect.Postgres;

    protected override string Blob => "'{}'::bytea";

    protected override LogPlace Place(int schema) => LogPlace.Postgres();
}
