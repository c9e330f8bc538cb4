using System.Diagnostics.CodeAnalysis;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>The one door to the domain. Gateway, intake and relay know this; they do not know which host is behind it.</summary>
public interface IActors
{
    /// <param name="id">The actor's own number: FINESS, contrat number, GHT code…</param>
    /// <param name="command">A command of one of the unions; its type says which kind of actor it is for.</param>
    Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation);

    /// <summary>
    /// Commands of one kind for one actor, decided in order; faster than one by one, and otherwise the same. After one that
    /// is busy all the rest are, and none of those was done.
    /// </summary>
    Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation);
}

/// <summary>What became of a command.</summary>
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "A closed union.")]
public abstract record Outcome
{
    private Outcome() { }

    /// <param name="Version">The actor's version: the etag of what was written.</param>
    /// <param name="Position">The log position of the actor's newest event: a read that asks for it sees the command's effect.</param>
    /// <param name="Events">What was recorded; empty when the command asked for what was already true.</param>
    public sealed record Done(long Version, long Position, IReadOnlyList<IFact> Events) : Outcome;

    public sealed record Refused(Refusal Refusal) : Outcome;

    /// <summary>Nothing was done: the actor is no longer at the version of an <see cref="IfVersion"/>.</summary>
    public sealed record Stale(long Version) : Outcome;

    /// <summary>Nothing was done; the same command may be sent again.</summary>
    public sealed record Busy : Outcome;
}

/// <summary>A command to be done only if the actor is still at the version that its sender knows: the etag of a write.</summary>
public sealed record IfVersion(object Command, long Version);
