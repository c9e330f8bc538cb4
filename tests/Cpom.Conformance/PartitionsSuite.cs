using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Npgsql;
using Xunit;

namespace Cpom.Conformance;

/// <summary>How nodes share the relay's work. Each join is one node.</summary>
public abstract class PartitionsSuite : IAsyncLifetime
{
    private readonly List<IPartitions> _nodes = [];

    protected ManualTime Time { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    protected IEventStore Store { get; private set; } = null!;

    protected abstract Task<IEventStore> Open();

    public async Task InitializeAsync() => Store = await Open();

    public virtual async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    [SuiteFact]
    public async Task A_lone_node_holds_everything()
    {
        var node = Join();
        Assert.Equal(Enumerable.Range(0, node.Count), (await node.Balance(default)).Order());
        Assert.Equal(Enumerable.Range(0, node.Count), (await Round(node))[0].Order());
    }

    [SuiteFact]
    public async Task A_node_that_comes_is_given_its_share_and_nobody_holds_what_another_does()
    {
        var first = Join();
        await first.Balance(default);
        for (var others = new List<IPartitions>(); others.Count < first.Count;)
        {
            others.Add(Join());
            await AssertShared([first, .. others]);
        }
    }

    [SuiteFact]
    public async Task What_a_node_held_goes_to_those_that_stay()
    {
        IPartitions[] nodes = [Join(), Join(), Join()];
        await AssertShared(nodes);
        await nodes[1].DisposeAsync();
        await AssertShared(nodes[0], nodes[2]);
        await nodes[0].DisposeAsync();
        await AssertShared(nodes[2]);
        await AssertShared(nodes); // Who left may come back.
    }

    [SuiteFact]
    public async Task Between_two_looks_a_node_is_told_what_it_holds_without_asking()
    {
        var (first, second) = (Join(), Join());
        var all = await first.Balance(default);
        await second.Balance(default);
        Assert.Same(all, await first.Balance(default));
        Time.Advance(first.BalanceEvery);
        Assert.NotEqual(all.Count, (await first.Balance(default)).Count);
    }

    protected IPartitions Join()
    {
        _nodes.Add(Store.JoinPartitions());
        return _nodes[^1];
    }

    /// <summary>Each node asks once when it is time to; the first ones give up what the last ones then take, and those before them in the next round.</summary>
    protected async Task AssertShared(params IPartitions[] nodes)
    {
        await Round(nodes);
        await Round(nodes);
        var held = await Round(nodes);
        Assert.Equal(Enumerable.Range(0, nodes[0].Count), held.SelectMany(partitions => partitions).Order());
        Assert.InRange(held.Max(partitions => partitions.Count) - held.Min(partitions => partitions.Count), 0, 1);
    }

    private async Task<IReadOnlyList<IReadOnlySet<int>>> Round(params IPartitions[] nodes)
    {
        if (nodes[0].BalanceEvery != Timeout.InfiniteTimeSpan)
        {
            Time.Advance(nodes[0].BalanceEvery);
        }

        var held = new List<IReadOnlySet<int>>();
        foreach (var node in nodes)
        {
            held.Add(await node.Balance(default));
        }

        return held;
    }
}

[Skips(nameof(A_node_that_comes_is_given_its_share_and_nobody_holds_what_another_does), "Un magasin exclusif n'a qu'un nœud.")]
[Skips(nameof(What_a_node_held_goes_to_those_that_stay), "Un magasin exclusif n'a qu'un nœud.")]
[Skips(nameof(Between_two_looks_a_node_is_told_what_it_holds_without_asking), "Un magasin exclusif n'a qu'un nœud.")]
public sealed class WholePartitionTests : PartitionsSuite
{
    protected override Task<IEventStore> Open() => Task.FromResult<IEventStore>(new InMemoryEventStore());
}

[RequiresPostgres]
public sealed class PostgresPartitionsTests : PartitionsSuite
{
    private const string KillHolder =
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() "
        + "WHERE l.locktype = 'advisory' AND l.objid = 100";

    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    [SuiteFact]
    public async Task A_node_whose_connection_dies_holds_nothing_until_it_has_joined_again()
    {
        var (first, second) = (Join(), Join());
        await AssertShared(first, second);
        await using var other = new NpgsqlConnection(_database);
        await other.OpenAsync();
        await using var kill = new NpgsqlCommand(KillHolder, other);
        await kill.ExecuteNonQueryAsync();

        Time.Advance(first.BalanceEvery);
        var failures = 0;
        foreach (var node in new[] { first, second })
        {
            try
            {
                await node.Balance(default);
            }
            catch (NpgsqlException)
            {
                failures++;
            }
        }

        Assert.Equal(1, failures);
        await AssertShared(first, second);
    }

    protected override async Task<IEventStore> Open() => await PostgresEventStore.Open(_database, time: Time);
}
