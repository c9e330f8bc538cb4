using System.Diagnostics;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;

namespace Cpom.Runtime;

/// <param name="BatchMax">Facts read, reacted to and checkpointed together.</param>
/// <param name="ParallelMax">Actors spoken to at once.</param>
public sealed record RelayOptions(int BatchMax = 512, int ParallelMax = 64);

/// <summary>An actor refused what a fact asks: a rule of the domain that the reactions do not know, to be looked at by people.</summary>
public sealed record RelayRefusal(string Id, object Command, Refusal Refusal);

/// <summary>
/// Reads the log in order and sends what each fact asks of other actors. The checkpoint moves only when the commands are stored: a crash
/// repeats some of them, and an actor answers a repeated command with nothing new.
/// </summary>
public sealed class Relay(IEventStore store, IActors actors, TimeProvider time, RelayOptions options, Action<RelayRefusal>? refused = null)
{
    /// <summary>The name of the checkpoint. Never rename it: the whole log would be relayed again.</summary>
    public const string Checkpoint = "relay";

    /// <summary>The author of every command that a fact and not a person asked for.</summary>
    public const string Author = "relais";

    /// <summary>The longest chain of reactions: a site is declared, so admitted, so its lines recorded, so its entity told that it needs a contrat.</summary>
    private const int ChainMax = 4;

    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    private readonly Coverage _coverage = new();
    private readonly PositionGate _done = new();
    private long _position;
    private long _newestEffect;

    /// <summary>Every fact up to here has had its effects stored.</summary>
    public long Position => _done.Position;

    /// <summary>Completes when the effects of every fact up to <paramref name="position"/> are stored.</summary>
    public Task WaitFor(long position, CancellationToken cancellation) => _done.WaitFor(position, cancellation);

    /// <summary>Completes when the effects of every fact up to <paramref name="position"/>, and what follows from those in turn, are stored.</summary>
    /// <returns>The position of the newest of them.</returns>
    public async Task<long> Settle(long position, CancellationToken cancellation)
    {
        for (var link = 0; link < ChainMax; link++)
        {
            await WaitFor(position, cancellation);
            position = Math.Max(position, Interlocked.Read(ref _newestEffect));
        }

        return position;
    }

