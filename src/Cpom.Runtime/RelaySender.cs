using System.Diagnostics;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;

namespace Cpom.Runtime;

/// <summary>One command on its way to the actor that a fact concerns.</summary>
/// <param name="Entite">The legal entity of that actor: whose partition it is sent in.</param>
internal sealed record Sending(string Entite, string Id, object Command, Cause Cause)
{
    public string Author { get; init; } = Relay.Author;

    /// <summary>Of what recorded the fact; null where that was not followed.</summary>
    public string? Trace { get; init; }
}

/// <summary>What each fact asks of other actors, and the sending of it.</summary>
/// <param name="parallelMax">Actors spoken to at once.</param>
internal sealed class RelaySender(IEventStore store, IActors actors, TimeProvider time, int parallelMax, Action<RelayRefusal>? refused)
{
    /// <summary>Actors whose histories are read in one question for a contrat that catches up.</summary>
    private const int CatchUpTogetherMax = 64;

    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    private long _newestEffect;

    /// <summary>The position of the newest fact that came of what was sent.</summary>
    public long NewestEffect => Interlocked.Read(ref _newestEffect);

    /// <param name="coverage">Folded up to and including this fact.</param>
    /// <param name="isOurs">Whether what concerns an entity is this node's to send.</param>
    public async Task<List<Sending>> Sendings(StoredEvent stored, IFact fact, Coverage coverage, Func<string, bool> isOurs, CancellationToken cancellation)
    {
        var sendings = new List<Sending>();
        var id = ActorKinds.Split(stored.Actor).Id;
        foreach (var reaction in Reactions.To(id, fact, coverage, Today(stored)))
        {
            sendings.AddRange(reaction switch
            {
                Reaction.ToSite r => Ours(new(coverage.EntiteOf(r.Site) ?? r.Site, r.Site, r.Command, stored.Provenance.Cause)),
                Reaction.ToEntite r => Ours(new(r.Entite, r.Entite, r.Command, CauseOf(r, stored))),
                Reaction.ToFichier r => Ours(new(coverage.EntiteOf(id) ?? id, r.Sha256, r.Command, stored.Provenance.Cause)),
                Reaction.ToContrat r => Ours(SendingOf(r, coverage, stored.Provenance.Cause)),
                Reaction.ToNegociation r => Ours(new(coverage.EntiteOfNegociation(r.Negociation), r.Negociation, r.Command, stored.Provenance.Cause)),
                Reaction.CatchUp r => isOurs(r.Entite) ? await CatchUp(r, stored, coverage, cancellation) : [],
                Reaction.MoveLignes r => r.From.Concat(r.To).Any(IsOurs) ? (await MoveLignes(r, stored, coverage, cancellation)).SelectMany(Ours) : [],
                _ => throw new UnreachableException($"No branch for {reaction.GetType().Name}."),
            });
        }

        return stored.Provenance.Trace is { } trace ? [.. sendings.Select(sending => sending with { Trace = trace })] : sendings;

        IEnumerable<Sending> Ours(Sending sending) => isOurs(sending.Entite) ? [sending] : [];

        bool IsOurs(string contrat) => isOurs(coverage.FicheOf(contrat).Entite);
    }

