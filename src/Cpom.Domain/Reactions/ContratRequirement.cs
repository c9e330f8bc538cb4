using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;

namespace Cpom.Domain.Reactions;

/// <summary>R-001, R-002, R-007: an entity that must have a contrat and has none in force gets an alert, once.</summary>
public static class ContratRequirement
{
    public static IEnumerable<Reaction> React(string entite, Coverage coverage, DateOnly today) =>
        coverage.UncoveredHoldings(entite, today) is { } uncovered
        && Parties.ObligationOf(Regimes.Of(today), Parties.KindOf(uncovered.Statut), uncovered.Holdings) is { } obligation
            ? [new Reaction.ToEntite(entite, new EntiteCommand.RequireContrat(obligation.Rule, obligation.Reason, today))]
            : [];

    /// <summary>A contrat that is over leaves its entity without one, unless another has begun.</summary>
    public static IEnumerable<Reaction> AtTheEnd(string entite, ContratEvent.EcheanceReached reached, Coverage coverage) =>
        reached is { Kind: EcheanceKind.Fin, Stade: EcheanceStade.Depassee } ? React(entite, coverage, reached.ValidOn) : [];

    /// <summary>
    /// Many rights may oblige an entity at once, and the relay may meet any of them first. What they have in common is their file, or the request
    /// that brought them: that is the proof of the alert, and no line of it.
    /// </summary>
    public static Cause CauseOf(Cause ofOneRight) =>
        ofOneRight with { Acte = null, Piece = ofOneRight.Piece is { } piece ? piece with { Place = "fichier" } : null };
}
