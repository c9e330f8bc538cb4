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
        if (!_loaded)
        {
            await Load(cancellation);
            _loaded = true;
        }

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
                    if (await Store(accepted.Events, provenance) is { } done)
                    {
                        return done;
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
    /// Many commands, one after the other, without waiting for the disk between them: each is decided on what the ones before it will have made
    /// true. Only where nobody else appends: elsewhere one may lose its race and the next still find the version that it expects, which another
    /// writer brought about.
    /// </summary>
    async Task<IReadOnlyList<Outcome>> IActorSession.ExecuteAll(IReadOnlyList<Order> orders, CancellationToken cancellation)
    {
        if (!_loaded)
        {
            await Load(cancellation);
            _loaded = true;
        }

        var outcomes = new List<Outcome>(orders.Count);
        if (store.IsExclusive)
        {
            await RunAhead(orders, outcomes);
        }

        foreach (var order in orders.Skip(outcomes.Count))
        {
            // Nothing overtakes a command that is to be sent again.
            outcomes.Add(outcomes is [.., Outcome.Busy] ? outcomes[^1] : await Execute((TCommand)order.Command, order.Provenance, cancellation));
        }

        return outcomes;
    }

    /// <summary>Stops at the first decision that lost its race; what follows it was decided on something that is not true.</summary>
    private async Task RunAhead(IReadOnlyList<Order> orders, List<Outcome> outcomes)
    {
        var decided = new List<(Decision<TEvent> Decision, Task<AppendResult>? Stored)>(orders.Count);
        try
        {
            DecideAll(orders, decided);
        }
        catch
        {
            _loaded = false; // A bug; what was already sent to the disk may be stored.
            throw;
        }

        await Settle(decided, outcomes);
    }

    private void DecideAll(IReadOnlyList<Order> orders, List<(Decision<TEvent> Decision, Task<AppendResult>? Stored)> decided)
    {
        var (state, version) = (_state, _version);
        foreach (var order in orders)
        {
            var decision = TDecider.Decide(state, (TCommand)order.Command);
            if (decision is not Decision<TEvent>.Accepted { Events: { Count: > 0 } events })
            {
                decided.Add((decision, null));
                continue;
            }

            var append = new Append(_actor, version, [.. events.Select(EventCodec.Encode)], order.Provenance);
            decided.Add((decision, appender.Append(append, CancellationToken.None)));
            state = events.Aggregate(state, TDecider.Evolve);
            version += events.Count;
        }
    }

    private async Task Settle(List<(Decision<TEvent> Decision, Task<AppendResult>? Stored)> decided, List<Outcome> outcomes)
    {
        try
        {
            await Task.WhenAll(decided.Select(d => d.Stored ?? Task.CompletedTask));
        }
        catch
        {
            _loaded = false; // Which of them were stored is not known: the next command looks.
            throw;
        }

        foreach (var (decision, stored) in decided)
        {
            if (stored is null)
            {
                outcomes.Add(Answer(decision));
            }
            else if (stored.Result is AppendResult.Appended appended)
            {
                var events = ((Decision<TEvent>.Accepted)decision).Events;
                Fold(events, appended);
                outcomes.Add(new Outcome.Done(_version, _position, events));
            }
            else
            {
                return;
            }
        }

        await SnapshotIfDue();
    }

    Task<Outcome> IActorSession.Execute(object command, Provenance provenance, CancellationToken cancellation) =>
        command is IfVersion guarded
            ? Execute((TCommand)guarded.Command, provenance, cancellation, guarded.Version)
            : Execute((TCommand)command, provenance, cancellation);

    private Outcome Answer(Decision<TEvent> decision) => decision switch
    {
        Decision<TEvent>.Refused refused => new Outcome.Refused(refused.Refusal),
        Decision<TEvent>.Accepted => new Outcome.Done(_version, _position, []),
        _ => throw new UnreachableException(),
    };

    /// <summary>Not cancelled with its caller: once asked for, the answer must be known here before the next command is decided.</summary>
    private async Task<Outcome?> Store(IReadOnlyList<TEvent> events, Provenance provenance)
    {
        AppendResult result;
        try
        {
            result = await appender.Append(new(_actor, _version, [.. events.Select(EventCodec.Encode)], provenance), CancellationToken.None);
        }
        catch
        {
            _loaded = false; // Whether it was stored is not known: the next command looks.
            throw;
        }

        if (result is not AppendResult.Appended appended)
        {
            return null;
        }

        Fold(events, appended);
        await SnapshotIfDue();
        return new Outcome.Done(_version, _position, events);
    }

    private void Fold(IReadOnlyList<TEvent> events, AppendResult.Appended appended)
    {
        _state = events.Aggregate(_state, TDecider.Evolve);
        (_version, _position) = (appended.Version, appended.Position);
    }

    private Task SnapshotIfDue() => _version - _snapshotAt >= SnapshotEvery ? WriteSnapshot() : Task.CompletedTask;

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
