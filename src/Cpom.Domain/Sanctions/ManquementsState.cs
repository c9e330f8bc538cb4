using System.Collections.Immutable;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Sanctions;

/// <param name="Entite">Empty before the first procedure.</param>
/// <param name="Produits">What the compulsory insurance paid, by the last day of each exercise.</param>
public sealed record ManquementsState(
    string Entite, ImmutableSortedDictionary<DateOnly, Produits> Produits, ImmutableSortedDictionary<string, Manquement> Manquements, Rappels Rappels)
{
    public static ManquementsState None { get; } = new(
        string.Empty,
        ImmutableSortedDictionary<DateOnly, Produits>.Empty,
        ImmutableSortedDictionary.Create<string, Manquement>(StringComparer.Ordinal),
        Rappels.From(DateOnly.MaxValue));

    /// <summary>Euros of penalties decided in a year, over all contrats of the entity.</summary>
    public decimal PenalitesOf(int year) => Manquements.Values
        .SelectMany(m => m.Sanctions)
        .Where(s => s.On.Year == year && s.Annulation is null)
        .Sum(s => (s.Sanction as Sanction.Penalite)?.Montant ?? 0);

    /// <summary>Those of one contract that have not ended.</summary>
    public IEnumerable<Manquement> UnderWay(string contrat) => Manquements.Values.Where(m => m.Constat.Contrat == contrat && !m.IsEnded);

    /// <summary>
    /// The last exercise that had closed by a day. An exercise lasts a year: one that closed a year ago or more has been followed by another, of which
    /// nothing is known.
    /// </summary>
    public Produits? ProduitsOn(DateOnly day) =>
        Produits.LastOrDefault(p => p.Key < day).Value is { } last && day <= Delai.OfMois(12).After(last.ClosOn) ? last : null;
}

/// <param name="Montant">Euros.</param>
public sealed record Produits(DateOnly ClosOn, decimal Montant, string Source)
{
    /// <summary>R-112: the most that the penalties of one year may come to, to the cent below.</summary>
    public decimal Plafond => Math.Floor(Montant * Limits.PenalitesPercentMax) / 100;
}
