using Cpom.Domain;
using Cpom.Domain.Entites;
using Cpom.Server;
using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

public sealed class NodeStopSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "Un nœud que l'on arrête n'attend pas sans fin une base qui ne répond plus, et dit ce qui n'a pas fini")]
    public async Task A_stop_is_bounded()
    {
        var (store, time, unended) = (new Mute(), new ManualTime(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), new List<string>());
        var node = CpomNode.Over(store, time, unended: unended.Add);
        var day = new DateOnly(2026, 3, 1);
        _ = node.Actors.Execute("750100018", new EntiteCommand.Register("750100018", new("Hôpital", "13", "267500452", "Paris", "75"), day, null, day), new(default, "test", Cause.Unknown), default);
        await store.Asked.Task.WaitAsync(Patience);

        var stopped = node.DisposeAsync().AsTask();
        foreach (var told in new[] { 1, 2 })
        {
            Assert.True(SpinWait.SpinUntil(() => time.TimersSet == 1, Patience), "The stop sets itself no limit.");
            time.Advance(CpomNode.EndMax - TimeSpan.FromTicks(1));
            Assert.Equal(told - 1, unended.Count);
            time.Advance(TimeSpan.FromTicks(1));
            Assert.True(SpinWait.SpinUntil(() => unended.Count == told, Patience), "Nobody is told.");
        }

        await stopped.WaitAsync(Patience);
        Assert.Equal(["the decisions being stored", "the closing of the store"], unended);
    }

    /// <summary>Its connection is open, and nothing comes back; who closes it is blocked.</summary>
    private sealed class Mute() : StoreDouble(new InMemoryEventStore())
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
        {
            Asked.TrySetResult();
            return new TaskCompletionSource<IReadOnlyList<AppendResult>>().Task;
        }

        public override ValueTask DisposeAsync() => new(Task.Delay(Timeout.Infinite));
    }
}
