using System.Net;
using System.Net.Http.Headers;
using Cpom.GrpcCompat.Framing;
using Cpom.GrpcCompat.Server;
using Grpc.Core;

namespace Cpom.GrpcCompat.Client;

/// <summary>A call's options as HTTP headers, and an answer's HTTP headers as metadata and status.</summary>
internal static class ClientRequest
{
    public static HttpRequestMessage Create(Uri uri, CallOptions options, TimeSpan? timeLeft)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation("user-agent", "cpom-grpc");
        request.Headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, Gzip.Accepted);
        if (timeLeft is { } timeout)
        {
            request.Headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Write(timeout));
        }

        foreach (var entry in options.Headers ?? Metadata.Empty)
        {
            request.Headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.ValueOf(entry));
        }

        return request;
    }

    public static Metadata ReadHeaders(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name is GrpcHeaders.Status or GrpcHeaders.Message or GrpcHeaders.Encoding or GrpcHeaders.AcceptEncoding)
            {
                continue;
            }

            foreach (var value in values)
            {
                MetadataHeaders.Add(metadata, name, value);
            }
        }

        return metadata;
    }

    public static Status ReadStatus(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues(GrpcHeaders.Status, out var code)
            ? new Status(
                GrpcHeaders.ParseCode(code.ToString()),
                headers.NonValidated.TryGetValues(GrpcHeaders.Message, out var message) ? PercentEncoding.Decode(message.ToString()) : "")
            : new Status(StatusCode.Cancelled, "The server ended the call without a status.");
}
