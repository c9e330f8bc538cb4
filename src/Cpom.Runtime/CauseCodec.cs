using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>
/// The cause column: compact JSON, nulls left out, accents as they are. The property names of <see cref="Cause"/>, <see cref="Acte"/> and
/// <see cref="Piece"/>, in camel case, are the storage format, and <c>trace</c> after them: they may be added to, never renamed.
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

    /// <summary>What of a provenance has no column of its own.</summary>
    public static byte[] Encode(Provenance provenance)
    {
        var (cause, trace) = (provenance.Cause, provenance.Trace);
        if (trace is not null)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new CauseColumn(cause.Acte, cause.Piece, cause.Request, trace), Json.CauseColumn);
        }

        return cause == Cause.Unknown ? Unknown : JsonSerializer.SerializeToUtf8Bytes(cause, Json.Cause);
    }

    /// <summary>A provenance from its columns.</summary>
    public static Provenance Decode(DateTimeOffset recordedAt, string author, ReadOnlySpan<byte> json) =>
        json.SequenceEqual("{}"u8) || JsonSerializer.Deserialize(json, Json.CauseColumn) is not { } column
            ? new(recordedAt, author, Cause.Unknown)
            : new(recordedAt, author, new(column.Acte, column.Piece, column.Request)) { Trace = column.Trace };
}

/// <summary>In the order in which they are written.</summary>
internal sealed record CauseColumn(Acte? Acte, Piece? Piece, string? Request, string? Trace);

[JsonSerializable(typeof(Cause))]
[JsonSerializable(typeof(CauseColumn))]
internal sealed partial class CauseJson : JsonSerializerContext;
