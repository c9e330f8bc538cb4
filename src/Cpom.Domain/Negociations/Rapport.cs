using System.Text.Json.Serialization;

namespace Cpom.Domain.Negociations;

/// <summary>R-067: who writes in the report, the structure first and then the agency. Also: who proposes, who accepts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RapportAuteur>))]
public enum RapportAuteur
{
    [JsonStringEnumMemberName("structure")] Structure = 1,
    [JsonStringEnumMemberName("agence")] Agence = 2,
}

/// <summary>What a note that is joined to a dossier is .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoteKind>))]
public enum NoteKind
{
    [JsonStringEnumMemberName("diagnostic-regional")] DiagnosticRegional = 1,
    [JsonStringEnumMemberName("diagnostic-territorial")] DiagnosticTerritorial = 2,

    /// <summary>The projet médical partagé of a GHT, with which the contrats of its members agree.</summary>
    [JsonStringEnumMemberName("projet-medical-partage")] ProjetMedicalPartage = 3,
}

/// <param name="Reference">Where it is kept.</param>
public sealed record Note(NoteKind Kind, string Titre, string Reference);

/// <summary>R-069: a figure is verifiable, so it says where it comes from.</summary>
public sealed record Chiffre(string Libelle, string Valeur, string Source);

/// <summary>What one author says of one volet.</summary>
public sealed record Section(Volet Volet, RapportAuteur Auteur, string Texte, ValueList<Chiffre> Chiffres)
{
    /// <summary>It says nothing: how an author takes back what was written.</summary>
    [JsonIgnore]
    public bool IsBlank => string.IsNullOrWhiteSpace(Texte) && Chiffres.Count == 0;

    public static string CleOf(Volet volet, RapportAuteur auteur) => $"{Volets.CodeOf(volet)}/{(int)auteur}";
}

/// <summary>R-041: what a specific indicateur measures, told in the report before an engagement uses it.</summary>
public sealed record IndicateurDefini(string Libelle, string ModeCalcul, string Unite, string Source);

/// <summary>R-074: the page that the instances of validation read.</summary>
/// <param name="Enjeux">The major issues of the structure.</param>
public sealed record Synthese(string Forces, string Faiblesses, string Opportunites, string Menaces, string Enjeux)
{
    /// <summary>Signs, spaces included, without the table of engagements.</summary>
    [JsonIgnore]
    public int Length => Limits.LengthOf(Forces) + Limits.LengthOf(Faiblesses) + Limits.LengthOf(Opportunites) + Limits.LengthOf(Menaces) + Limits.LengthOf(Enjeux);
}

/// <summary>A meeting of the structures and the agency .</summary>
public sealed record Rencontre(DateOnly On, string? CompteRendu);
