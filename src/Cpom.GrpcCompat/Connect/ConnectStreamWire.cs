using System.Buffers;
using System.Text.Json;
using Cpom.GrpcCompat.Framing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>Connect's streaming call: always HTTP 200, frames as in gRPC, and a last frame with the flag 0x02 that says in JSON how it ended.</summary>
internal sealed class ConnectStreamWire(HttpContext http, CpomGrpcOptions options, bool isJson, JsonMarshallers marshallers)
    : FramedWire(http, options)
{
    public const string Json = "application/connect+json";
    public const string Proto = "application/connect+proto";

    private const byte EndFlag = 0x02;

    public override bool IsJson => isJson;

    protected override string EncodingHeader => "connect-content-encoding";

    protected override string AcceptEncodingHeader => "connect-accept-encoding";

    protected override string ContentType => isJson ? Json : Proto;

    public override async ValueTask Finish(Status status, Metadata trailers)
    {
        if (!Http.Response.HasStarted)
        {
            await StartAsync().ConfigureAwait(false);
        }

        var end = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(end, ConnectError.Readable))
        {
            WriteEnd(json, status, trailers);
        }

        var writer = Writer ?? new FrameWriter(Output, null, false);
        writer.WriteRaw(EndFlag, end.WrittenSpan);
        await Output.FlushAsync(Http.RequestAborted).ConfigureAwait(false);
    }

    protected override TimeSpan? ReadTimeout() => ConnectHeaders.Read(Http.Request.Headers);

    private void WriteEnd(Utf8JsonWriter json, Status status, Metadata trailers)
    {
        json.WriteStartObject();
        if (status.StatusCode != StatusCode.OK)
        {
            json.WritePropertyName("error");
            ConnectError.Write(json, status, trailers, marshallers);
        }

        var metadata = trailers.Where(ConnectError.IsMetadata).ToLookup(entry => entry.Key, MetadataHeaders.ValueOf);
        if (metadata.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach (var values in metadata)
            {
                json.WriteStartArray(values.Key);
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
