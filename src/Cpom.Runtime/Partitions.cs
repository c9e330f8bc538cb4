using System.Collections.Immutable;

namespace Cpom.Runtime;

/// <summary>
/// A node's part in the relay's work. What is to be sent belongs to the legal entity of the actor it is sent to, and entities are divided among a
/// fixed number of partitions. Two nodes may believe for a moment that they hold the same one: both send in the order of the log, and an actor
/// answers what it is sent again with nothing new.
/// </summary>
public interface IPartitions : IAsyncDisposable
{
    /// <summary>How many there are, for all nodes and for ever: it is part of the names of their checkpoints.</summary>
    int Count { get; }

    /// <summary>How often a node asks, at the latest, so that none waits long for its share or for that of a dead one.</summary>
    TimeSpan BalanceEvery { get; }

    /// <summary>
    /// The partitions that are this node's until it asks again: takes free ones up to its share, gives up what it holds above it. Asked between two
    /// batches, whose checkpoints are written: who is given a partition goes on where it was left.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached, and nothing is held any more.</exception>
    Task<IReadOnlySet<int>> Balance(CancellationToken cancellation);

    /// <summary>
    /// Has sent what a stretch of the log asks of the actors of the partitions held: by the node itself and together, unless each partition has a way
    /// of its own.
    /// </summary>
    /// <returns>The partitions of which that is not known to be done, because they were given up meanwhile or cannot be served now.</returns>
    async Task<IReadOnlySet<int>> Carry(RelayStep step, CancellationToken cancellation)
    {
        await step.Send(cancellation);
        return ImmutableHashSet<int>.Empty;
    }
}

/// <summary>All of the work, for the one process that has the store to itself.</summary>
public sealed class WholePartition : IPartitions
{
    private static readonly HashSet<int> All = [0];

    public int Count => 1;

    public TimeSpan BalanceEvery => Timeout.InfiniteTimeSpan;

    public Task<IReadOnlySet<int>> Balance(CancellationToken cancellation) => Task.FromResult<IReadOnlySet<int>>(All);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What nodes must agree on without speaking to one another.</summary>
public static class PartitionRules
{
    private const uint FnvBasis = 2_166_136_261;
    private const uint FnvPrime = 16_777_619;

    /// <summary>The partition of a legal entity: FNV-1a of its number. The same in every release, or two nodes would leave an entity to one another.</summary>
    public static int Of(string entite, int count)
    {
        var hash = FnvBasis;
        foreach (var sign in entite)
        {
            hash = (hash ^ sign) * FnvPrime;
        }

        return (int)((hash ^ (hash >> 16)) % (uint)count); // Its low bits alone say too little.
    }

    /// <summary>
    /// How many partitions each member should hold: as equal as can be, the first in order taking what does not divide. The shares add up to
    /// <paramref name="count"/>, so that what one node gives up is what another lacks.
    /// </summary>
    /// <param name="rank">The member's place among all of them, from 0.</param>
    public static int Share(int count, int members, int rank) => (count / members) + (rank < count % members ? 1 : 0);
}
