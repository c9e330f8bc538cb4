using System.Text.Json.Serialization;

namespace Cpom.Domain.Habilitations;

/// <summary>R-118: at which level a contrat is negotiated and validated. The département's, unless it was said to be the region's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Niveau>))]
public enum Niveau
{
    [JsonStringEnumMemberName("departemental")] Departemental = 1,
    [JsonStringEnumMemberName("regional")] Regional = 2,
}
