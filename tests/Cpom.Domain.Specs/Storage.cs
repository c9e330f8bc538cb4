using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Specs;

/// <summary>Events as the log keeps them: the names of their union's <see cref="JsonDerivedTypeAttribute"/>, camelCase, no nulls.</summary>
internal static class Storage
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static TEvent RoundTrip<TEvent>(TEvent recorded) =>
        JsonSerializer.Deserialize<TEvent>(JsonSerializer.Serialize(recorded, Options), Options)!;

    public static string Write<TEvent>(TEvent recorded) => JsonSerializer.Serialize(recorded, Options);
}
