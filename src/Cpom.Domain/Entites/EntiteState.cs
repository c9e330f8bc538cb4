using System.Collections.Immutable;
using Cpom.Domain.Acts;

namespace Cpom.Domain.Entites;

/// <summary>Only what a later decision needs. What screens need is projected elsewhere.</summary>
public abstract record EntiteState
{
    private EntiteState() { }

    public sealed record Waiting(ImmutableList<EntiteCommand.StateFinancements> Held) : EntiteState;

    /// <param name="ContratsInForce">Contrats that have entered into force, with their last day.</param>
    /// <param name="RequiredBy">The rule of the alert that is open, or null.</param>
    /// <param name="Niveau">R-118: null while nobody has said it; the département's then.</param>
    public sealed record Known(
        string Finess,
        EntiteIdentite Identite,
        DateOnly? ClosedOn,
        Registre Registre,
        string? RequiredBy,
        ImmutableDictionary<string, DateOnly> ContratsInForce,
        HorsContrat? HorsContrat = null,
        ImmutableSortedDictionary<string, AutreContratInscrit>? Autres = null,
        NiveauEntite? Niveau = null) : EntiteState;
}
