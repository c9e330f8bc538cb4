using System.Text.Json.Serialization;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Negociations;

/// <summary>R-064: two ways in, the same steps.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NegociationRoute>))]
public enum NegociationRoute
{
    /// <summary>Nothing was negotiated before: a first diagnosis.</summary>
    [JsonStringEnumMemberName("initial")] Initial = 1,

    /// <summary>Engagements are signed: the evaluation of the contrat that carries them.</summary>
    [JsonStringEnumMemberName("renouvellement")] Renouvellement = 2,
}

/// <summary>What becomes of what both parties accepted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NegociationIssue>))]
public enum NegociationIssue
{
    /// <summary>A contrat of its own, opened as a project that names the dossier.</summary>
    [JsonStringEnumMemberName("contrat")] Contrat = 1,

    /// <summary>R-086: an avenant of the contrat of socle commun that bridges.</summary>
    [JsonStringEnumMemberName("avenant")] Avenant = 2,

    /// <summary>R-088: that contrat is signed again whole, so that engagements last their five years.</summary>
    [JsonStringEnumMemberName("re-signature")] Resignature = 3,
}

/// <summary>One structure of a négociation. Several negotiate as one, and each keeps its contrat .</summary>
/// <param name="Ght">Code of the group that it is a member of, or null .</param>
/// <param name="Precedent">The contrat that is evaluated, or that bridges; or null.</param>
/// <param name="Contrat">The number that its contrat is to have; null until the agency has given one.</param>
public sealed record StructureNegociee(string Entite, PartieKind Partie, string? Ght, string? Precedent, string? Contrat);

/// <summary>The identity of a négociation, fixed at its opening.</summary>
/// <param name="Numero">The agency's number.</param>
/// <param name="Campagne">Its campaign; null for one out of campaign.</param>
/// <param name="Negociateur">Who negotiates for the agency from its opening on .</param>
/// <param name="MotifNiveau">Why it is negotiated regionally .</param>
/// <param name="Pilote">Département of the délégation that leads; null where the regional level does.</param>
/// <param name="Consultees">Départements of the délégations that are consulted .</param>
public sealed record NegociationFiche(
    string Numero,
    string? Campagne,
    NegociationRoute Route,
    string Negociateur,
    Niveau Niveau,
    string? MotifNiveau,
    string? Pilote,
    ValueList<string> Consultees,
    ValueList<StructureNegociee> Structures);

/// <summary>What a campaign says of a structure, as proof.</summary>
public sealed record Nomination(string Entite, string? Negociateur);
