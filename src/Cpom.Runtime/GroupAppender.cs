using System.Diagnostics;
using System.Threading.Channels;

namespace Cpom.Runtime;

/// <param name="WaitingMax">Decisions that may wait; the next caller waits for room.</param>
/// <param name="BatchCountMax">Decisions in one transaction.</param>
/// <param name="BatchBytesMax">Payload bytes in one transaction; one decision larger than this goes alone.</param>
public sealed record GroupAppenderLimits(int WaitingMax = 8_192, int BatchCountMax = 1_024, int BatchBytesMax = 4 * 1024 * 1024);

/// <summary>
/// The one group appender of a node. Decisions of many actors that arrive while a transaction runs share the next one, so the cost of making
/// a transaction durable is paid once for all of them. A lone decision goes at once. After a batch of several, the callers that were just answered
/// get a few turns of the thread pool to come back, because a batch as large as the last costs little more than a small one.
/// </summary>
public sealed class GroupAppender : IAppender, IAsyncDisposable
{
    /// <summary>Turns of the thread pool in a row without a new decision, after which nobody else is expected: well under a millisecond.</summary>
    private const int IdleTurnsMax = 64;

    private readonly IEventStore _store;
    private readonly GroupAppenderLimits _limits;
    private readonly TimeProvider _time;
    private readonly Channel<Waiting> _waiting;
    private readonly Task _loop;
    private long _begun;
    private long _ended;

    /// <summary>Starts at once. The store stays its owner's to dispose, after this.</summary>
    public GroupAppender(IEventStore store, GroupAppenderLimits? limits = null, TimeProvider? time = null)
    {
        _store = store;
        _limits = limits ?? new();
        _time = time ?? TimeProvider.System;
        _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(_limits.WaitingMax) { SingleReader = true });
        _loop = Task.Run(Run);
    }

    /// <summary>Decisions that wait for their transaction.</summary>
    public int Waits => _waiting.Reader.Count;

    /// <summary>Transactions that have ended, well or not. While it does not grow and <see cref="IsBusy"/>, nothing gets on.</summary>
    public long Ended => Volatile.Read(ref _ended);

    /// <summary>A decision waits, or is being stored.</summary>
    public bool IsBusy => Volatile.Read(ref _begun) != Ended || Waits > 0;

    /// <summary>Stores one decision, whole or not at all, together with whatever else is waiting.</summary>
    /// <param name="decision">Several decisions of one actor are stored in the order in which they were given.</param>
    /// <param name="cancellation">
    /// Before the decision's transaction starts, cancelling takes it out: it is not stored, and the task is cancelled. After that it has no
    /// effect: the task ends with what truly happened. So a cancelled task always means "not stored".
    /// </param>
    /// <exception cref="ArgumentException">The decision breaks <see cref="AppendRules"/>. No other caller notices.</exception>
    /// <exception cref="ObjectDisposedException">The appender no longer takes decisions.</exception>
    /// <remarks>
    /// Any other exception is the store's, given to every caller of the failed transaction and to nobody else. Whether that transaction was
    /// stored is then not known (the connection may have died after the commit): read the actor again before deciding again.
    /// </remarks>
    public async Task<AppendResult> Append(Append decision, CancellationToken cancellation)
    {
        AppendRules.Check(decision);
        var waiting = new Waiting(decision, Telemetry.StartAppend(decision));
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellation);
            await using (cancellation.UnsafeRegister(static (state, token) => ((Waiting)state!).Leave(token), waiting))
            {
                return await waiting.Result;
            }
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(GroupAppender));
        }
        finally
        {
            Telemetry.End(waiting.Steps);
        }
    }

    /// <summary>Takes no more decisions, stores those that wait, then returns. The store stays open: it is its owner's to dispose.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task Run()
    {
        var batch = new List<Waiting>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            TakeBatch(batch);
            if (batch.Count > 0)
            {
                Volatile.Write(ref _begun, _begun + 1);
                await Store(batch);
                Volatile.Write(ref _ended, _ended + 1);
                await LetCallersReturn(batch.Count);
                batch.Clear();
            }
        }
    }

    private async Task LetCallersReturn(int answered)
    {
        for (var (idle, seen) = (0, 0); answered > 1 && seen < answered && idle < IdleTurnsMax; idle++)
        {
            await Task.Yield();
            if (_waiting.Reader.Count is var waiting && waiting > seen)
            {
                (idle, seen) = (0, waiting);
            }
        }
    }

    private void TakeBatch(List<Waiting> batch)
    {
        var bytes = 0L;
        while (batch.Count < _limits.BatchCountMax && _waiting.Reader.TryPeek(out var next))
        {
            bytes += next.Bytes;
            if (batch.Count > 0 && bytes > _limits.BatchBytesMax)
            {
                return;
            }

            _waiting.Reader.TryRead(out _);
            if (next.Enter())
            {
                batch.Add(next);
            }
        }
    }

    private async Task Store(List<Waiting> batch)
    {
        Append[] decisions = [.. batch.Select(waiting => waiting.Decision)];
        using var step = Telemetry.StartTransaction([.. batch.SelectMany(waiting => waiting.Steps).OfType<Activity>()], batch.Count);
        var started = _time.GetTimestamp();
        try
        {
            // No cancellation: from here on every caller is owed the truth.
            var results = await _store.Append(decisions, CancellationToken.None);
            Telemetry.Count(decisions, results, _time.GetElapsedTime(started));
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer(results[i]);
            }
        }
#pragma warning disable CA1031 // Whatever the store throws belongs to this batch's callers, and the loop must live on for the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Telemetry.Count(decisions, results: null, _time.GetElapsedTime(started));
            step?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            foreach (var waiting in batch)
            {
                waiting.Fail(failure);
            }
        }
    }

    /// <summary>One decision on its way. It is either taken into a batch or cancelled, whichever comes first, never both.</summary>
    /// <param name="steps">Of the traces that are followed into the log with it.</param>
    private sealed class Waiting(Append decision, Activity?[] steps)
    {
        private readonly TaskCompletionSource<AppendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _decided;

        public Append Decision => decision;

        public Activity?[] Steps => steps;

        public Task<AppendResult> Result => _result.Task;

        public long Bytes { get; } = decision.Events.Sum(recorded => (long)recorded.Payload.Length);

        public bool Enter() => Interlocked.Exchange(ref _decided, 1) == 0;

        public void Leave(CancellationToken cancellation)
        {
            if (Enter())
            {
                _result.TrySetCanceled(cancellation);
            }
        }

        public void Answer(AppendResult result) => _result.TrySetResult(result);

        public void Fail(Exception failure) => _result.TrySetException(failure);
    }
}
