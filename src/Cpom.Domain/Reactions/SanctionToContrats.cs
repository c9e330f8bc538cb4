using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;

namespace Cpom.Domain.Reactions;

/// <summary>What a procedure ends with reaches its contrat (R-115, L-11); a contrat that ends leaves its entity, which may need another .</summary>
public static class SanctionToContrats
{
    /// <param name="entite">Whose procedure it is.</param>
    public static IEnumerable<Reaction> React(string entite, ManquementsEvent.SanctionDecided fact, Coverage coverage) => fact.Sanction switch
    {
        // L-09: a convention ends where it is inscribed. What is to be changed in one, people inscribe anew.
        Sanction.Resiliation r when !coverage.IsContrat(fact.Contrat) =>
            [new Reaction.ToEntite(entite, new EntiteCommand.EndAutreContrat(fact.Contrat, $"Résiliée (procédure {fact.Numero}).", r.DateEffet))],
        _ when !coverage.IsContrat(fact.Contrat) => [],
        Sanction.Resiliation r => [new Reaction.ToContrat(fact.Contrat, new ContratCommand.Terminate(fact.Numero, r.DateEffet))],
        Sanction.Modification m => [new Reaction.ToContrat(fact.Contrat, new ContratCommand.RequireModification(fact.Numero, m.Objet, fact.ValidOn))],
        _ => [],
    };

    /// <summary>The alert of an entity left without a contrat is known at once, and holds from the day on which it is without one.</summary>
    public static IEnumerable<Reaction> Ended(string contrat, ContratEvent.ContratTerminated fact, Coverage coverage, DateOnly today)
    {
        return coverage.EntitesIn(contrat).SelectMany(entite => (IEnumerable<Reaction>)
        [
            new Reaction.ToEntite(entite, new EntiteCommand.NoteContratTerminated(contrat, fact.ValidOn)),
            .. ContratRequirement.React(entite, coverage, fact.ValidOn > today ? fact.ValidOn : today),
        ]);
    }
}
