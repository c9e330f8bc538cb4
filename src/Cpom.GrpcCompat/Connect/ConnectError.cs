using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;

namespace Cpom.GrpcCompat.Server;

/// <summary>A status as Connect writes it ("connectrpc.com/docs/protocol", Error codes): a name, and its HTTP status for unary calls.</summary>
internal static class ConnectError
{
    private static readonly (string Name, int Http)[] Codes =
    [
        ("ok", 200),
        ("canceled", 499),
        ("unknown", 500),
        ("invalid_argument", 400),
        ("deadline_exceeded", 504),
        ("not_found", 404),
        ("already_exists", 409),
        ("permission_denied", 403),
        ("resource_exhausted", 429),
        ("failed_precondition", 400),
        ("aborted", 409),
        ("out_of_range", 400),
        ("unimplemented", 501),
        ("internal", 500),
        ("unavailable", 503),
        ("data_loss", 500),
        ("unauthenticated", 401),
    ];

    /// <summary>French stays readable: the answer is never embedded in HTML.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int HttpStatus(StatusCode code) => Codes[(int)code].Http;

    /// <summary>Writes <c>{"code":…,"message":…,"details":[…]}</c>; the details are those of <c>grpc-status-details-bin</c>.</summary>
    public static void Write(Utf8JsonWriter json, Status status, Metadata trailers, JsonMarshallers marshallers)
    {
        json.WriteStartObject();
        json.WriteString("code", Codes[(int)status.StatusCode].Name);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            json.WriteString("message", status.Detail);
        }

        if (Details(trailers) is { Count: > 0 } details)
        {
            json.WriteStartArray("details");
            foreach (var detail in details)
            {
                WriteDetail(json, detail, marshallers);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Whether an entry travels as metadata: the details are already in the error.</summary>
    public static bool IsMetadata(Metadata.Entry entry) => entry.Key != GrpcHeaders.Details;

    private static void WriteDetail(Utf8JsonWriter json, Google.Protobuf.WellKnownTypes.Any detail, JsonMarshallers marshallers)
    {
        json.WriteStartObject();
        json.WriteString("type", Google.Protobuf.WellKnownTypes.Any.GetTypeName(detail.TypeUrl));
        json.WriteString("value", MetadataHeaders.Encode(detail.Value.Span));
        if (marshallers.TryFormat(detail) is { } readable)
        {
            json.WritePropertyName("debug");
            json.WriteRawValue(readable);
        }

        json.WriteEndObject();
    }

    private static IReadOnlyList<Google.Protobuf.WellKnownTypes.Any> Details(Metadata trailers)
    {
        if (trailers.GetValueBytes(GrpcHeaders.Details) is not { } bytes)
        {
            return [];
        }

        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes).Details;
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }
    }
}
