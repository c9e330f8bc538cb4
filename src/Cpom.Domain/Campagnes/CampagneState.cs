using System.Collections.Immutable;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Campagnes;

/// <summary>Only what a later decision needs. What screens need is projected elsewhere.</summary>
public abstract record CampagneState
{
    private CampagneState() { }

    public sealed record None : CampagneState;

    /// <param name="Vagues">Number → the year planned for its negotiations.</param>
    /// <param name="Structures">By FINESS EJ: each is in one wave.</param>
    public sealed record Ouverte(
        string Code,
        string Nom,
        ImmutableSortedDictionary<int, int> Vagues,
        ImmutableSortedDictionary<string, StructureInscrite> Structures,
        Rappels Rappels) : CampagneState;
}

/// <summary>A structure in a wave.</summary>
/// <param name="Negociateur">Null until one is named .</param>
/// <param name="LettreOn">The day on which its letter left; null while it has not.</param>
public sealed record StructureInscrite(int Vague, string? Negociateur = null, DateOnly? LettreOn = null, string? LettreReference = null);
