using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

/// <summary>One of several nodes over one log: the spec says which partitions it holds, and may change its mind between two batches.</summary>
internal sealed class SharedStore(IEventStore log, params int[] held) : StoreDouble(log), IPartitions
{
    public const int All = 8;

    private volatile HashSet<int> _held = [.. held];

    public override bool IsExclusive => false;

    public int Count => All;

    public TimeSpan BalanceEvery => Timeout.InfiniteTimeSpan;

    public static int[] Every => [.. Enumerable.Range(0, All)];

    public void Hold(params int[] partitions) => _held = [.. partitions];

    public Task<IReadOnlySet<int>> Balance(CancellationToken cancellation) => Task.FromResult<IReadOnlySet<int>>(_held);

    public override IPartitions JoinPartitions() => this;
}
