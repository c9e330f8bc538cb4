using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Cpom.Cluster.Tests;

/// <summary>What befell a command on its way, and what its actor said, are two things.</summary>
public sealed class ResendTests
{
    private static readonly Provenance By = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "essai", Cause.Unknown);
    private static readonly ContratCommand Command = new ContratCommand.RemoveEngagement(1, new(2026, 3, 1));

    public static TheoryData<Exception> OfTheWay => [new SiloUnavailableException(), new ConnectionFailedException("gone"), new TimeoutException()];

    [Theory]
    [MemberData(nameof(OfTheWay))]
    public async Task A_command_lost_on_its_way_is_sent_again(Exception loss)
    {
        var grain = new Grain(loss, losses: 2);
        Assert.IsType<Outcome.Stale>(await ActorsOf(grain, TimeProvider.System).Execute("99-C1", Command, By, default));
        Assert.Equal(3, grain.Calls);
    }

    [Fact]
    public async Task It_is_sent_again_for_a_bounded_time()
    {
        var grain = new Grain(new SiloUnavailableException(), losses: int.MaxValue);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => ActorsOf(grain, new Hurried()).Execute("99-C1", Command, By, default));
        Assert.Equal(1, grain.Calls);
    }

    [Fact]
    public async Task What_an_actor_throws_reaches_the_caller()
    {
        var grain = new Grain(new IOException(), losses: 1);
        await Assert.ThrowsAsync<IOException>(() => ActorsOf(grain, TimeProvider.System).ExecuteAll("99-C1", [new(Command, By)], default));
        Assert.Equal(1, grain.Calls);
    }

    private static ClusterActors ActorsOf(IActorGrain grain, TimeProvider time) => new(OneGrain.Of(grain), time);

    private sealed class Grain(Exception loss, int losses) : IActorGrain
    {
        public int Calls { get; private set; }

        public Task<Answer> Execute(Order order, CancellationToken cancellation) =>
            ++Calls <= losses ? Task.FromException<Answer>(loss) : Task.FromResult(new Answer(new Outcome.Stale(1)));

        public Task<Answers> ExecuteAll(Order[] orders, CancellationToken cancellation) =>
            ++Calls <= losses ? Task.FromException<Answers>(loss) : Task.FromResult(new Answers([new Outcome.Stale(1)]));
    }

    /// <summary>Between two looks at it more time has passed than anything is sent again for.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, (long)(ClusterActors.ResendMax.TotalSeconds * 2 * TimestampFrequency));
    }
}