    /// <summary>To each actor in order, to many actors at once.</summary>
    /// <param name="parts">How many such calls there may be at once: each has its part of the actors spoken to.</param>
    public Task Send(IReadOnlyList<Sending> sendings, int parts, CancellationToken cancellation) => Parallel.ForEachAsync(
        sendings.GroupBy(s => (ActorKinds.Of(s.Command.GetType()).Category, s.Id)),
        new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallelMax / parts), CancellationToken = cancellation },
        async (group, token) => await Send(group.Key.Id, [.. group], token));

    /// <summary>The acts known before a contrat was opened, in the order in which they were learned.</summary>
    private async Task<IEnumerable<Sending>> CatchUp(Reaction.CatchUp catchUp, StoredEvent stored, Coverage coverage, CancellationToken cancellation)
    {
        var facts = new List<LigneFact>();
        foreach (var actors in (catchUp.Membres ?? [catchUp.Entite]).Select(m => $"entite-{m}").Concat(catchUp.Sites.Select(s => $"site-{s}")).Chunk(CatchUpTogetherMax))
        {
            facts.AddRange(await LigneFacts(actors, stored.Position, cancellation));
        }

        return ActToContrats
            .CatchUp(catchUp.Contrat, facts.OrderBy(f => f.Position).Select(f => (EntiteOf(f.Actor), f.Fact)), coverage, Today(stored))
            .Select(command => SendingOf(new(catchUp.Contrat, command), coverage, stored.Provenance.Cause));

        string EntiteOf(string actor) => ActorKinds.Split(actor) switch
        {
            (var category, var entite) when category == Domain.Entites.Entite.Category => entite,
            var (_, site) => coverage.EntiteOf(site) ?? catchUp.Entite,
        };
    }

    private async Task<IEnumerable<Sending>> MoveLignes(Reaction.MoveLignes move, StoredEvent stored, Coverage coverage, CancellationToken cancellation)
    {
        var facts = await LigneFacts([$"site-{move.Site}"], stored.Position, cancellation);
        return SiteToContrats
            .MoveLignes(move, facts.Select(f => f.Fact), coverage, stored.Provenance.Cause)
            .Select(reaction => SendingOf((Reaction.ToContrat)reaction, coverage, stored.Provenance.Cause));
    }

    /// <summary>What actors have recorded of their lines, up to a position: all of them in one question, the long histories to their end.</summary>
    private async Task<List<LigneFact>> LigneFacts(IReadOnlyList<string> actors, long positionMax, CancellationToken cancellation)
    {
        var facts = new List<LigneFact>();
        var histories = await store.ReadActors([.. actors.Select(a => new ActorRead(a, After: 0, string.Empty))], cancellation);
        foreach (var (actor, history) in actors.Zip(histories))
        {
            facts.AddRange(LigneFacts(history.Events, positionMax));
            if (!history.IsWhole)
            {
                var after = history.Events is [.., var last] ? last.Version : 0;
                facts.AddRange(LigneFacts(await store.ReadActor(actor, after, cancellation).ToListAsync(cancellation), positionMax));
            }
        }

        return facts;
    }

    private static IEnumerable<LigneFact> LigneFacts(IEnumerable<StoredEvent> events, long positionMax) =>
        from stored in events
        where stored.Position <= positionMax
        let fact = EventCodec.Decode(stored) as ILigneFact
        where fact is not null
        select new LigneFact(stored.Position, stored.Actor, fact);

    /// <summary>Each in the trace of its fact, however long ago and in whatever process that was recorded.</summary>
    private async Task Send(string id, IReadOnlyList<Sending> sendings, CancellationToken cancellation)
    {
        var steps = Telemetry.SideBySide(sendings.Count, i => Telemetry.StartRelay(sendings[i].Trace));
        try
        {
            await SendUntilTaken(id, [.. sendings.Zip(steps, (sending, step) => step is null ? sending : sending with { Trace = step.Id })], cancellation);
        }
        finally
        {
            Telemetry.End(steps);
        }
    }

    private async Task SendUntilTaken(string id, IReadOnlyList<Sending> sendings, CancellationToken cancellation)
    {
        while (sendings.Count > 0)
        {
            var orders = sendings.Select(s => new Order(s.Command, new(time.GetUtcNow(), s.Author, s.Cause) { Trace = s.Trace })).ToList();
            var outcomes = await actors.ExecuteAll(id, orders, cancellation);
            foreach (var (sending, outcome) in sendings.Zip(outcomes))
            {
                Telemetry.CountRelayed(outcome);
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
        for (var newest = NewestEffect; position > newest;)
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
    private static Sending SendingOf(Reaction.ToContrat reaction, Coverage coverage, Cause cause) => new(
        coverage.FicheOf(reaction.Contrat).Entite, reaction.Contrat, reaction.Command, (reaction.Command as ContratCommand.RecordAct)?.Act.Cause ?? cause);

    private static Cause CauseOf(Reaction.ToEntite reaction, StoredEvent stored) =>
        reaction.Command is EntiteCommand.RequireContrat ? ContratRequirement.CauseOf(stored.Provenance.Cause) : stored.Provenance.Cause;

    /// <summary>What an actor recorded of a line.</summary>
    private sealed record LigneFact(long Position, string Actor, ILigneFact Fact);

    private static DateOnly Today(StoredEvent stored) => DateOnly.FromDateTime(stored.Provenance.RecordedAt.UtcDateTime);
}
