using System.Net;
using System.Net.Http.Headers;
using Cpom.GrpcCompat.Framing;
using Grpc.Core;

namespace Cpom.GrpcCompat.Client;

/// <summary>What the transport's failures mean as a status ("HTTP to gRPC Status Code Mapping", and "Errors" of PROTOCOL-HTTP2.md).</summary>
internal static class ClientFailures
{
    /// <exception cref="RpcException">When the answer is not gRPC's.</exception>
    public static void CheckHttp(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(new Status(StatusOf(response.StatusCode), $"The server answered HTTP {(int)response.StatusCode}."));
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type != "application/grpc" && !type.StartsWith("application/grpc+", StringComparison.Ordinal))
        {
            throw new RpcException(new Status(StatusCode.Unknown, $"The server answered with content type '{type}'."));
        }
    }

    /// <summary>Whether the answer's messages may be compressed.</summary>
    public static bool CheckEncoding(HttpResponseHeaders headers)
    {
        var encoding = headers.NonValidated.TryGetValues(GrpcHeaders.Encoding, out var values) ? values.ToString() : "";
        return CompressionHeaders.IsGzip(encoding)
            ?? throw new RpcException(new Status(StatusCode.Internal, $"The server answered in the unknown encoding '{encoding}'."));
    }

    public static Status StatusOf(Exception failure, bool isDeadlinePassed) => failure switch
    {
        _ when isDeadlinePassed => new Status(StatusCode.DeadlineExceeded, "", failure),
        RpcException refused => refused.Status,
        OperationCanceledException => new Status(StatusCode.Cancelled, "Call canceled by the client.", failure),
        HttpRequestException { InnerException: HttpProtocolException reset } => StatusOf(reset),
        HttpProtocolException reset => StatusOf(reset),
        HttpRequestException or IOException => new Status(StatusCode.Unavailable, $"The server cannot be reached: {failure.Message}", failure),
        _ => new Status(StatusCode.Internal, failure.Message, failure),
    };

    private static Status StatusOf(HttpProtocolException reset) => reset.ErrorCode switch
    {
        7 => new Status(StatusCode.Unavailable, "The server refused the stream.", reset),
        8 => new Status(StatusCode.Cancelled, "The server cancelled the stream.", reset),
        11 => new Status(StatusCode.ResourceExhausted, "The server asks for calm.", reset),
        12 => new Status(StatusCode.PermissionDenied, "The server finds the transport not secure enough.", reset),
        _ => new Status(StatusCode.Unavailable, $"The server reset the stream ({reset.ErrorCode}).", reset),
    };

    private static StatusCode StatusOf(HttpStatusCode http) => http switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
