using Cpom.Runtime;
using Cpom.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>From a site or an entity to its contrats by stream: whatever fails on the way, each act is an item once, and no checkpoint is ahead of it.</summary>
public sealed class StreamTests
{
    private static readonly string[] Both = ["750100001/RC/84-82-RC1#1", "750100001/RC/84-82-RC1#2"];

    [Fact]
    public async Task An_act_becomes_an_item_by_the_relay_grain_of_its_partition_beside_its_queue()
    {
        await using var cluster = await StreamCluster.Start(silos: 2);
        await cluster.Rc(0, 10);
        await cluster.Rc(0, 11);
        await cluster.Settle();
        Assert.Equal(Both, cluster.Items(0));
        foreach (var partition in new[] { 6, 7 })
        {
            var silo = cluster.SiloOf(RelayOf(partition));
            Assert.NotNull(silo);
            Assert.True(QueuesOf(silo.ServiceProvider)[partition].IsHeld);
        }

        var held = cluster.Silos.Silos.SelectMany(silo => QueuesOf(silo.ServiceProvider).Held);
        Assert.Equal(Enumerable.Range(0, StreamCluster.Partitions), held.Order());
    }

    [Theory]
    [InlineData(60_000)] // The agent tries again.
    [InlineData(1)] // The agent has given up each time: the relay goes back to the checkpoint.
    public async Task What_a_contrat_throws_is_delivered_again_and_others_go_on(int failingMaxMilliseconds)
    {
        await using var cluster = await StreamCluster.Start(silos: 1, failingMax: TimeSpan.FromMilliseconds(failingMaxMilliseconds));
        var numero = StreamCluster.Contrats[0].Numero;
        var (failures, thrice) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        cluster.Door.Meet(numero, () =>
        {
            if (++failures == 3)
            {
                thrice.SetResult();
            }

            throw new IOException("Not now.");
        });
        var mark = await cluster.Last();
        await cluster.Rc(0, 10);
        await thrice.Task.WaitAsync(StreamCluster.Patience);
        Assert.True(await cluster.Checkpoint(6) <= mark);
        if (failingMaxMilliseconds == 1)
        {
            await cluster.Rc(1, 10);
            await cluster.Until(() => cluster.Items(1).Count == 1);
            Assert.Empty(cluster.Items(0));
        }

        cluster.Door.Open();
        await cluster.Rc(0, 11);
        await cluster.Settle();
        Assert.Equal(Both, cluster.Items(0));
    }

    [Fact]
    public async Task A_contrat_that_is_busy_for_long_is_not_passed_over()
    {
        var time = new ManualTime(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using var cluster = await StreamCluster.Start(silos: 1, time, failingMax: TimeSpan.FromMilliseconds(1));
        var (calls, mark) = (0, await cluster.Last());
        cluster.Door.Meet(StreamCluster.Contrats[0].Numero, () =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(true);
        });
        await cluster.Rc(0, 10);
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await cluster.Until(() => Volatile.Read(ref calls) > delivery && time.TimersSet > StreamCluster.Partitions); // Every queue waits, and a delivery.
            time.Advance(LogBatch.DeliverMax);
        }

        Assert.True(await cluster.Checkpoint(6) <= mark);
        cluster.Door.Open();
        await cluster.Settle();
        Assert.Equal(Both[..1], cluster.Items(0));
    }

    [Fact]
    public async Task When_the_silo_of_a_queue_dies_another_goes_on_from_the_checkpoint()
    {
        await using var cluster = await StreamCluster.Start(silos: 2);
        var (asked, never) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<bool>());
        cluster.Door.Meet(StreamCluster.Contrats[0].Numero, () =>
        {
            asked.TrySetResult();
            return never.Task; // What the dying silo is doing is not done.
        });
        var mark = await cluster.Last();
        await cluster.Rc(0, 10);
        await asked.Task.WaitAsync(StreamCluster.Patience);
        Assert.True(await cluster.Checkpoint(6) <= mark);
        var dying = cluster.SiloOf(RelayOf(6))!;
        cluster.Door.Open();
        await cluster.Silos.KillSiloAsync(dying);
        await cluster.Rc(0, 11);
        await cluster.Settle();
        Assert.Equal(Both, cluster.Items(0));
        Assert.Equal(Enumerable.Range(0, StreamCluster.Partitions), QueuesOf(cluster.SiloOf(RelayOf(6))!.ServiceProvider).Held.Order());
    }

    [Fact]
    public async Task A_relay_grain_that_is_elsewhere_goes_to_its_queue()
    {
        await using var cluster = await StreamCluster.Start(silos: 2);
        var home = cluster.SiloOf(RelayOf(6))!;
        var away = cluster.Silos.Silos.Single(silo => silo != home);
        await cluster.Silos.MigrateAsync(RelayOf(6), away.SiloAddress);
        await cluster.Rc(0, 10);
        await cluster.Settle();
        Assert.Equal(Both[..1], cluster.Items(0));
        Assert.Equal(home.SiloAddress, cluster.SiloOf(RelayOf(6))!.SiloAddress);
    }

    [Fact]
    public async Task Two_that_believe_a_partition_to_be_theirs_add_nothing_to_one_another()
    {
        await using var cluster = await StreamCluster.Start(silos: 2);
        using var stop = new CancellationTokenSource();
        var rival = cluster.Rival(ClusterHosting.ActorsOf(cluster.Silos.Silos[0].ServiceProvider, TimeProvider.System)).Run(stop.Token);
        await cluster.Rc(0, 10);
        await cluster.Rc(0, 11);
        await cluster.Rc(1, 10);
        await cluster.Settle();
        Assert.Equal(Both, cluster.Items(0));
        Assert.Single(cluster.Items(1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rival);
    }

    [Fact]
    public async Task An_entity_its_sites_and_its_contrats_are_where_its_relay_is()
    {
        await using var cluster = await StreamCluster.Start(silos: 2);
        await cluster.Rc(0, 10);
        await cluster.Settle();
        foreach (var ((entite, site, numero), partition) in StreamCluster.Contrats.Zip([6, 7]))
        {
            var home = cluster.SiloOf(RelayOf(partition))!.SiloAddress;
            foreach (var (kind, id) in new[] { ("entite", entite), ("site", site), ("contrat", numero) })
            {
                Assert.Equal((kind, home), (kind, cluster.SiloOf(GrainId.Create(kind, id))!.SiloAddress));
            }
        }

        Assert.NotEqual(cluster.SiloOf(RelayOf(6)), cluster.SiloOf(RelayOf(7)));
    }

    private static GrainId RelayOf(int partition) => GrainId.Create("relais", LogBatch.KeyOf(partition, StreamCluster.Partitions));

    private static LogQueues QueuesOf(IServiceProvider silo) => silo.GetRequiredService<LogQueues>();
}
