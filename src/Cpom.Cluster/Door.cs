using Cpom.Runtime;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>
/// What waits for one silo. One message is under way at a time, and a second when enough waits for it to be large; what comes meanwhile is the next one. A lone command
/// goes at once. In dense traffic a next message that would be small waits as long again as the last one took: larger messages, and larger appends at the silo, cost so
/// much less that all are answered sooner.
/// </summary>
/// <param name="grains">The door grain of a key. Which silo opens it depends on which connection the key takes, and the answers say so.</param>
/// <param name="traffic">Of all doors of the process.</param>
internal sealed class Door(Func<int, IDoorGrain> grains, SiloAddress silo, DoorTraffic traffic, TimeProvider time)
{
    /// <summary>Commands of one message.</summary>
    public const int TogetherMax = 256;

    /// <summary>Commands that may wait. One more goes alone.</summary>
    public const int WaitingMax = 8_192;

    /// <summary>Messages under way at once.</summary>
    private const int SendersMax = 2;

    /// <summary>A message of so many commands is large: it waits for no more, nor for the one before it.</summary>
    public const int CompanyMin = 8;

    /// <summary>The longest that a message waits for company.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(10);

    /// <summary>After a lost message commands go alone for as long as an answer is waited for: nobody waits behind a silo that hangs.</summary>
    public static readonly TimeSpan ClosedFor = ClusterHosting.AnswerMax;

    /// <summary>Keys to try: as many connections as a client has to silos, and more.</summary>
    private const int KeysMax = 32;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _senders;
    private int _key;
    private long? _lostAt;

    /// <returns>Null where nothing is known of the command, which is to be sent alone.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up, and the command has not been done.</exception>
    /// <remarks>What its actor throws reaches the caller.</remarks>
    public async Task<Answer?> Execute(Addressed command, CancellationToken cancellation)
    {
        traffic.Enter();
        try
        {
            return await Send(new(command), cancellation) switch
            {
                null => null,
                { Answer: { } answer } => answer,
                var unfinished => await Finish(unfinished, cancellation),
            };
        }
        finally
        {
            traffic.Leave();
        }
    }

    /// <returns>Null where the message was lost or is not to be tried.</returns>
    private async Task<Sent?> Send(Waiting waiting, CancellationToken cancellation)
    {
        if (!Enter(waiting))
        {
            return null;
        }

        await using (cancellation.UnsafeRegister(static (state, token) => ((Waiting)state!).Leave(token), waiting))
        {
            return await waiting.Sent;
        }
    }

    private bool Enter(Waiting waiting)
    {
        lock (_lock)
        {
            if (_waiting.Count >= WaitingMax || (_lostAt is { } lost && time.GetElapsedTime(lost) < ClosedFor))
            {
                return false;
            }

            _waiting.Enqueue(waiting);
            if (_senders > 0 && (_senders == SendersMax || _waiting.Count < CompanyMin))
            {
                return true;
            }

            _senders++;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = SendWhileAnyWaits(); // On behalf of nobody: the commands are of many callers.
        }

        return true;
    }

    private async Task SendWhileAnyWaits()
    {
        while (Take() is { Count: > 0 } together)
        {
            var started = time.GetTimestamp();
            await Send(together);
            if (traffic.IsDense && IsAlone() && time.GetElapsedTime(started) is var took && took > TimeSpan.Zero)
            {
                await Task.Delay(took < PauseMax ? took : PauseMax, time);
            }
        }
    }

    /// <summary>True where the next message would be small and nobody else sends it.</summary>
    private bool IsAlone()
    {
        lock (_lock)
        {
            return _senders == 1 && _waiting.Count < CompanyMin;
        }
    }

    /// <returns>Empty where the sender is done.</returns>
    private List<Waiting> Take()
    {
        lock (_lock)
        {
            var together = new List<Waiting>();
            var isLeft = _senders > 1 && _waiting.Count < CompanyMin; // To the other sender.
            while (!isLeft && together.Count < TogetherMax && _waiting.TryDequeue(out var next))
            {
                if (next.Enter())
                {
                    together.Add(next);
                }
            }

            _senders -= together.Count == 0 ? 1 : 0;
            return together;
        }
    }

    private async Task Send(List<Waiting> together)
    {
        var (message, door, key) = (Guid.NewGuid(), grains(_key), _key);
        try
        {
            var delivered = await door.Deliver(message, [.. together.Select(one => one.Command)]);
            if (!delivered.Silo.Equals(silo))
            {
                _key = (key + 1) % KeysMax;
            }

            for (var rank = 0; rank < together.Count; rank++)
            {
                together[rank].Answer(new(delivered.Answers[rank], door, message, rank));
            }
        }
#pragma warning disable CA1031 // Whatever befell the message on its way, each command of it can be sent again, and its own sending says what is wrong.
        catch (Exception)
#pragma warning restore CA1031
        {
            _key = (key + 1) % KeysMax;
            Close().Concat(together).ToList().ForEach(one => one.Answer(null));
        }
    }

    /// <returns>Whoever waits.</returns>
    private List<Waiting> Close()
    {
        lock (_lock)
        {
            _lostAt = time.GetTimestamp();
            var waiting = _waiting.Where(one => one.Enter()).ToList();
            _waiting.Clear();
            return waiting;
        }
    }

    /// <summary>From the door that has it. The caller may have given up meanwhile: the silo is told after it was asked, so that it knows what is given up.</summary>
    private static async Task<Answer?> Finish(Sent sent, CancellationToken cancellation)
    {
        using var givenUp = new CancellationTokenSource();
        var finishing = sent.Door.Finish(sent.Message, sent.Rank, givenUp.Token);
        await using (cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), givenUp))
        {
            try
            {
                return await finishing;
            }
            catch (Exception gone) when (ClusterActors.IsOfTheWay(gone))
            {
                return null;
            }
        }
    }

    /// <param name="Answer">Null where it was not there in time.</param>
    private sealed record Sent(Answer? Answer, IDoorGrain Door, Guid Message, int Rank);

    /// <summary>A command on its way. It is either taken into a message or given up, whichever comes first, never both.</summary>
    private sealed class Waiting(Addressed command)
    {
        private readonly TaskCompletionSource<Sent?> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _decided;

        public Addressed Command => command;

        /// <summary>Null where the message was lost.</summary>
        public Task<Sent?> Sent => _sent.Task;

        public bool Enter() => Interlocked.Exchange(ref _decided, 1) == 0;

        public void Leave(CancellationToken cancellation)
        {
            if (Enter())
            {
                _sent.TrySetCanceled(cancellation);
            }
        }

        public void Answer(Sent? sent) => _sent.TrySetResult(sent);
    }
}
