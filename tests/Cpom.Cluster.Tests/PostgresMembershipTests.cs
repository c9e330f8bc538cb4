using System.Net;
using Cpom.TestKit;
using Orleans;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>What Orleans asks of a list of silos, on PostgreSQL.</summary>
[RequiresPostgres]
public sealed class PostgresMembershipTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Between two looks at the clock of this process and of the database, as slow as the machine may be.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly string _database = PostgresServer.Shared.CreateDatabase();
    private PostgresMembership _table = null!;

    public async Task InitializeAsync()
    {
        _table = new(_database, "cpom", TimeProvider.System);
        await using var other = new PostgresMembership(_database, "cpom", TimeProvider.System);
        await Task.WhenAll(_table.InitializeMembershipTable(true), other.InitializeMembershipTable(true)); // Two silos that are the first.
    }

    public async Task DisposeAsync() => await _table.DisposeAsync();

    [SuiteFact]
    public async Task A_silo_is_read_back_as_it_was_written()
    {
        var written = Silo(1);
        written.AddSuspector(Address(2), Start.AddMinutes(1));
        Assert.True(await Insert(written));
        foreach (var read in new[] { await _table.ReadAll(), await _table.ReadRow(written.SiloAddress) })
        {
            Assert.Equal(1, read.Version.Version);
            Assert.Equivalent(written, Told(Assert.Single(read.Members).Item1), strict: true);
        }
    }

    [SuiteFact]
    public async Task Silos_whose_clocks_differ_agree_on_how_long_ago_something_was()
    {
        var ahead = new ManualTime(DateTimeOffset.UtcNow.AddHours(1));
        await using var theirs = new PostgresMembership(_database, "cpom", ahead);
        var written = Silo(1);
        (written.StartTime, written.IAmAliveTime) = (ahead.GetUtcNow().UtcDateTime, ahead.GetUtcNow().UtcDateTime);
        written.AddSuspector(Address(2), ahead.GetUtcNow().UtcDateTime.AddMinutes(-3));
        Assert.True(await theirs.InsertRow(written, (await theirs.ReadAll()).Version.Next()));
        await AssertSeen(alive: TimeSpan.Zero, suspected: TimeSpan.FromMinutes(3));
        Assert.Equal(DateTime.UtcNow, Assert.Single((await _table.ReadAll()).Members).Item1.StartTime, Tolerance);

        written.IAmAliveTime = ahead.GetUtcNow().UtcDateTime.AddMinutes(-10);
        await theirs.UpdateIAmAlive(written);
        await AssertSeen(alive: TimeSpan.FromMinutes(10), suspected: TimeSpan.FromMinutes(3));
        Assert.True(await theirs.UpdateRow(written, (await theirs.ReadRow(written.SiloAddress)).Members[0].Item2, (await theirs.ReadAll()).Version.Next()));
        await AssertSeen(alive: TimeSpan.FromMinutes(10), suspected: TimeSpan.FromMinutes(3));

        async Task AssertSeen(TimeSpan alive, TimeSpan suspected)
        {
            var seen = Assert.Single((await _table.ReadAll()).Members).Item1;
            Assert.Equal(DateTime.UtcNow - alive, seen.IAmAliveTime, Tolerance);
            Assert.Equal(DateTime.UtcNow - suspected, Assert.Single(seen.SuspectTimes!).Item2, Tolerance);
        }
    }

    [SuiteFact]
    public async Task Of_two_that_know_the_same_version_one_is_refused_and_changes_nothing()
    {
        var version = (await _table.ReadAll()).Version.Next();
        Assert.True(await _table.InsertRow(Silo(1), version));
        Assert.False(await _table.InsertRow(Silo(2), version));
        var read = await _table.ReadAll();
        Assert.Equal((1, 1), (read.Version.Version, read.Members.Count));
    }

    [SuiteFact]
    public async Task A_silo_is_inserted_once()
    {
        Assert.True(await Insert(Silo(1)));
        Assert.False(await Insert(Silo(1)));
        Assert.Equal(1, (await _table.ReadAll()).Version.Version);
    }

    [SuiteFact]
    public async Task An_update_needs_the_row_and_the_table_as_they_are()
    {
        await Insert(Silo(1));
        var (first, etag) = (await _table.ReadAll(), (await _table.ReadRow(Address(1))).Members[0].Item2);
        Assert.True(await _table.UpdateRow(Silo(1, SiloStatus.ShuttingDown), etag, first.Version.Next()));
        Assert.False(await _table.UpdateRow(Silo(1, SiloStatus.Dead), etag, first.Version.Next())); // An old table.
        Assert.False(await _table.UpdateRow(Silo(1, SiloStatus.Dead), etag, (await _table.ReadAll()).Version.Next())); // An old row.
        Assert.False(await _table.UpdateRow(Silo(2), etag, (await _table.ReadAll()).Version.Next())); // No row.
        Assert.Equal(SiloStatus.ShuttingDown, (await _table.ReadAll()).Members.Single().Item1.Status);
    }

    [SuiteFact]
    public async Task A_sign_of_life_moves_no_version()
    {
        await Insert(Silo(1));
        var before = await _table.ReadAll();
        var alive = Silo(1);
        alive.IAmAliveTime = Start.AddMinutes(5);
        await _table.UpdateIAmAlive(alive);
        var after = await _table.ReadAll();
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(alive.IAmAliveTime, after.Members.Single().Item1.IAmAliveTime, Tolerance);
    }

    [SuiteFact]
    public async Task Clients_are_told_of_active_silos_that_take_calls()
    {
        await Insert(Silo(1));
        await Insert(Silo(2, SiloStatus.Joining));
        var silent = Silo(3);
        silent.ProxyPort = 0;
        await Insert(silent);
        Assert.Equal(["gwy.tcp://127.0.0.1:30001/7"], (await _table.GetGateways()).Select(uri => uri.ToString()));
    }

    [SuiteFact]
    public async Task Silos_that_have_long_been_dead_are_forgotten_and_no_others()
    {
        await Insert(Silo(1));
        await Insert(Silo(2, SiloStatus.Dead));
        await _table.CleanupDefunctSiloEntries(new(Start.AddMinutes(-2)));
        Assert.Equal(2, (await _table.ReadAll()).Members.Count);
        await _table.CleanupDefunctSiloEntries(new(Start.AddMinutes(2)));
        Assert.Equal(Address(1), (await _table.ReadAll()).Members.Single().Item1.SiloAddress);
    }

    [SuiteFact]
    public async Task Two_clusters_over_one_database_do_not_know_one_another()
    {
        await Insert(Silo(1));
        await using var other = new PostgresMembership(_database, "essai", TimeProvider.System);
        await other.InitializeMembershipTable(true);
        Assert.Empty((await other.ReadAll()).Members);
        await other.DeleteMembershipTableEntries("essai");
        Assert.Single((await _table.ReadAll()).Members);
    }

    private async Task<bool> Insert(MembershipEntry entry) => await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next());

    /// <summary>With the times that were written, where those read are the same but for what passed between two looks at clocks.</summary>
    private static MembershipEntry Told(MembershipEntry read)
    {
        Assert.Equal(Start, read.StartTime, Tolerance);
        Assert.Equal(Start, read.IAmAliveTime, Tolerance);
        Assert.Equal(Start.AddMinutes(1), Assert.Single(read.SuspectTimes!).Item2, Tolerance);
        (read.StartTime, read.IAmAliveTime, read.SuspectTimes) = (Start, Start, [Tuple.Create(read.SuspectTimes![0].Item1, Start.AddMinutes(1))]);
        return read;
    }

    private static SiloAddress Address(int n) => SiloAddress.New(IPAddress.Loopback, 11_110 + n, 7);

    private static MembershipEntry Silo(int n, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = Address(n),
        Status = status,
        SiloName = $"silo-{n}",
        HostName = "machine",
        ProxyPort = 30_000 + n,
        StartTime = Start,
        IAmAliveTime = Start,
        SuspectTimes = [],
    };
}
