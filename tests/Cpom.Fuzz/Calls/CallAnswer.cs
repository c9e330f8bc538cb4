using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Cpom.Fuzz;

/// <summary>What came back.</summary>
/// <param name="Status">Of gRPC; null where the answer has none.</param>
/// <param name="Details">The google.rpc.Status that goes with a refusal, or null.</param>
internal sealed record CallAnswer(HttpStatusCode Http, int? Status, string Message, Google.Rpc.Status? Details, byte[] Body)
{
    public static CallAnswer Read(HttpResponseMessage response, byte[] body)
    {
        string? Find(string name) => response.TrailingHeaders.TryGetValues(name, out var trailer) ? trailer.First()
            : response.Headers.TryGetValues(name, out var header) ? header.First()
            : null;
        return new(
            response.StatusCode,
            int.TryParse(Find("grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null,
            Uri.UnescapeDataString(Find("grpc-message") ?? string.Empty),
            Find("grpc-status-details-bin") is { } details ? Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='))) : null,
            body);
    }

    /// <summary>The only message of a unary answer.</summary>
    public byte[] Single() => Body.AsSpan(5, BinaryPrimitives.ReadInt32BigEndian(Body.AsSpan(1))).ToArray();

    public override string ToString() => $"HTTP {(int)Http}, status {Status}: {WireCall.Short(Message)}\n{WireCall.Short(Details?.ToString() ?? "no details")}";
}
