using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;

namespace Cpom.Domain.Reactions;

/// <summary>What coverage knows of one contrat.</summary>
public sealed partial class Coverage
{
    /// <param name="membres">Of a contrat for a GHT (L-05); null for one of one entity.</param>
    private sealed class ContratCover(string id, Fiche fiche, IEnumerable<string> sites, IReadOnlyList<string>? membres)
    {
        public string Id { get; } = id;

        public Fiche Fiche { get; } = fiche;

        public HashSet<string> Sites { get; } = sites.ToHashSet(StringComparer.Ordinal);

        /// <summary>Those whose acts reach it, all of them in the partition of the one of its fiche.</summary>
        public IReadOnlyList<string> Entites { get; } = membres ?? [fiche.Entite];

        /// <summary>Members that have left, with their last day in it.</summary>
        public Dictionary<string, DateOnly> Left { get; } = new(StringComparer.Ordinal);

        public bool InForce { get; set; }

        /// <summary>Its last day, where it was terminated or replaced.</summary>
        public DateOnly? EndedOn { get; set; }

        public DateOnly LastDay => EndedOn ?? Fiche.DateFin;

        public string? Renews { get; init; }

        /// <summary>A project that was given up: nothing goes to it.</summary>
        public bool Abandoned { get; set; }

        public bool Has(string entite) => !Left.ContainsKey(entite);

        public DateOnly LastDayOf(string entite) => Left.TryGetValue(entite, out var left) && left < LastDay ? left : LastDay;

        /// <summary>The rights of a member that has left went with its sites; money of the campaigns in which it was there may still be corrected.</summary>
        public bool Takes(string entite, ILigneFact fact) => Has(entite) || (fact.After ?? fact.Before) is Ligne.Financement;

        public CoverageShape.ContratShape ToShape() => new(
            Id, Fiche, [.. Sites], InForce, EndedOn, Renews, membres, Left.Count == 0 ? null : [.. Left.Select(l => new CoverageShape.DepartShape(l.Key, l.Value))], Abandoned);
    }
}
