using System.Text.Json.Serialization;

namespace Cpom.Domain.Entites;

/// <summary>What kind of structure is asked to sign. The last two are never parties and say why.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartieKind>))]
public enum PartieKind
{
    [JsonStringEnumMemberName("eps")] Eps = 1,
    [JsonStringEnumMemberName("espic")] Espic = 2,
    [JsonStringEnumMemberName("prive-lucratif")] PriveLucratif = 3,
    [JsonStringEnumMemberName("gcs-etablissement")] GcsEtablissement = 4,
    [JsonStringEnumMemberName("gcs-moyens")] GcsMoyens = 5,
    [JsonStringEnumMemberName("laboratoire")] Laboratoire = 6,
    [JsonStringEnumMemberName("cabinet")] Cabinet = 7,
    [JsonStringEnumMemberName("personne-physique")] PersonnePhysique = 8,
    [JsonStringEnumMemberName("autre-public")] AutrePublic = 9,

    /// <summary>A site without legal personality .</summary>
    [JsonStringEnumMemberName("etablissement")] Etablissement = 20,

    /// <summary>A hospital group of a territory .</summary>
    [JsonStringEnumMemberName("ght")] Ght = 21,
}

/// <summary>What an entity holds that may oblige it to have a contrat.</summary>
public readonly record struct Holdings(bool Autorisation, bool Eml, bool Rc, bool FirOrMigac);

public static class Parties
{
    /// <summary>The kind of an entity by its statut juridique (TRE-R72/R400).</summary>
    public static PartieKind KindOf(string? statut) => statut switch
    {
        "10" or "11" or "12" or "13" or "14" or "15" or "16" => PartieKind.Eps,
        "28" or "29" => PartieKind.GcsEtablissement,
        "66" or "89" => PartieKind.GcsMoyens,
        "70" => PartieKind.PersonnePhysique,
        "75" or "76" or "78" => PartieKind.Cabinet,
        "85" or "86" or "87" or "88" => PartieKind.Laboratoire,
        { Length: 2 } s when string.CompareOrdinal(s, "40") >= 0 && string.CompareOrdinal(s, "65") <= 0 => PartieKind.Espic,
        { Length: 2 } s when string.CompareOrdinal(s, "71") >= 0 => PartieKind.PriveLucratif,
        _ => PartieKind.AutrePublic,
    };

    /// <summary>An établissement de santé, as against the other holders of an authorisation.</summary>
    public static bool IsHospital(PartieKind kind) =>
        kind is PartieKind.Eps or PartieKind.Espic or PartieKind.PriveLucratif or PartieKind.GcsEtablissement;

    /// <summary>L-03: since 2025 an equipment alone makes no hospital; a public one, and a GCS that is an establishment, are hospitals whatever they hold.</summary>
    private static bool MustForEml(Regime regime, PartieKind kind) => regime.HoldersMustContract || kind is PartieKind.Eps or PartieKind.GcsEtablissement;

    /// <summary>The rule by which an entity must have a contrat, with its reason for people; null when it need not.</summary>
    public static (string Rule, string Reason)? ObligationOf(Regime regime, PartieKind kind, Holdings holdings) => kind switch
    {
        PartieKind.Eps or PartieKind.Espic or PartieKind.PriveLucratif or PartieKind.GcsEtablissement or PartieKind.AutrePublic
            when holdings.Autorisation || holdings.Rc || (holdings.Eml && MustForEml(regime, kind)) =>
            ("R-001", "titulaire d'autorisations ou de reconnaissances contractuelles, sans contrat en vigueur"),
        PartieKind.Eps when holdings.FirOrMigac => ("R-001", "établissement public de santé financé, sans contrat en vigueur"),
        PartieKind.Laboratoire or PartieKind.Cabinet or PartieKind.PersonnePhysique
            when regime.HoldersMustContract && (holdings.Autorisation || holdings.Eml) =>
            ("R-002", "titulaire d'une autorisation, sans contrat en vigueur"),
        PartieKind.GcsMoyens when regime.HoldersMustContract && holdings.Eml =>
            ("R-007", "GCS de moyens titulaire d'une autorisation d'équipement lourd, sans contrat en vigueur"),
        PartieKind.GcsMoyens when holdings.FirOrMigac =>
            ("R-007", "GCS de moyens bénéficiant du FIR ou des MIGAC, sans contrat en vigueur"),
        _ => null,
    };
}
