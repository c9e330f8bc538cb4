using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>Days that begin in a cluster: told to each contrat once, by the relay of whichever silo has its partition.</summary>
public sealed class DayTests
{
    private static readonly DateTimeOffset FirstDay = new(2028, 5, 1, 12, 0, 0, TimeSpan.Zero); // Two months before the evaluation at mid-term.
    private static readonly DateTimeOffset LastDay = new(2028, 7, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly ContratEvent[] Evaluation =
    [
        new ContratEvent.EcheanceReached(new(2028, 5, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Proche, new(2028, 7, 1)),
        new ContratEvent.EcheanceReached(new(2028, 7, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Echue, new(2028, 7, 1)),
        new ContratEvent.EcheanceReached(new(2028, 7, 2), EcheanceKind.Evaluation, 1, EcheanceStade.Depassee, new(2028, 7, 1)),
    ];

    [Fact(DisplayName = "L-02 A day is told to the contrats of every silo, and after the death of one by the other, each fact once")]
    public async Task Told_once()
    {
        var clock = new JumpingTime();
        await using var cluster = await StreamCluster.Start(silos: 2, clock: clock);
        clock.JumpTo(FirstDay);
        await cluster.Until(() => cluster.Brought(0).Count == 1 && cluster.Brought(1).Count == 1);

        var (dying, left) = (SiloOf(cluster, 7), SiloOf(cluster, 6));
        Assert.NotEqual(dying, left);
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos.Single(silo => silo.SiloAddress == dying));
        clock.JumpTo(LastDay);
        await cluster.Until(() => cluster.Brought(0).Count >= 3 && cluster.Brought(1).Count >= 3);
        await cluster.Rc(0, 10);
        await cluster.Settle(); // The relay has come round since.
        Assert.All([0, 1], contrat => Assert.Equal(Evaluation, cluster.Brought(contrat)));
        Assert.Equal(left, SiloOf(cluster, 7));
    }

    private static SiloAddress SiloOf(StreamCluster cluster, int partition) =>
        cluster.Silos.Silos.Single(silo => silo.ServiceProvider.GetRequiredService<LogQueues>()[partition].IsHeld).SiloAddress;

    /// <summary>The machine's time, moved forward when a test says so; timers run as they do.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private long _ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

        public void JumpTo(DateTimeOffset day) => Interlocked.Exchange(ref _ahead, (day - base.GetUtcNow()).Ticks);
    }
}
