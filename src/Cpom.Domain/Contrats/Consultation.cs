using System.Text.Json.Serialization;
using Cpom.Domain.Entites;

namespace Cpom.Domain.Contrats;

/// <summary>Who is asked about a text before it is signed (Guide 2.3.1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Instance>))]
public enum Instance
{
    [JsonStringEnumMemberName("directoire")] Directoire = 1,
    [JsonStringEnumMemberName("conseil-de-surveillance")] ConseilDeSurveillance = 2,

    /// <summary>Comité technique d'établissement: until 2022.</summary>
    [JsonStringEnumMemberName("cte")] Cte = 3,

    /// <summary>Commission médicale d'établissement.</summary>
    [JsonStringEnumMemberName("cme")] Cme = 4,

    /// <summary>Of a private hospital.</summary>
    [JsonStringEnumMemberName("conference-medicale")] ConferenceMedicale = 5,

    /// <summary>Of a GCS.</summary>
    [JsonStringEnumMemberName("assemblee-generale")] AssembleeGenerale = 6,

    /// <summary>Whoever approves by the structure's own statutes .</summary>
    [JsonStringEnumMemberName("organe-statutaire")] OrganeStatutaire = 7,

    /// <summary>Comité social d'établissement: what the CTE has become in 2023 (decision 0033).</summary>
    [JsonStringEnumMemberName("comite-social")] ComiteSocial = 8,
}

/// <summary>How far an instance was asked: each is more than the one before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConsultationKind>))]
public enum ConsultationKind
{
    [JsonStringEnumMemberName("information")] Information = 1,
    [JsonStringEnumMemberName("avis")] Avis = 2,
    [JsonStringEnumMemberName("deliberation")] Deliberation = 3,
}

/// <summary>An instance was informed, gave its opinion, or voted.</summary>
/// <param name="Reference">Of the minutes, as people write it.</param>
/// <param name="Piece">The opinion or the vote itself.</param>
public sealed record Consultation(Instance Instance, ConsultationKind Kind, DateOnly On, string? Reference = null, Document? Piece = null);

/// <summary>What a text needs before its first signature.</summary>
/// <param name="Instances">Any of these will do.</param>
/// <param name="Least">Or more than that.</param>
/// <param name="WithPiece">Its text is attached.</param>
/// <param name="Blocks">False where the guide only prefers it.</param>
public sealed record Exigence(string Rule, ValueList<Instance> Instances, ConsultationKind Least, bool WithPiece, bool Blocks)
{
    /// <param name="by">On that day or before.</param>
    public bool IsMetBy(IEnumerable<Consultation> consultations, DateOnly by) =>
        consultations.Any(c => Instances.Contains(c.Instance) && c.Kind >= Least && c.On <= by && (!WithPiece || c.Piece is not null));
}

/// <summary>Which consultations a text needs, by who signs it. Both regimes ask for the same: a line that differs is a line here.</summary>
public static class Exigences
{
    private static readonly Exigence[] Eps =
    [
        new("R-091", [Instance.Directoire], ConsultationKind.Avis, WithPiece: false, Blocks: true),
        new("R-093", [Instance.Cte, Instance.ComiteSocial], ConsultationKind.Information, WithPiece: false, Blocks: true),
        new("R-093", [Instance.Cme], ConsultationKind.Avis, WithPiece: false, Blocks: true),
        new("R-092", [Instance.ConseilDeSurveillance], ConsultationKind.Avis, WithPiece: false, Blocks: false),
    ];

    private static readonly Exigence[] Gcs = [new("R-008", [Instance.AssembleeGenerale], ConsultationKind.Deliberation, WithPiece: false, Blocks: true)];

    private static readonly Exigence[] Prive = [new("R-095", [Instance.ConferenceMedicale], ConsultationKind.Avis, WithPiece: true, Blocks: true)];

    /// <param name="avenant">R-095 alone speaks of avenants too.</param>
    public static IReadOnlyList<Exigence> Of(Regime regime, PartieKind partie, bool avenant) => (regime.Code, partie, avenant) switch
    {
        (_, PartieKind.Eps, false) => Eps,
        (_, PartieKind.GcsEtablissement or PartieKind.GcsMoyens, false) => Gcs,
        (_, PartieKind.Espic or PartieKind.PriveLucratif, _) => Prive,
        _ => [],
    };

    /// <summary>What people read.</summary>
    public static string NameOf(Instance instance) => instance switch
    {
        Instance.Directoire => "le directoire",
        Instance.ConseilDeSurveillance => "le conseil de surveillance",
        Instance.Cte => "le comité technique d'établissement",
        Instance.Cme => "la commission médicale d'établissement",
        Instance.ConferenceMedicale => "la conférence médicale",
        Instance.AssembleeGenerale => "l'assemblée générale",
        Instance.OrganeStatutaire => "l'organe que prévoient les statuts",
        Instance.ComiteSocial => "le comité social d'établissement",
        _ => throw new ArgumentOutOfRangeException(nameof(instance), instance, null),
    };
}
