using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>
/// The cause column: compact JSON, nulls left out, accents as they are. The property names of <see cref="Cause"/>, <see cref="Acte"/> and
/// <see cref="Piece"/>, in camel case, are the storage format: they may be added to, never renamed.
/// </summary>
public static class CauseCodec
{
    private static readonly CauseJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Never written into a page as it is.
    });

    private static readonly byte[] Unknown = "{}"u8.ToArray();

    public static byte[] Encode(Cause cause) =>
        cause == Cause.Unknown ? Unknown : JsonSerializer.SerializeToUtf8Bytes(cause, Json.Cause);

    public static Cause Decode(ReadOnlySpan<byte> json) =>
        json.SequenceEqual("{}"u8) ? Cause.Unknown : JsonSerializer.Deserialize(json, Json.Cause) ?? Cause.Unknown;
}

[JsonSerializable(typeof(Cause))]
internal sealed partial class CauseJson : JsonSerializerContext;
