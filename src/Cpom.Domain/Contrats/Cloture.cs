namespace Cpom.Domain.Contrats;

/// <summary>How a contrat is over otherwise than by its term or a termination.</summary>
/// <param name="Remplacement">Of a contrat of socle commun that bridged: the contrat signed again in its place .</param>
/// <param name="Abandonne">Of a project that was given up before its signature.</param>
public sealed record Cloture(Remplacement? Remplacement, Abandonne? Abandonne = null)
{
    public static Cloture None { get; } = new(null, null);
}

/// <param name="DateEffet">The first day on which the bridge is no longer in force.</param>
/// <param name="Relayed">That day has begun: nothing waits in the bridge any more.</param>
public sealed record Remplacement(string Contrat, DateOnly DateEffet, bool Relayed = false);

/// <summary>The project is given up: it takes nothing any more.</summary>
public sealed record Abandonne(DateOnly On, string Reason);
