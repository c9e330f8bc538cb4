using System.Diagnostics;
using System.Text.Json;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>What stores a decision durably. The group appender of the node; in a test, whatever the test needs.</summary>
public interface IAppender
{
    Task<AppendResult> Append(Append decision, CancellationToken cancellation);
}

/// <summary>A command on its way to an actor, with where it comes from.</summary>
public readonly record struct Order(object Command, Provenance Provenance);

internal interface IActorSession
{
    Task<Outcome> Execute(object command, Provenance provenance, CancellationToken cancellation);

    Task<IReadOnlyList<Outcome>> ExecuteAll(IReadOnlyList<Order> orders, CancellationToken cancellation);
}

/// <summary>Of commands that one append stores together; a command that alone is larger goes alone.</summary>
public static class TogetherLimits
{
    public const int EventsMax = 256;

    /// <summary>Of their payloads.</summary>
    public const int BytesMax = 256 * 1024;
}

/// <summary>One actor in memory: load, decide, append, fold. A grain or a seat guards it; it has no lock of its own.</summary>
public sealed class ActorSession<TDecider, TState, TCommand, TEvent>(string id, IEventStore store, IAppender appender, IActorReader reader) : IActorSession
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TCommand : class
    where TEvent : class, IFact
{
    /// <summary>Races lost in a row before the caller is told to come back: each means that another writer succeeded.</summary>
    private const int AttemptsMax = 8;

    /// <summary>Events between two snapshots of one actor: reading that many back takes less than a snapshot of the largest.</summary>
    internal const int SnapshotEvery = 256;

    private readonly string _actor = $"{TDecider.Category}-{id}";
    private TState _state = TDecider.Initial;
    private long _version;
    private long _position;
    private long _snapshotAt;
    private bool _loaded;

    /// <param name="ifVersion">The version that the caller decided on; a command that would change any other is answered stale.</param>
    public async Task<Outcome> Execute(TCommand command, Provenance provenance, CancellationToken cancellation, long? ifVersion = null)
    {
        await LoadOnce(cancellation);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            switch (TDecider.Decide(_state, command))
            {
                // Only a change can be stale: a retry of what is already so is answered as the first time.
                case Decision<TEvent>.Accepted { Events.Count: > 0 } when ifVersion is { } known && known != _version:
                    if (store.IsExclusive || !await CatchUp(cancellation))
                    {
                        return new Outcome.Stale(_version);
                    }

                    break;

                case Decision<TEvent>.Accepted { Events.Count: > 0 } accepted:
                    if (await Store([.. accepted.Events.Select(EventCodec.Encode)], provenance) is { } appended)
                    {
                        Fold(accepted.Events, appended);
                        await SnapshotIfDue();
                        return new Outcome.Done(_version, _position, accepted.Events);
                    }

                    await CatchUp(cancellation); // Another writer won. Decide again on the state that is now true.
                    break;

                // Nothing will be appended, so no version check guards this answer: look whether it rests on the whole history.
                case { } answer when store.IsExclusive || !await CatchUp(cancellation):
                    return Answer(answer);

                default:
                    break;
            }
        }

        return new Outcome.Busy();
    }

    /// <summary>
    /// Many commands, each decided on what the ones before it will have made true, and stored by one append: all of them or, where another writer
    /// came between, none, and then all are decided again. So every answer, of those that store nothing too, is true at one moment: that of the append.
    /// </summary>
    async Task<IReadOnlyList<Outcome>> IActorSession.ExecuteAll(IReadOnlyList<Order> orders, CancellationToken cancellation)
    {
        await LoadOnce(cancellation);
        var outcomes = new List<Outcome>(orders.Count);
        while (outcomes.Count < orders.Count)
        {
            if (await ExecuteNext(orders, outcomes.Count, cancellation) is not { } next)
            {
                // Nothing overtakes a command that is to be sent again.
                return [.. outcomes, .. Enumerable.Repeat(new Outcome.Busy(), orders.Count - outcomes.Count)];
            }

            outcomes.AddRange(next);
        }

        return outcomes;
    }

    /// <summary>As many of the next commands as one append may hold; null when too many races were lost.</summary>
    private async Task<IReadOnlyList<Outcome>?> ExecuteNext(IReadOnlyList<Order> orders, int first, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var together = DecideTogether(orders, first);
            if (together.Events.Count == 0)
            {
                if (store.IsExclusive || !await CatchUp(cancellation))
                {
                    return [.. together.Decisions.Select(Answer)];
                }
            }
            else if (await Store(together.Events, orders[first].Provenance) is { } appended)
            {
                var outcomes = together.Answers(_version, _position, appended.Position);
                (_state, _version, _position) = (together.State, appended.Version, appended.Position);
                await SnapshotIfDue();
                return outcomes;
            }
            else
            {
                await CatchUp(cancellation);
            }
        }

        return null;
    }

    private Together DecideTogether(IReadOnlyList<Order> orders, int first)
    {
        var (state, events, decisions, bytes) = (_state, new List<NewEvent>(), new List<Decision<TEvent>>(), 0L);
        foreach (var order in orders.Skip(first))
        {
            var decision = TDecider.Decide(state, (TCommand)order.Command);
            if (decision is Decision<TEvent>.Accepted { Events: { Count: > 0 } decided })
            {
                var encoded = decided.Select(e => EventCodec.Encode(e) with { Provenance = order.Provenance }).ToList();
                bytes += encoded.Sum(e => (long)e.Payload.Length);
                if (events.Count > 0 && (events.Count + encoded.Count > TogetherLimits.EventsMax || bytes > TogetherLimits.BytesMax))
                {
                    break;
                }

                events.AddRange(encoded);
                state = decided.Aggregate(state, TDecider.Evolve);
            }

            decisions.Add(decision);
        }

        return new(state, events, decisions);
    }

    Task<Outcome> IActorSession.Execute(object command, Provenance provenance, CancellationToken cancellation) =>
        command is IfVersion guarded
            ? Execute((TCommand)guarded.Command, provenance, cancellation, guarded.Version)
            : Execute((TCommand)command, provenance, cancellation);

    /// <summary>To what stored nothing.</summary>
    private Outcome Answer(Decision<TEvent> decision) => Answer(decision, _version, _position);

    private static Outcome Answer(Decision<TEvent> decision, long version, long position) => decision switch
    {
        Decision<TEvent>.Refused refused => new Outcome.Refused(refused.Refusal),
        Decision<TEvent>.Accepted accepted => new Outcome.Done(version, position, accepted.Events),
        _ => throw new UnreachableException(),
    };

    /// <summary>Not cancelled with its caller: once asked for, the answer must be known here before the next command is decided.</summary>
    private async Task<AppendResult.Appended?> Store(IReadOnlyList<NewEvent> events, Provenance provenance)
    {
        try
        {
            return await appender.Append(new(_actor, _version, events, provenance), CancellationToken.None) as AppendResult.Appended;
        }
        catch
        {
            _loaded = false; // Whether it was stored is not known: the next command looks.
            throw;
        }
    }

    private void Fold(IReadOnlyList<TEvent> events, AppendResult.Appended appended)
    {
        _state = events.Aggregate(_state, TDecider.Evolve);
        (_version, _position) = (appended.Version, appended.Position);
    }

    private Task SnapshotIfDue() => _version - _snapshotAt >= SnapshotEvery ? WriteSnapshot() : Task.CompletedTask;

    private async Task LoadOnce(CancellationToken cancellation)
    {
        if (!_loaded)
        {
            await Load(cancellation);
            _loaded = true;
        }
    }

    /// <summary>From the newest snapshot of this build, if there is one, and then from the log.</summary>
    private async Task Load(CancellationToken cancellation)
    {
        if (_version > 0)
        {
            await CatchUp(cancellation);
            return;
        }

        var history = await reader.Read(new(_actor, null, StateJson.Format), cancellation);
        if (history.Snapshot is null)
        {
            await Fold(history, cancellation);
        }
        else if (StateJson.TryRead<Kept>(history.Snapshot) is { } kept)
        {
            (_state, _version, _position, _snapshotAt) = (kept.State, history.Snapshot.Position, kept.LogPosition, history.Snapshot.Position);
            await Fold(history, cancellation);
        }
        else
        {
            await CatchUp(cancellation);
        }
    }

    /// <summary>The command is stored, whatever becomes of the cache: a failure here only makes the next load longer.</summary>
    private async Task WriteSnapshot()
    {
        _snapshotAt = _version;
        var content = JsonSerializer.SerializeToUtf8Bytes(new Kept(_state, _position), StateJson.Options);
        try
        {
            await store.WriteSnapshot(_actor, new(StateJson.Format, _version, content), CancellationToken.None);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or TimeoutException or ObjectDisposedException)
        {
        }
    }

    private sealed record Kept(TState State, long LogPosition);

    /// <summary>What commands given together come to, none of it stored yet.</summary>
    private sealed record Together(TState State, List<NewEvent> Events, List<Decision<TEvent>> Decisions)
    {
        /// <param name="version">The actor's, before any of them.</param>
        /// <param name="position">The same.</param>
        /// <param name="last">The position of the last event of all: the events of one append are next to one another.</param>
        public List<Outcome> Answers(long version, long position, long last)
        {
            var outcomes = new List<Outcome>(Decisions.Count);
            var left = Events.Count;
            foreach (var decision in Decisions)
            {
                if (decision is Decision<TEvent>.Accepted { Events: { Count: > 0 } events })
                {
                    left -= events.Count;
                    (version, position) = (version + events.Count, last - left);
                }

                outcomes.Add(Answer(decision, version, position));
            }

            return outcomes;
        }
    }

    /// <summary>Folds what others have appended since; false when there was nothing.</summary>
    private async Task<bool> CatchUp(CancellationToken cancellation)
    {
        var before = _version;
        await Fold(await reader.Read(new(_actor, _version, StateJson.Format), cancellation), cancellation);
        return _version > before;
    }

    private async Task Fold(ActorHistory history, CancellationToken cancellation)
    {
        foreach (var stored in history.Events)
        {
            Fold(stored);
        }

        if (!history.IsWhole)
        {
            await foreach (var stored in store.ReadActor(_actor, _version, cancellation))
            {
                Fold(stored);
            }
        }
    }

    private void Fold(StoredEvent stored)
    {
        _state = TDecider.Evolve(_state, (TEvent)EventCodec.Decode(stored));
        (_version, _position) = (stored.Version, stored.Position);
    }
}
