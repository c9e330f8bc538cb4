namespace Cpom.Runtime;

/// <summary>
/// How far the log goes, for many callers at once: who asks while the database answers shares the next question, which begins after all who share it have
/// asked. So an answer is never older than the question. A lone one goes at once.
/// </summary>
public sealed class GroupLook(IEventStore store)
{
    private readonly Lock _lock = new();
    private Task<long> _asking = Task.FromResult(0L);
    private Task<long>? _next;

    /// <exception cref="OperationCanceledException">The caller gave up. Those who share its question do not notice.</exception>
    /// <remarks>What the store throws is given to everyone who shared the question.</remarks>
    public Task<long> LastPosition(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var shared = _next ?? (_asking.IsCompleted ? _asking = Ask() : _next = AskAfter(_asking));
            return shared.WaitAsync(cancellation);
        }
    }

    private async Task<long> AskAfter(Task<long> asking)
    {
        await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<long> mine;
        lock (_lock)
        {
            (_asking, _next) = (mine = Ask(), null);
        }

        return await mine;
    }

    /// <summary>Not cancelled with one of its callers: the others are owed an answer.</summary>
    private async Task<long> Ask() => await store.LastPosition(CancellationToken.None);
}
