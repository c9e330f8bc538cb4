using System.Globalization;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <param name="BatchMax">Facts read, reacted to and checkpointed together.</param>
/// <param name="ParallelMax">Actors spoken to at once.</param>
/// <param name="SnapshotEvery">Events after which coverage is kept again, for the next start or for the next holder of a partition.</param>
/// <param name="LookEvery">
/// The least time between two looks at the log while facts keep coming: those that come meanwhile are relayed together. The first after a pause is relayed at
/// once. Nothing where the end of the log is in memory and a look is free.
/// </param>
public sealed record RelayOptions(int BatchMax = 4_096, int ParallelMax = 512, int SnapshotEvery = 25_000, TimeSpan LookEvery = default);

/// <summary>An actor refused what a fact asks: a rule of the domain that the reactions do not know, to be looked at by people.</summary>
public sealed record RelayRefusal(string Id, object Command, Refusal Refusal);

/// <summary>
/// Reads the log in order and sends what each fact asks of other actors, as far as the node holds the partition of whom it concerns. A checkpoint
/// moves only when the commands are stored: a crash repeats some of them, and an actor answers a repeated command with nothing new.
/// One reader and one coverage serve all the partitions that the node holds. To the actors of the same partitions it tells each day that begins. It runs once.
/// </summary>
/// <param name="partitions">The node's part in the work, where something else than the store shares it out; as many as the store has.</param>
public sealed class Relay(
    IEventStore store, IActors actors, TimeProvider time, RelayOptions options, Action<RelayRefusal>? refused = null, IPartitions? partitions = null)
{
    /// <summary>
    /// The name of the checkpoint of a relay that does everything, and what those of partitions begin with. Every fact up to it has been relayed,
    /// whoever wrote it: partitions take it over. Never rename it: the whole log would be relayed again.
    /// </summary>
    public const string Checkpoint = "relay";

    /// <summary>The author of every command that a fact and not a person asked for.</summary>
    public const string Author = "relais";

    /// <summary>The longest chain of reactions: a site is declared, so admitted, so its lines recorded, so its entity told that it needs a contrat.</summary>
    private const int ChainMax = 4;

    /// <summary>Between two looks at what other nodes have relayed, by who waits for it.</summary>
    private static readonly TimeSpan SharedPause = TimeSpan.FromMilliseconds(20);

    private readonly IPartitions _partitions = partitions ?? store.JoinPartitions();
    private readonly RelaySender _sender = new(store, actors, time, options.ParallelMax, refused);
    private readonly PositionGate _done = new();
    private readonly Clock _clock = new(time);

    /// <summary>The partitions held, and up to where each is relayed.</summary>
    private readonly Dictionary<int, long> _held = [];

    private volatile IReadOnlyList<int> _told = [];
    private long _read;

    /// <summary>When it last looked at the log, if it then found something.</summary>
    private long? _found;

    private Snapshot? _leaving;

    /// <summary>Every fact up to here is known here to have had its effects stored.</summary>
    public long Position => _done.Position;

    /// <summary>Up to where the log was read and what it asks was sent, for the partitions held.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>The partitions held, as they were last shared out.</summary>
    public IReadOnlyList<int> Held => _told;

    /// <summary>How far each partition is relayed, by whichever nodes.</summary>
    public static async Task<long[]> PositionsOf(IEventStore store, int count, CancellationToken cancellation)
    {
        var read = await store.ReadCheckpoints([Checkpoint, .. Enumerable.Range(0, count).Select(partition => NameOf(partition, count))], cancellation);
        return [.. read.Skip(1).Select(position => Math.Max(position, read[0]))];
    }

    /// <inheritdoc cref="PositionsOf"/>
    public async Task<IReadOnlyList<long>> ReadProgress(CancellationToken cancellation) => await ReadCheckpoints(cancellation);

    /// <summary>Completes when the effects of every fact up to <paramref name="position"/> are stored, whichever nodes relay them.</summary>
    public async Task WaitFor(long position, CancellationToken cancellation)
    {
        if (_partitions.Count == 1)
        {
            await _done.WaitFor(position, cancellation);
            return;
        }

        while (await Relayed(cancellation) < position)
        {
            await Task.Delay(SharedPause, time, cancellation);
        }
    }

    /// <summary>Completes when the effects of every fact up to <paramref name="position"/>, and what follows from those in turn, are stored.</summary>
    /// <returns>A position that none of them is after.</returns>
    public async Task<long> Settle(long position, CancellationToken cancellation)
    {
        for (var link = 0; link < ChainMax; link++)
        {
            await WaitFor(position, cancellation);

            // What another node's relay made of them is somewhere in the log as it is now.
            position = Math.Max(position, _partitions.Count == 1 ? _sender.NewestEffect : await store.LastPosition(cancellation));
        }

        return position;
    }

    public async Task Run(CancellationToken cancellation)
    {
        CoverageFold? fold = null;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                fold = await Hold(await _partitions.Balance(cancellation), fold, cancellation);
                var read = await Step(fold, cancellation);
                Volatile.Write(ref _read, fold.Position);
                await LeaveSnapshot(fold, cancellation);
                if (read == options.BatchMax || await TellDay(fold, cancellation))
                {
                    continue; // There is more, or what the day brought is in the log now.
                }

                await WaitForAppend(fold.Position, cancellation);
            }
        }
        finally
        {
            _held.Clear(); // Others relay from here on: who still waits asks the store.
            _told = [];
            await _partitions.DisposeAsync();
        }
    }

    /// <summary>Takes up the partitions gained where they were left. The reader goes back for those that it has read past.</summary>
    private async Task<CoverageFold> Hold(IReadOnlySet<int> partitions, CoverageFold? fold, CancellationToken cancellation)
    {
        if (fold is not null && partitions.SetEquals(_held.Keys))
        {
            return fold;
        }

        var checkpoints = await ReadCheckpoints(cancellation);
        var gained = partitions.Where(p => !_held.ContainsKey(p)).ToList();
        foreach (var lost in _held.Keys.Except(partitions).ToList())
        {
            _held.Remove(lost);
        }

        gained.ForEach(p => _held[p] = checkpoints[p]);
        _told = [.. _held.Keys.Order()];
        var from = gained.Select(p => checkpoints[p]).DefaultIfEmpty(fold?.Position ?? checkpoints.Min()).Min();
        Tell();
        return fold is not null && fold.Position <= from ? fold : await CoverageFold.Load(store, from, cancellation);
    }

    private async Task<int> Step(CoverageFold fold, CancellationToken cancellation)
    {
        var looked = time.GetTimestamp();
        var batch = await store.ReadLog(fold.Position, options.BatchMax, cancellation);
        _found = batch.Count == 0 ? null : looked;
        if (batch.Count == 0)
        {
            return 0;
        }

        var sendings = new List<Sending>();
        foreach (var stored in batch)
        {
            if (fold.Apply(stored) is { } fact)
            {
                sendings.AddRange(await _sender.Sendings(stored, fact, fold.Coverage, entite => IsDue(entite, stored.Position), cancellation));
            }
        }

        await Carry(sendings, batch[^1].Position, cancellation);
        await Reach(batch[^1].Position, cancellation);
        return batch.Count;
    }

    private async Task Carry(IReadOnlyList<Sending> sendings, long position, CancellationToken cancellation)
    {
        foreach (var lost in await _partitions.Carry(new(_sender, sendings, position, _partitions.Count), cancellation))
        {
            _held.Remove(lost); // Where it is still ours it is taken up again, from its checkpoint.
        }
    }

    /// <summary>A day that has begun since is told to whom it concerns, once the log is known up to it.</summary>
    /// <returns>True when something was sent.</returns>
    private async Task<bool> TellDay(CoverageFold fold, CancellationToken cancellation)
    {
        if (_clock.Begun(fold.Echeancier, _held.Keys, _partitions.Count) is not { } day)
        {
            return false;
        }

        foreach (var together in day.Sendings.Chunk(options.BatchMax))
        {
            await Carry(together, fold.Position, cancellation);
        }

        _clock.Told(day, _held.Keys);
        return day.Sendings.Count > 0;
    }

    private bool IsDue(string entite, long position) => _held.TryGetValue(PartitionRules.Of(entite, _partitions.Count), out var relayed) && relayed < position;

    private async Task Reach(long position, CancellationToken cancellation)
    {
        var behind = _held.Where(p => p.Value < position).Select(p => p.Key).ToList();
        if (behind.Count > 0)
        {
            await store.WriteCheckpoints([.. behind.Select(p => NameOf(p, _partitions.Count))], position, cancellation);
            behind.ForEach(p => _held[p] = position);
            Tell();
        }
    }

    /// <summary>Who holds everything need not ask the store how far everything is.</summary>
    private void Tell()
    {
        if (_held.Count == _partitions.Count)
        {
            _done.Reach(_held.Values.Min());
        }
    }

    /// <summary>
    /// One node keeps coverage for all. It is stored when every partition has been relayed past it, so that no holder to come finds a snapshot that
    /// is too new for it.
    /// </summary>
    private async Task LeaveSnapshot(CoverageFold fold, CancellationToken cancellation)
    {
        if (!_held.ContainsKey(0))
        {
            _leaving = null;
            return;
        }

        if (_leaving is null && fold.Position - fold.SnapshotAt >= options.SnapshotEvery)
        {
            _leaving = fold.ToSnapshot();
        }

        if (_leaving is { } snapshot && await Relayed(cancellation) >= snapshot.Position)
        {
            await fold.Leave(snapshot, store, cancellation);
            await store.WriteCheckpoint(Checkpoint, snapshot.Position, cancellation); // An older program that is started again goes on from here.
            _leaving = null;
        }
    }

    private async Task WaitForAppend(long position, CancellationToken cancellation)
    {
        // Suppressed: the time to balance or a new day has come, which is an ordinary end. Cancellation and failure are told apart after it.
        var appended = store.WaitForAppend(position, cancellation);
        var patience = _clock.Patience;
        patience = _partitions.BalanceEvery is var often && often > TimeSpan.Zero && often < patience ? often : patience;
        await appended.WaitAsync(patience, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (appended.IsFaulted)
        {
            await appended;
        }

        if (_found is { } found && options.LookEvery - time.GetElapsedTime(found) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellation);
        }
    }

    /// <summary>Every fact up to here has had its effects stored, by whichever nodes.</summary>
    private async Task<long> Relayed(CancellationToken cancellation) =>
        _held.Count == _partitions.Count ? _done.Position : (await ReadCheckpoints(cancellation)).Min();

    /// <summary>How far each partition is relayed.</summary>
    private Task<long[]> ReadCheckpoints(CancellationToken cancellation) => PositionsOf(store, _partitions.Count, cancellation);

    private static string NameOf(int partition, int count) =>
        count == 1 ? Checkpoint : string.Create(CultureInfo.InvariantCulture, $"{Checkpoint}-{partition}-of-{count}");
}
