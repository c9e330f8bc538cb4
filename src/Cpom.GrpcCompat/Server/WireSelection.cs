using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>Chooses the wire by the request's content type.</summary>
internal static class WireSelection
{
    /// <summary>Null when nothing here speaks that type for that kind of method; the HTTP status then says why.</summary>
    public static Wire? Select(HttpContext http, MethodType method, CallHost host)
    {
        var type = MediaType(http.Request.ContentType);
        var wire = (type, method) switch
        {
            (ConnectUnaryWire.Json or ConnectUnaryWire.Proto, MethodType.Unary) =>
                new ConnectUnaryWire(http, host.Options, type == ConnectUnaryWire.Json, host.Json),
            (ConnectStreamWire.Json or ConnectStreamWire.Proto, not MethodType.Unary) =>
                new ConnectStreamWire(http, host.Options, type == ConnectStreamWire.Json, host.Json),
            _ => SelectGrpc(type, http, host.Options),
        };

        if (wire is null && http.Response.StatusCode == StatusCodes.Status200OK)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        }

        return wire;
    }

    public static bool IsConnect(string? contentType) =>
        MediaType(contentType) is ConnectUnaryWire.Json or ConnectUnaryWire.Proto or ConnectStreamWire.Json or ConnectStreamWire.Proto;

    private static string MediaType(string? contentType)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? contentType : contentType![..end].TrimEnd()) ?? "";
    }

#if GRPC_PACKAGES
    /// <summary>The packages answer these themselves.</summary>
    private static Wire? SelectGrpc(string type, HttpContext http, CpomGrpcOptions options) => null;
#else
    private static Wire? SelectGrpc(string type, HttpContext http, CpomGrpcOptions options)
    {
        switch (type)
        {
            case "application/grpc" or "application/grpc+proto" when HttpProtocol.IsHttp2(http.Request.Protocol):
                return new GrpcWire(http, options);
            case "application/grpc" or "application/grpc+proto":
                http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
                http.Response.Headers.Upgrade = "h2c";
                return null;
            case GrpcWebWire.Binary or GrpcWebWire.Binary + "+proto":
                return new GrpcWebWire(http, options, isText: false);
            case GrpcWebWire.Text or GrpcWebWire.Text + "+proto":
                return new GrpcWebWire(http, options, isText: true);
            default:
                return null;
        }
    }
#endif
}
