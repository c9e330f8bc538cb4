using System.Collections.Immutable;
using Cpom.Domain.Acts;

namespace Cpom.Domain.Entites;

/// <summary>L-09: money of the fonds d'intervention régional that no contract gives: how much, of which campaign.</summary>
/// <param name="Montant">Euros, movements that take back deducted.</param>
public sealed record FirSansContrat(int Campagne, decimal Montant);

/// <summary>What is kept of one FIR movement, to tell whether a contract gives it.</summary>
public sealed record FirMouvement(string Finess, int Campagne, decimal Montant);

/// <summary>A contrat that has entered into force, as far as money is concerned.</summary>
/// <param name="To">Its last day, after any termination.</param>
/// <param name="Finess">The numbers that it covers; null for all of the entity.</param>
public sealed record ContratCouvrant(DateOnly From, DateOnly To, IReadOnlySet<string>? Finess)
{
    public bool Covers(FirMouvement mouvement) => FirRules.IsGivenIn(mouvement.Campagne, From, To) && (Finess is null || Finess.Contains(mouvement.Finess));
}

/// <summary>
/// L-09 (R. 1435-30): FIR money is given by contract, a CPOM or one of its own. Nothing of it is recorded: it follows from the movements, the contrats and
/// the register, and changes with them.
/// </summary>
public static class FirRules
{
    /// <summary>The ledger of the FIR folded, for the replica.</summary>
    public static ImmutableDictionary<string, FirMouvement>? Evolve(ImmutableDictionary<string, FirMouvement>? known, EntiteEvent recorded) => recorded switch
    {
        ILigneFact { After: Ligne.Financement { Enveloppe: "FIR" } m } fact =>
            (known ?? ImmutableDictionary.Create<string, FirMouvement>(StringComparer.Ordinal)).SetItem(fact.LigneId, new(m.Finess, m.Campagne, m.Montant)),
        ILigneFact { Before: Ligne.Financement { Enveloppe: "FIR" } } fact => known?.Remove(fact.LigneId),
        _ => known,
    };

    /// <summary>By campaign, those in which the entity is given more than <see cref="Limits.FirSansContratMax"/> in all, some of it by no contract.</summary>
    public static IReadOnlyList<FirSansContrat> Of(
        IReadOnlyDictionary<string, FirMouvement> mouvements, IReadOnlyCollection<ContratCouvrant> contrats, IEnumerable<AutreContratInscrit> autres)
    {
        var named = autres
            .Where(a => a.Fiche.Contrat is AutreContrat.ConventionFir)
            .SelectMany(a => ((AutreContrat.ConventionFir)a.Fiche.Contrat).Lignes.Select(ligne => (Ligne: ligne, Convention: a)))
            .ToLookup(p => p.Ligne, p => p.Convention, StringComparer.Ordinal);
        return [.. from mouvement in mouvements
            group mouvement by mouvement.Value.Campagne into campagne
            where campagne.Sum(m => m.Value.Montant) > Limits.FirSansContratMax
            let montant = campagne.Where(m => !contrats.Any(c => c.Covers(m.Value)) && !named[m.Key].Any(a => IsGivenIn(campagne.Key, a.Fiche.From, a.LastDay))).Sum(m => m.Value.Montant)
            where montant > 0
            orderby campagne.Key
            select new FirSansContrat(campagne.Key, montant)];
    }

    /// <summary>By a contract that had at least a day.</summary>
    internal static bool IsGivenIn(int campagne, DateOnly from, DateOnly to) => from <= to && Ligne.Financement.IsOfYears(campagne, from, to);
}
