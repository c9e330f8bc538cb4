namespace Cpom.Runtime;

/// <summary>What tells a session its actor's history. The group reader of the host; in a test, whatever the test needs.</summary>
public interface IActorReader
{
    Task<ActorHistory> Read(ActorRead read, CancellationToken cancellation);
}

/// <summary>
/// The counterpart of the group appender: actors that are asked for while the database answers share the next question, so that a burst over
/// thousands of actors that are not in memory costs a few questions. It never waits for company: a lone question goes at once.
/// </summary>
/// <param name="groupMax">Actors in one question.</param>
/// <param name="atOnceMax">Questions under way. Those who wait are bounded by the callers: each seat asks for one actor at a time.</param>
public sealed class GroupReader(IEventStore store, int groupMax = 256, int atOnceMax = 2) : IActorReader
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _asking;

    /// <exception cref="OperationCanceledException">The caller gave up. Those who share its question do not notice.</exception>
    /// <remarks>What the store throws is given to everyone who shared the question.</remarks>
    public Task<ActorHistory> Read(ActorRead read, CancellationToken cancellation)
    {
        var waiting = new Waiting(read);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_asking == atOnceMax)
            {
                return waiting.Answer.Task.WaitAsync(cancellation);
            }

            _asking++;
        }

        _ = AskWhileAnyWaits();
        return waiting.Answer.Task.WaitAsync(cancellation);
    }

    private async Task AskWhileAnyWaits()
    {
        while (Take() is { Count: > 0 } group)
        {
            try
            {
                // Not cancelled with one of its callers: the others are owed an answer.
                var histories = await store.ReadActors([.. group.Select(w => w.Read)], CancellationToken.None);
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Answer.SetResult(histories[i]);
                }
            }
#pragma warning disable CA1031 // Whatever the store throws belongs to the callers, and the others still wait.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                group.ForEach(w => w.Answer.TrySetException(failure));
            }
        }
    }

    /// <summary>The next group, or an empty one where nobody waits any more: this asker then ends.</summary>
    private List<Waiting> Take()
    {
        lock (_lock)
        {
            var group = new List<Waiting>();
            while (group.Count < groupMax && _waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }

            _asking -= group.Count == 0 ? 1 : 0;
            return group;
        }
    }

    private sealed class Waiting(ActorRead read)
    {
        public ActorRead Read { get; } = read;

        public TaskCompletionSource<ActorHistory> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
