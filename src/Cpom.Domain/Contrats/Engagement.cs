using System.Text.Json.Serialization;
using Cpom.Domain.Bibliotheques;

namespace Cpom.Domain.Contrats;

/// <summary>R-036: taken from the agency's library, or negotiated for this structure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EngagementType>))]
public enum EngagementType
{
    [JsonStringEnumMemberName("generique")] Generique = 1,
    [JsonStringEnumMemberName("specifique")] Specifique = 2,
}

/// <summary>What an engagement is on. R-054 names the first four for one that rests on an RC; R-026 encourages the last.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EngagementTheme>))]
public enum EngagementTheme
{
    [JsonStringEnumMemberName("organisation")] Organisation = 1,
    [JsonStringEnumMemberName("personnels")] Personnels = 2,
    [JsonStringEnumMemberName("equipements")] Equipements = 3,
    [JsonStringEnumMemberName("cooperations")] Cooperations = 4,

    /// <summary>The way of patients between hospital, médico-social and town.</summary>
    [JsonStringEnumMemberName("fluidification")] Fluidification = 5,
}

/// <summary>One indicator with its reference and its targets .</summary>
/// <param name="Cibles">Targets for N+1 to N+5, N being the year of the contrat's date d'effet; null where none is set .</param>
public sealed record Indicateur(
    string Libelle, string ModeCalcul, string Unite, string Source, string? ValeurReference, int? AnneeReference, ValueList<string?> Cibles);

/// <summary>One engagement: one row of the guide's table .</summary>
/// <param name="Finess">The EJ if it concerns the whole structure, else the sites .</param>
/// <param name="Contrepartie">The line of the socle commun that it is given in return for: an RC, an autorisation or a financement; or null.</param>
/// <param name="ImpactMedical">It involves doctors or the organisation of care .</param>
/// <param name="Generique">The entry of the library that it was taken from; null for one of this contrat, and where it is not known.</param>
/// <param name="Themes">Each once, in order; null for none, as in every engagement stored before there were any.</param>
public sealed record Engagement(
    int Number,
    Volet Volet,
    ValueList<string> Finess,
    string Objectif,
    EngagementType Type,
    ValueList<Indicateur> Indicateurs,
    [property: JsonPropertyName("ligneRc")] string? Contrepartie,
    bool ImpactMedical,
    ValueList<EngagementTheme>? Themes = null,
    Generique.Cle? Generique = null);

/// <summary>The four ways in which an avenant changes engagements .</summary>
[JsonDerivedType(typeof(Add), "add")]
[JsonDerivedType(typeof(Remove), "remove")]
[JsonDerivedType(typeof(ChangeCible), "change-cible")]
[JsonDerivedType(typeof(MoveEcheance), "move-echeance")]
public abstract record EngagementChange
{
    private EngagementChange() { }

    public sealed record Add(Engagement Engagement) : EngagementChange;

    public sealed record Remove(int Number) : EngagementChange;

    /// <param name="Indicateur">Its rank in the engagement, from 1.</param>
    /// <param name="Rang">1 for N+1, to 5.</param>
    public sealed record ChangeCible(int Number, int Indicateur, int Rang, string? Valeur) : EngagementChange;

    /// <summary>A target is postponed or brought forward.</summary>
    public sealed record MoveEcheance(int Number, int Indicateur, int FromRang, int ToRang) : EngagementChange;
}
