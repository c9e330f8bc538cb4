using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Server.Tests;

/// <summary>What an act waits for before it is recorded.</summary>
public sealed class ActSubmissionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // Evidence is missing after this; nothing is measured by it.

    [Fact(DisplayName = "L'argent d'une entité connue, ou nommée, est enregistré sans attendre la réplique du nœud")]
    public async Task Money_does_not_wait()
    {
        await using var log = new InMemoryEventStore();
        var held = new HeldReads(log);
        await using var server = await Registered(held);
        held.Hold();
        await server.Intake.SubmitActsAsync(new() { Acts = { RunningServer.Money("10.00", "M-1") } }).ResponseAsync.WaitAsync(Patience);
        var named = RunningServer.Money("20.00", "M-2");
        (named.Finess, named.Entite) = (RunningServer.Site, RunningServer.Entite);
        var answer = await server.Intake.SubmitActsAsync(new() { Acts = { named } }).ResponseAsync.WaitAsync(Patience);
        Assert.Equal(V1.ActOutcome.Recorded, Assert.Single(answer.Answers).Outcome);
        Assert.True(server.Node.Portfolio.Current.Position < answer.LogPosition);
        held.Release();
    }

    [Theory(DisplayName = "Un droit, et l'argent d'un numéro que le nœud ne connaît pas comme entité, attendent que la réplique ait tout")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_rest_waits(bool isRight)
    {
        await using var log = new InMemoryEventStore();
        var held = new HeldReads(log);
        await using var server = await Registered(held);
        held.Hold();
        await server.Intake.SubmitActsAsync(new() { Acts = { RunningServer.Money("10.00", "M-1") } }).ResponseAsync.WaitAsync(Patience); // The replica is behind by this.
        var act = isRight ? RunningServer.Rc("RC-1", 8) : RunningServer.Money("20.00", "M-2");
        act.Finess = RunningServer.Site;
        using var call = server.Intake.SubmitActsAsync(new() { Acts = { act } });
        await held.LastAsked.WaitAsync(Patience);
        Assert.False(call.ResponseAsync.IsCompleted);
        held.Release();
        Assert.Equal(V1.ActOutcome.Recorded, Assert.Single((await call.ResponseAsync.WaitAsync(Patience)).Answers).Outcome);
    }

    private static async Task<RunningServer> Registered(IEventStore store)
    {
        var server = await RunningServer.Start(store);
        await server.Register();
        return server;
    }

    /// <summary>A log that who follows it cannot read for a while.</summary>
    private sealed class HeldReads(IEventStore inner) : StoreDouble(inner)
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _held;

        /// <summary>Somebody has asked where the log ends, since it was held.</summary>
        public Task LastAsked => _asked.Task;

        public void Hold() => _held = true;

        public void Release() => _free.TrySetResult();

        public override async Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
        {
            if (_held)
            {
                await _free.Task.WaitAsync(cancellation);
            }

            return await base.ReadLog(position, countMax, cancellation);
        }

        public override async Task<long> LastPosition(CancellationToken cancellation)
        {
            var last = await base.LastPosition(cancellation);
            if (_held)
            {
                _asked.TrySetResult();
            }

            return last;
        }
    }
}
