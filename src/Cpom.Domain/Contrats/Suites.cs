using Cpom.Domain.Sanctions;

namespace Cpom.Domain.Contrats;

/// <summary>What the agency has imposed on a contrat: what procedures against its entity end with, and the arrêté in the place of signatures .</summary>
public sealed record Suites(Resilie? Resilie, ValueList<ModificationDemandee> Modifications, Arrete? Arrete)
{
    public static Suites None { get; } = new(null, [], null);
}

/// <param name="Procedure">The agency's number of it.</param>
/// <param name="DateEffet">The first day on which the contrat is no longer in force.</param>
public sealed record Resilie(string Procedure, DateOnly DateEffet);

/// <summary>The contrat is to be amended so: it opens the way to an avenant of that motive.</summary>
public sealed record ModificationDemandee(string Procedure, string Objet, DateOnly On);

/// <summary>R-101: the director general fixes the engagements of an entity that has not signed a year after the PRS.</summary>
/// <param name="On">The day of the arrêté.</param>
/// <param name="Penalites">What it says of penalties (L. 6114-1).</param>
/// <param name="Compensation">How their financial compensation is computed, if it says so (L. 6114-2).</param>
public sealed record Arrete(Courrier Courrier, DateOnly On, string Penalites, string? Compensation);

/// <summary>The PRS that was adopted, by its own name: read beside the actor, judged by it.</summary>
public sealed record PrsProof(string Prs, DateOnly AdoptedOn);
