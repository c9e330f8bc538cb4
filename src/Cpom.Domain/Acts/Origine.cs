using System.Text.Json.Serialization;

namespace Cpom.Domain.Acts;

/// <summary>R-046: what the recognition of an activity follows from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrigineKind>))]
public enum OrigineKind
{
    [JsonStringEnumMemberName("reglementation")] Reglementation = 1,
    [JsonStringEnumMemberName("directive-ministerielle")] DirectiveMinisterielle = 2,
    [JsonStringEnumMemberName("prs")] Prs = 3,
}

/// <param name="Reference">The text: an article, a circular, a part of the PRS; null when it is not told.</param>
public sealed record Origine(OrigineKind Kind, string? Reference);

/// <summary>R-047: how an RC is granted, in both cases after the agency has examined it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProcedureKind>))]
public enum ProcedureKind
{
    [JsonStringEnumMemberName("appel-a-projets")] AppelAProjets = 1,
    [JsonStringEnumMemberName("demande")] Demande = 2,
}

/// <param name="Dossier">Number of the file that was examined; null when it is not told.</param>
public sealed record Procedure(ProcedureKind Kind, string? Dossier);
