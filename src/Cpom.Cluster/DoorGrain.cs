using Cpom.Runtime;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>A command among others of one message, and whom it is for. Numbers of members are for ever.</summary>
[GenerateSerializer]
[Immutable]
[Alias("cpom.addressed")]
internal readonly record struct Addressed([property: Id(0)] GrainId Actor, [property: Id(1)] Order Order);

/// <summary>What became of the commands of one message, by their rank.</summary>
/// <param name="Silo">Whose door it was.</param>
/// <param name="Answers">Null where none is there yet: it is to be asked for by <see cref="IDoorGrain.Finish"/>.</param>
[GenerateSerializer]
[Immutable]
[Alias("cpom.delivered")]
internal sealed record Delivered([property: Id(0)] SiloAddress Silo, [property: Id(1)] Answer?[] Answers);

/// <summary>The way into a silo for many commands at once, of many callers to many actors.</summary>
[Alias("cpom.door")]
[GrainInterfaceType("cpom.door")]
internal interface IDoorGrain : IGrainWithIntegerKey
{
    /// <summary>Hands each command to its actor. It answers when all of them have, and after <see cref="DoorGrain.Patience"/> at the latest: one slow actor does not keep the others' callers.</summary>
    /// <param name="message">The sender's own number for it.</param>
    [Alias("deliver")]
    Task<Delivered> Deliver(Guid message, [Immutable] Addressed[] commands);

    /// <summary>The answer to one command of a message that was not there in time, or what its actor threw. Cancelling takes the command out of the actor's mailbox if it still waits there.</summary>
    /// <returns>Null where nothing is known of it: it is to be sent again.</returns>
    [Alias("finish")]
    Task<Answer?> Finish(Guid message, int rank, CancellationToken cancellation);
}

/// <summary>
/// A silo's door. There is one on each silo that a message comes to, so the silo that has the sender's connection is the one whose door opens. It hands over to
/// grains, which are where their actors are: a message that came to the wrong door is only slower.
/// </summary>
[Reentrant]
[StatelessWorker(1)]
[GrainType("guichet")]
internal sealed class DoorGrain(IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time) : Grain, IDoorGrain
{
    /// <summary>How long a message waits for its slowest actor.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>Commands that are kept for their senders to ask for. One more has to be sent again.</summary>
    public const int UnfinishedMax = 16_384;

    /// <summary>A sender that has not asked in this time has gone: it asks at once.</summary>
    public static readonly TimeSpan UnaskedMax = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(Guid Message, int Rank), Handed> _unfinished = [];
    private readonly Queue<((Guid Message, int Rank) Key, long Since)> _kept = new();

    private Task _impatience = Task.CompletedTask;
    private long _impatientAt;

    private sealed record Handed(Task<Answer> Answer, CancellationTokenSource Cancellation);

    public async Task<Delivered> Deliver(Guid message, Addressed[] commands)
    {
        Forget();
        var handed = commands.Select(Hand).ToArray();
        await Task.WhenAny(Task.WhenAll(handed.Select(one => one.Answer)), OutOfPatience());
        var answers = new Answer?[handed.Length];
        for (var rank = 0; rank < handed.Length; rank++)
        {
            if (handed[rank].Answer.IsCompletedSuccessfully)
            {
                answers[rank] = await handed[rank].Answer;
            }
            else
            {
                Keep((message, rank), handed[rank]);
            }
        }

        return new(silo.SiloAddress, answers);
    }

    public async Task<Answer?> Finish(Guid message, int rank, CancellationToken cancellation)
    {
        if (!_unfinished.Remove((message, rank), out var handed))
        {
            return null;
        }

        await using (cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), handed.Cancellation))
        {
            return await handed.Answer;
        }
    }

    /// <summary>
    /// Completes when a message that comes now is to be answered, or as much as half of <see cref="Patience"/> sooner. Messages share it: a timer for each would
    /// wake the process's one thread for timers as often as messages come.
    /// </summary>
    private Task OutOfPatience()
    {
        if (time.GetElapsedTime(_impatientAt) > Patience / 2 || _impatience.IsCompleted)
        {
            (_impatience, _impatientAt) = (Task.Delay(Patience, time), time.GetTimestamp());
        }

        return _impatience;
    }

    private Handed Hand(Addressed command)
    {
        var cancellation = new CancellationTokenSource();
        return new(Execute(command, cancellation.Token), cancellation);
    }

    /// <summary>Asynchronous for itself: what a filter says of where its actor is at home goes with this call and no other.</summary>
    private async Task<Answer> Execute(Addressed command, CancellationToken cancellation) =>
        await grains.GetGrain<IActorGrain>(command.Actor).Execute(command.Order, cancellation);

    private void Keep((Guid Message, int Rank) key, Handed handed)
    {
        if (_unfinished.Count < UnfinishedMax)
        {
            _unfinished.Add(key, handed);
            _kept.Enqueue((key, time.GetTimestamp()));
        }
    }

    private void Forget()
    {
        while (_kept.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) > UnaskedMax)
        {
            _kept.Dequeue();
            _unfinished.Remove(oldest.Key);
        }
    }
}
