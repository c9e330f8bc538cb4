using System.Net;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.TestKit;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>What a silo does with the commands of one message.</summary>
public sealed class DoorGrainTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11_111, 1);

    private readonly ManualTime _time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly Actors _actors = new();
    private readonly DoorGrain _door;

    public DoorGrainTests() => _door = new(OneGrain.Of(_actors), new Details(), _time);

    [Fact]
    public async Task It_answers_when_every_actor_has()
    {
        var delivering = _door.Deliver(Guid.NewGuid(), [Command(1), Command(2)]);
        _actors.Answer(2);
        Assert.False(delivering.IsCompleted);
        _actors.Answer(1);
        var delivered = await delivering;
        Assert.Equal(Silo, delivered.Silo);
        Assert.Equal([1L, 2], delivered.Answers.Select(VersionOf));
    }

    [Fact]
    public async Task A_slow_actor_does_not_keep_the_others()
    {
        var message = Guid.NewGuid();
        var delivering = _door.Deliver(message, [Command(1), Command(2)]);
        _actors.Answer(2);
        _time.Advance(DoorGrain.Patience);
        var delivered = await delivering;
        Assert.Null(delivered.Answers[0]);
        Assert.Equal(2, VersionOf(delivered.Answers[1]));

        var finishing = _door.Finish(message, 0, default);
        _actors.Answer(1);
        Assert.Equal(1, VersionOf(await finishing));
        Assert.Null(await _door.Finish(message, 0, default)); // Told once.
        Assert.Null(await _door.Finish(message, 1, default));
    }

    [Fact]
    public async Task What_an_actor_throws_is_kept_for_its_caller()
    {
        var message = Guid.NewGuid();
        var delivering = _door.Deliver(message, [Command(1), Command(2)]);
        _actors.Answer(1);
        _actors.Fail(2);
        var delivered = await delivering;
        Assert.Equal(1, VersionOf(delivered.Answers[0]));
        Assert.Null(delivered.Answers[1]);
        await Assert.ThrowsAsync<IOException>(() => _door.Finish(message, 1, default));
    }

    [Fact]
    public async Task Who_gives_up_takes_the_command_out_of_the_mailbox()
    {
        using var givenUp = new CancellationTokenSource();
        var message = Guid.NewGuid();
        var delivering = _door.Deliver(message, [Command(1)]);
        _time.Advance(DoorGrain.Patience);
        await delivering;
        var finishing = _door.Finish(message, 0, givenUp.Token);
        Assert.False(_actors.TokenOf(1).IsCancellationRequested);
        await givenUp.CancelAsync();
        Assert.True(_actors.TokenOf(1).IsCancellationRequested);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finishing);
    }

    [Fact]
    public async Task What_nobody_asks_for_is_forgotten_and_so_much_is_kept_and_no_more()
    {
        var (message, other) = (Guid.NewGuid(), Guid.NewGuid());
        var delivering = _door.Deliver(message, [.. Enumerable.Range(0, DoorGrain.UnfinishedMax + 1).Select(Command)]);
        _time.Advance(DoorGrain.Patience);
        await delivering;
        Assert.Null(await _door.Finish(message, DoorGrain.UnfinishedMax, default));

        _time.Advance(DoorGrain.UnaskedMax + TimeSpan.FromMilliseconds(1));
        var second = _door.Deliver(other, [Command(-1)]);
        _time.Advance(DoorGrain.Patience);
        await second;
        Assert.Null(await _door.Finish(message, 0, default));
        var finishing = _door.Finish(other, 0, default);
        _actors.Answer(-1);
        Assert.Equal(-1, VersionOf(await finishing));
    }

    private static Addressed Command(int n) =>
        new(GrainId.Create("contrat", "99-C1"), new(new IfVersion(new ContratCommand.RemoveEngagement(1, new(2026, 3, 1)), n), new(default, "essai", Cause.Unknown)));

    private static long VersionOf(Answer? answer) => Assert.IsType<Outcome.Stale>(answer!.Value.Outcome).Version;

    /// <summary>Actors that answer when the test says so, each the number that its command carries.</summary>
    private sealed class Actors : IActorGrain
    {
        private readonly Dictionary<long, (TaskCompletionSource<Answer> Answer, CancellationToken Token)> _asked = [];

        public CancellationToken TokenOf(long n) => _asked[n].Token;

        public void Answer(long n) => _asked[n].Answer.SetResult(new(new Outcome.Stale(n)));

        public void Fail(long n) => _asked[n].Answer.SetException(new IOException());

        public Task<Answer> Execute(Order order, CancellationToken cancellation)
        {
            var answer = new TaskCompletionSource<Answer>();
            _asked.Add(((IfVersion)order.Command).Version, (answer, cancellation));
            return answer.Task.WaitAsync(cancellation);
        }

        public Task<Answers> ExecuteAll(Order[] orders, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class Details : ILocalSiloDetails
    {
        public string Name => "silo";

        public string ClusterId => "essai";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => Silo;

        public SiloAddress GatewayAddress => Silo;
    }
}
