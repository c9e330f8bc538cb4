using Cpom.GrpcCompat.Framing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>gRPC over HTTP/2 ("PROTOCOL-HTTP2.md"): frames in the body, the status in trailers.</summary>
internal class GrpcWire(HttpContext http, CpomGrpcOptions options) : FramedWire(http, options)
{
    public override bool IsJson => false;

    protected override string EncodingHeader => GrpcHeaders.Encoding;

    protected override string AcceptEncodingHeader => GrpcHeaders.AcceptEncoding;

    protected override string ContentType => "application/grpc";

    public override ValueTask Finish(Status status, Metadata trailers)
    {
        if (Http.Response.HasStarted)
        {
            WriteStatus(status, trailers, (name, value) => Http.Response.AppendTrailer(name, value));
            return ValueTask.CompletedTask;
        }

        // Trailers-only: with nothing sent the status goes in the headers. Proxies drop the trailers of an empty body.
        Http.Response.ContentType = ContentType;
        WriteStatus(status, trailers, (name, value) => Http.Response.Headers.Append(name, value));
        return ValueTask.CompletedTask;
    }

    protected static void WriteStatus(Status status, Metadata trailers, Action<string, string> write)
    {
        write(GrpcHeaders.Status, GrpcHeaders.Code(status.StatusCode));
        if (!string.IsNullOrEmpty(status.Detail))
        {
            write(GrpcHeaders.Message, PercentEncoding.Encode(status.Detail));
        }

        foreach (var entry in trailers)
        {
            write(entry.Key, MetadataHeaders.ValueOf(entry));
        }
    }

    protected override TimeSpan? ReadTimeout() => GrpcTimeout.Read(Http.Request.Headers[GrpcHeaders.Timeout]);
}
