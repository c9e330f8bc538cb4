using System.Net;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.TestKit;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>Commands of many callers on their way to one silo.</summary>
public sealed class DoorTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11_111, 1);
    private static readonly SiloAddress OtherSilo = SiloAddress.New(IPAddress.Loopback, 11_112, 1);

    private readonly ManualTime _time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly DoorTraffic _traffic = new();
    private readonly SiloDoor _silo = new();

    [Fact]
    public async Task A_lone_command_goes_at_once_and_those_that_come_meanwhile_go_together()
    {
        var door = DoorOf(_ => _silo);
        var first = door.Execute(Command(1), default);
        Assert.Single(Assert.Single(_silo.Messages));
        var others = Enumerable.Range(2, 3).Select(n => door.Execute(Command(n), default)).ToList();
        Assert.Single(_silo.Messages);
        _silo.Answer(0);
        await first;
        await _silo.Came(2);
        _silo.Answer(1);
        Assert.Equal([2L, 3, 4], (await Task.WhenAll(others)).Select(VersionOf));
        Assert.Equal(2, _silo.Messages.Count);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(60, 10)]
    public async Task In_dense_traffic_the_next_message_waits_as_long_again_as_the_last_took_and_no_longer_than_it_may(int took, int pause)
    {
        var door = DoorOf(_ => _silo);
        for (var elsewhere = 2; elsewhere < DoorTraffic.DenseMin; elsewhere++)
        {
            _traffic.Enter();
        }

        var (first, second) = (door.Execute(Command(1), default), door.Execute(Command(2), default));
        _traffic.Enter(); // The first leaves before it is looked at.
        _time.Advance(TimeSpan.FromMilliseconds(took));
        _silo.Answer(0);
        await first;
        while (_time.TimersSet == 0)
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromMilliseconds(pause - 1));
        Assert.Single(_silo.Messages);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _silo.Came(2);
        _silo.Answer(1);
        await second;
    }

    [Fact]
    public async Task A_second_message_that_is_large_waits_neither_for_the_first_nor_for_company()
    {
        var door = DoorOf(_ => _silo);
        var all = Enumerable.Range(1, 1 + Door.CompanyMin + 1).Select(n => door.Execute(Command(n), default)).ToList();
        Assert.Equal([1, Door.CompanyMin], _silo.Messages.Select(message => message.Count)); // One waits: it would be a small third.
        _silo.Answer(1);
        await Task.WhenAll(all.Skip(1).Take(Door.CompanyMin));
        Assert.Equal(2, _silo.Messages.Count);
        _silo.Answer(0);
        await _silo.Came(3);
        _silo.Answer(2);
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task A_message_has_so_many_and_no_more()
    {
        var door = DoorOf(_ => _silo);
        var all = Enumerable.Range(1, 1 + Door.CompanyMin + Door.TogetherMax + 1).Select(n => door.Execute(Command(n), default)).ToList();
        _silo.Answer(0);
        await _silo.Came(3);
        _silo.Answer(1);
        _silo.Answer(2);
        await _silo.Came(4);
        _silo.Answer(3);
        await Task.WhenAll(all);
        Assert.Equal([1, Door.CompanyMin, Door.TogetherMax, 1], _silo.Messages.Select(message => message.Count));
    }

    [Fact]
    public async Task What_is_not_there_in_time_is_asked_for_and_what_nobody_knows_of_is_to_be_sent_again()
    {
        var door = DoorOf(_ => _silo);
        var slow = door.Execute(Command(1), default);
        _silo.Answer(0, late: true);
        await _silo.Asked;
        _silo.Finished.SetResult(new Answer(new Outcome.Stale(7)));
        Assert.Equal(7, VersionOf(await slow));

        _silo.Finished = new();
        var forgotten = door.Execute(Command(2), default);
        await _silo.Came(2);
        _silo.Answer(1, late: true);
        _silo.Finished.SetResult(null);
        Assert.Null(await forgotten);
    }

    [Fact]
    public async Task What_a_slow_actor_throws_reaches_the_caller_but_not_what_befell_the_question()
    {
        var door = DoorOf(_ => _silo);
        var throwing = door.Execute(Command(1), default);
        _silo.Answer(0, late: true);
        _silo.Finished.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => throwing);

        _silo.Finished = new();
        var lost = door.Execute(Command(2), default);
        await _silo.Came(2);
        _silo.Answer(1, late: true);
        _silo.Finished.SetException(new SiloUnavailableException());
        Assert.Null(await lost);
    }

    [Fact]
    public async Task A_lost_message_gives_back_every_command_of_it_and_all_that_wait_and_for_a_while_commands_go_alone()
    {
        var door = DoorOf(_ => _silo);
        var (lost, waiting) = (door.Execute(Command(1), default), door.Execute(Command(2), default));
        _silo.Lose(0);
        Assert.Null(await lost);
        Assert.Null(await waiting);
        Assert.Null(await door.Execute(Command(3), default));
        _time.Advance(Door.ClosedFor);
        var next = door.Execute(Command(4), default);
        await _silo.Came(2);
        _silo.Answer(1);
        Assert.Equal(4, VersionOf(await next));
    }

    [Fact]
    public async Task Who_gives_up_before_the_message_is_not_in_it()
    {
        using var givenUp = new CancellationTokenSource();
        var door = DoorOf(_ => _silo);
        var first = door.Execute(Command(1), default);
        var leaving = door.Execute(Command(2), givenUp.Token);
        var staying = door.Execute(Command(3), default);
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _silo.Answer(0);
        await first;
        await _silo.Came(2);
        _silo.Answer(1);
        Assert.Equal(3, VersionOf(await staying));
        Assert.Single(_silo.Messages[1]);
    }

    [Fact]
    public async Task Who_gives_up_after_it_is_taken_back_where_it_is()
    {
        using var givenUp = new CancellationTokenSource();
        var door = DoorOf(_ => _silo);
        var leaving = door.Execute(Command(1), givenUp.Token);
        await givenUp.CancelAsync();
        _silo.Answer(0, late: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.True(_silo.Given.IsCancellationRequested);
    }

    [Fact]
    public async Task It_learns_which_key_opens_the_door_of_its_silo()
    {
        var keys = new List<int>();
        var door = DoorOf(key =>
        {
            keys.Add(key);
            return _silo;
        });
        SiloAddress[] opening = [OtherSilo, OtherSilo, Silo, Silo, OtherSilo, Silo];
        for (var message = 0; message < opening.Length; message++)
        {
            var sent = door.Execute(Command(message), default);
            await _silo.Came(message + 1);
            _silo.Answer(message, opening[message]);
            await sent;
        }

        Assert.Equal([0, 1, 2, 2, 2, 3], keys);
    }

    [Fact]
    public async Task So_many_wait_and_one_more_goes_alone()
    {
        var door = DoorOf(_ => _silo);
        _ = door.Execute(Command(0), default); // Under way, as the next ones will be.
        for (var waiting = 1; waiting <= Door.CompanyMin + Door.WaitingMax; waiting++)
        {
            _ = door.Execute(Command(waiting), default);
        }

        Assert.Null(await door.Execute(Command(-1), default));
    }

    private Door DoorOf(Func<int, IDoorGrain> grains) => new(grains, Silo, _traffic, _time);

    /// <summary>Answered with the number that it carries.</summary>
    private static Addressed Command(int n) =>
        new(GrainId.Create("contrat", "99-C1"), new(new IfVersion(new ContratCommand.RemoveEngagement(1, new(2026, 3, 1)), n), new(default, "essai", Cause.Unknown)));

    private static long VersionOf(Answer? answer) => Assert.IsType<Outcome.Stale>(answer!.Value.Outcome).Version;

    /// <summary>A silo that answers when the test says so.</summary>
    private sealed class SiloDoor : IDoorGrain
    {
        private readonly Lock _lock = new();
        private readonly List<(IReadOnlyList<Addressed> Commands, TaskCompletionSource<Delivered> Answer)> _messages = [];
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<Answer?> Finished { get; set; } = new();

        /// <summary>With which an answer was asked for last.</summary>
        public CancellationToken Given { get; private set; }

        public Task Asked => _asked.Task;

        public IReadOnlyList<IReadOnlyList<Addressed>> Messages
        {
            get
            {
                lock (_lock)
                {
                    return [.. _messages.Select(message => message.Commands)];
                }
            }
        }

        public async Task Came(int count)
        {
            while (NextBefore(count) is { } next)
            {
                await next;
            }
        }

        private Task? NextBefore(int count)
        {
            lock (_lock)
            {
                return _messages.Count < count ? _came.Task : null;
            }
        }

        /// <param name="late">None of the answers is there in time.</param>
        public void Answer(int message, SiloAddress? silo = null, bool late = false)
        {
            var (commands, answer) = _messages[message];
            answer.SetResult(new(silo ?? Silo, [.. commands.Select(command => late ? (Answer?)null : new(new Outcome.Stale(((IfVersion)command.Order.Command).Version)))]));
        }

        public void Lose(int message) => _messages[message].Answer.SetException(new TimeoutException());

        public Task<Delivered> Deliver(Guid message, Addressed[] commands)
        {
            var answer = new TaskCompletionSource<Delivered>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _messages.Add((commands, answer));
                _came.SetResult();
                _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return answer.Task;
        }

        public Task<Answer?> Finish(Guid message, int rank, CancellationToken cancellation)
        {
            Given = cancellation;
            _asked.TrySetResult();
            return Finished.Task.WaitAsync(cancellation);
        }
    }
}
