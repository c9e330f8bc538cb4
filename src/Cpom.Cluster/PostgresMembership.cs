using System.Globalization;
using Npgsql;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>
/// Who is in the cluster, as PostgreSQL knows it: for silos the table by which they agree, for clients the silos that take calls. Every change moves the
/// version of the whole table on, in one transaction, and is refused to who does not know the version before it.
/// </summary>
/// <param name="time">The clock of this process, by which it is told how long ago others were alive.</param>
internal sealed class PostgresMembership(string postgres, string cluster, TimeProvider time) : IMembershipTable, IGatewayListProvider, IAsyncDisposable
{
    /// <summary>Nothing of it is part of anybody's call, nor told to a tracer.</summary>
    private readonly NpgsqlDataSource _database = new NpgsqlDataSourceBuilder(postgres)
        .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false).EnablePhysicalOpenTracing(false))
        .Build();

    public TimeSpan MaxStaleness => ClusterHosting.GatewaysEvery;

    public bool IsUpdatable => true;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await using (var create = _database.CreateCommand(MembershipSql.Create))
        {
            await create.ExecuteNonQueryAsync();
        }

        await Execute(MembershipSql.Begin, cluster);
    }

    public Task InitializeGatewayListProvider() => InitializeMembershipTable(tryInitTableVersion: true);

    public async Task<IList<Uri>> GetGateways() =>
        [.. from member in (await ReadAll()).Members
            let silo = member.Item1
            where silo.Status == SiloStatus.Active && silo.ProxyPort > 0
            select SiloAddress.New(silo.SiloAddress.Endpoint.Address, silo.ProxyPort, silo.SiloAddress.Generation).ToGatewayUri()];

    public Task<MembershipTableData> ReadAll() => Read(silo: null);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Read(key.ToParsableString());

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change(tableVersion, MembershipSql.Insert, RowOf(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Change(tableVersion, MembershipSql.Update, [.. RowOf(entry, tableVersion), VersionOf(etag)]);

    public Task UpdateIAmAlive(MembershipEntry entry) => Execute(MembershipSql.Alive, cluster, entry.SiloAddress.ToParsableString(), Utc(entry.IAmAliveTime), Now());

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Execute(MembershipSql.Clean, cluster, (int)SiloStatus.Active, beforeDate.UtcDateTime, Now());

    public Task DeleteMembershipTableEntries(string clusterId) => Execute(MembershipSql.Delete, clusterId);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<MembershipTableData> Read(string? silo)
    {
        await using var command = Command(_database.CreateCommand(MembershipSql.Read), cluster);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = silo });
        command.Parameters.Add(new() { Value = Now() });
        await using var reader = await command.ExecuteReaderAsync();
        var (version, members) = (0, new List<Tuple<MembershipEntry, string>>());
        while (await reader.ReadAsync())
        {
            version = reader.GetInt32(0);
            if (!await reader.IsDBNullAsync(1))
            {
                members.Add(Tuple.Create(EntryOf(reader), EtagOf(reader.GetInt32(2))));
            }
        }

        return new(members, new(version, EtagOf(version)));
    }

    /// <summary>The version of the table and one row of it, both or neither.</summary>
    private async Task<bool> Change(TableVersion next, string text, object[] row)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var move = Command(new(MembershipSql.Move, connection, transaction), cluster, VersionOf(next.VersionEtag), next.Version);
        await using var change = Command(new(text, connection, transaction), row);
        if (await move.ExecuteNonQueryAsync() == 0 || await change.ExecuteNonQueryAsync() == 0)
        {
            return false; // Rolled back: somebody else was first.
        }

        await transaction.CommitAsync();
        return true;
    }

    private async Task Execute(string text, params object[] values)
    {
        await using var command = Command(_database.CreateCommand(text), values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private object[] RowOf(MembershipEntry entry, TableVersion version)
    {
        var suspicions = entry.SuspectTimes ?? [];
        return
        [
            cluster, entry.SiloAddress.ToParsableString(), version.Version, (int)entry.Status, entry.SiloName ?? "", entry.HostName ?? "", entry.ProxyPort,
            Utc(entry.StartTime), Utc(entry.IAmAliveTime), suspicions.Select(s => s.Item1.ToParsableString()).ToArray(), suspicions.Select(s => Utc(s.Item2)).ToArray(),
            Now(),
        ];
    }

    private static MembershipEntry EntryOf(NpgsqlDataReader row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.GetString(1)),
        Status = (SiloStatus)row.GetInt32(3),
        SiloName = row.GetString(4),
        HostName = row.GetString(5),
        ProxyPort = row.GetInt32(6),
        StartTime = row.GetDateTime(7),
        IAmAliveTime = row.GetDateTime(8),
        SuspectTimes = [.. row.GetFieldValue<string[]>(9).Zip(row.GetFieldValue<DateTime[]>(10), (silo, at) => Tuple.Create(SiloAddress.FromParsableString(silo), at))],
    };

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string EtagOf(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static int VersionOf(string etag) => int.Parse(etag, CultureInfo.InvariantCulture);
}
