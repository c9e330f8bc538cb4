using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;

namespace Cpom.Domain.Campagnes;

/// <summary>A structure whose contrat ends in the period of a campaign: one to call to negotiate .</summary>
/// <param name="Pont">The contrat ends before a negotiation of that year can be signed: a contrat of socle commun is to bridge it .</param>
public sealed record CampagneProposal(string Entite, string Contrat, DateOnly Fin, bool Pont);

public static class CampagneProposals
{
    /// <summary>Those whose last contrat in force ends between two days; the first to end first.</summary>
    /// <param name="annee">The year planned for their negotiation.</param>
    public static IEnumerable<CampagneProposal> Of(IEnumerable<ContratState.Ouvert> contrats, int annee, DateOnly since, DateOnly until) =>
        from contrat in contrats
        where contrat.Phase == ContratPhase.EnVigueur && contrat.Suivi.Renouvellement?.Answer is not { Granted: true }
        group contrat.Fiche by contrat.Fiche.Entite into ofEntite
        let last = ofEntite.OrderByDescending(f => f.DateFin).ThenBy(f => f.Numero, StringComparer.Ordinal).First()
        where last.DateFin >= since && last.DateFin <= until
        orderby last.DateFin, last.Entite
        select new CampagneProposal(last.Entite, last.Numero, last.DateFin, last.DateFin < SignedBy(annee));

    /// <summary>The last day of step 5, where the report's frame is received with the latest letter .</summary>
    private static DateOnly SignedBy(int annee) => Campagne.LettreDueOn(annee).AddDays(NegociationEcheances.SignatureAgenceJours);
}