    public async Task Run(CancellationToken cancellation)
    {
        await Fold(await store.ReadCheckpoint(Checkpoint, cancellation), cancellation);
        _done.Reach(_position);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await Step(cancellation) == 0)
            {
                await store.WaitForAppend(_position, cancellation);
            }
        }
    }

    /// <summary>Coverage up to the checkpoint, whose facts were relayed before.</summary>
    private async Task Fold(long checkpoint, CancellationToken cancellation)
    {
        while (_position < checkpoint)
        {
            var batch = await store.ReadLog(_position, options.BatchMax, cancellation);
            foreach (var stored in batch.TakeWhile(e => e.Position <= checkpoint))
            {
                _coverage.Apply(ActorKinds.Split(stored.Actor).Id, EventCodec.Decode(stored));
                _position = stored.Position;
            }

            if (batch.Count == 0 || batch[^1].Position > checkpoint)
            {
                return;
            }
        }
    }

    private async Task<int> Step(CancellationToken cancellation)
    {
        var batch = await store.ReadLog(_position, options.BatchMax, cancellation);
        if (batch.Count == 0)
        {
            return 0;
        }

        var sendings = new List<Sending>();
        foreach (var stored in batch)
        {
            var id = ActorKinds.Split(stored.Actor).Id;
            var fact = EventCodec.Decode(stored);
            _coverage.Apply(id, fact);
            foreach (var reaction in Reactions.To(id, fact, _coverage, Today(stored)))
            {
                sendings.AddRange(await Sendings(reaction, stored, cancellation));
            }
        }

        await Send(sendings, cancellation);
        _position = batch[^1].Position;
        await store.WriteCheckpoint(Checkpoint, _position, cancellation);
        _done.Reach(_position);
        return batch.Count;
    }

    private async Task<IReadOnlyList<Sending>> Sendings(Reaction reaction, StoredEvent stored, CancellationToken cancellation) => reaction switch
    {
        Reaction.ToSite r => [new(r.Site, r.Command, stored.Provenance.Cause)],
        Reaction.ToEntite { Command: EntiteCommand.RequireContrat } r => [new(r.Entite, r.Command, ContratRequirement.CauseOf(stored.Provenance.Cause))],
        Reaction.ToEntite r => [new(r.Entite, r.Command, stored.Provenance.Cause)],
        Reaction.ToContrat r => [SendingOf(r, stored.Provenance.Cause)],
        Reaction.CatchUp r => await CatchUp(r, stored, cancellation),
        Reaction.MoveLignes r => await MoveLignes(r, stored, cancellation),
        _ => throw new UnreachableException($"No branch for {reaction.GetType().Name}."),
    };

    /// <summary>The acts known before a contrat was opened, in the order in which they were learned.</summary>
    private async Task<IReadOnlyList<Sending>> CatchUp(Reaction.CatchUp catchUp, StoredEvent stored, CancellationToken cancellation)
    {
        var facts = new List<(long Position, ILigneFact Fact)>();
        foreach (var actor in catchUp.Sites.Select(s => $"site-{s}").Prepend($"entite-{catchUp.Entite}"))
        {
            facts.AddRange(await LigneFacts(actor, stored.Position, cancellation));
        }

        return [.. ActToContrats
            .CatchUp(catchUp.Contrat, catchUp.Entite, facts.OrderBy(f => f.Position).Select(f => f.Fact), _coverage, Today(stored))
            .Select(command => SendingOf(new(catchUp.Contrat, command), stored.Provenance.Cause))];
    }

    private async Task<IReadOnlyList<Sending>> MoveLignes(Reaction.MoveLignes move, StoredEvent stored, CancellationToken cancellation)
    {
        var facts = await LigneFacts(stored.Actor, stored.Position, cancellation);
        return [.. SiteToContrats
            .MoveLignes(move, facts.Select(f => f.Fact), _coverage, stored.Provenance.Cause)
            .Select(reaction => SendingOf((Reaction.ToContrat)reaction, stored.Provenance.Cause))];
    }

    private async Task<List<(long Position, ILigneFact Fact)>> LigneFacts(string actor, long positionMax, CancellationToken cancellation)
    {
        var facts = new List<(long, ILigneFact)>();
        await foreach (var stored in store.ReadActor(actor, 0, cancellation))
        {
            if (stored.Position <= positionMax && EventCodec.Decode(stored) is ILigneFact fact)
            {
                facts.Add((stored.Position, fact));
            }
        }

        return facts;
    }

    /// <summary>To each actor in order, to many actors at once.</summary>
    private Task Send(List<Sending> sendings, CancellationToken cancellation) => Parallel.ForEachAsync(
        sendings.GroupBy(s => (ActorKinds.Of(s.Command.GetType()).Category, s.Id)),
        new ParallelOptions { MaxDegreeOfParallelism = options.ParallelMax, CancellationToken = cancellation },
        async (group, token) => await Send(group.Key.Id, [.. group], token));

    private async Task Send(string id, IReadOnlyList<Sending> sendings, CancellationToken cancellation)
    {
        while (sendings.Count > 0)
        {
            var orders = sendings.Select(s => new Order(s.Command, new(time.GetUtcNow(), Author, s.Cause))).ToList();
            var outcomes = await actors.ExecuteAll(id, orders, cancellation);
            foreach (var (sending, outcome) in sendings.Zip(outcomes))
            {
                if (outcome is Outcome.Refused answer)
                {
                    refused?.Invoke(new(id, sending.Command, answer.Refusal));
                }
                else if (outcome is Outcome.Done done)
                {
                    Stored(done.Position);
                }
            }

            sendings = [.. sendings.Zip(outcomes).SkipWhile(p => p.Second is not Outcome.Busy).Select(p => p.First)];
            if (sendings.Count > 0)
            {
                await Task.Delay(BusyPause, time, cancellation); // Its mailbox is full of others' commands: let them through.
            }
        }
    }

    private void Stored(long position)
    {
        for (var newest = Interlocked.Read(ref _newestEffect); position > newest;)
        {
            var found = Interlocked.CompareExchange(ref _newestEffect, position, newest);
            if (found == newest)
            {
                return;
            }

            newest = found;
        }
    }

    /// <summary>What reaches a contrat is proven by the act itself, wherever the act was relayed from.</summary>
    private static Sending SendingOf(Reaction.ToContrat reaction, Cause cause) =>
        new(reaction.Contrat, reaction.Command, (reaction.Command as ContratCommand.RecordAct)?.Act.Cause ?? cause);

    private static DateOnly Today(StoredEvent stored) => DateOnly.FromDateTime(stored.Provenance.RecordedAt.UtcDateTime);

    private sealed record Sending(string Id, object Command, Cause Cause);
}
