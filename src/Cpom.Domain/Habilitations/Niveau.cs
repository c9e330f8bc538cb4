using System.Text.Json.Serialization;

namespace Cpom.Domain.Habilitations;

/// <summary>R-118: at which level a contrat is negotiated and validated. The département's, unless it was said to be the region's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Niveau>))]
public enum Niveau
{
    [JsonStringEnumMemberName("departemental")] Departemental = 1,
    [JsonStringEnumMemberName("regional")] Regional = 2,
}

public static class Niveaux
{
    /// <summary>What departs from the level that was has a reason, there and back .</summary>
    public static Refusal? CheckMotif(Niveau niveau, string? motif) =>
        !string.IsNullOrWhiteSpace(motif) ? Textes.Check("", ("Motif du niveau", motif, Limits.TexteLengthMax))
        : niveau == Niveau.Regional ? Refuse.NiveauUnreasoned()
        : Refuse.ReasonMissing();
}
