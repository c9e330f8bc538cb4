using System.Globalization;
using Cpom.GrpcCompat.Packages;
using Cpom.GrpcCompat.Server;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cpom.GrpcCompat;

/// <summary>
/// With the packages, Grpc.AspNetCore answers gRPC and gRPC-Web; its endpoints leave the content types of Connect to this project.
/// </summary>
public static partial class CpomGrpcHosting
{
    private static void AddGrpcWire(IServiceCollection services)
    {
        services.AddGrpc(grpc => grpc.Interceptors.Add<StoppingInterceptor>());
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<CpomGrpcOptions>>((grpc, options) =>
        {
            grpc.MaxReceiveMessageSize = options.Value.MaxReceiveMessageSize;
            grpc.MaxSendMessageSize = options.Value.MaxSendMessageSize;
            grpc.ResponseCompressionAlgorithm = options.Value.CompressResponses ? "gzip" : null;
        });
        services.AddSingleton<IStartupFilter, GrpcWebFilter>();
    }

    private static IEnumerable<IEndpointConventionBuilder> MapMethods<TService>(
        IEndpointRouteBuilder endpoints, IReadOnlyList<BoundMethod> methods)
        where TService : class
    {
        var connect = methods.ToDictionary(method => method.Method.FullName, method => method.Handler);
        var host = endpoints.ServiceProvider.GetRequiredService<CallHost>();
        var mapped = endpoints.MapGrpcService<TService>();
        mapped.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcMethodMetadata>().LastOrDefault() is { } metadata)
            {
                endpoint.RequestDelegate = Divide(connect[metadata.Method.FullName], Watched(metadata.Method.FullName, host, endpoint.RequestDelegate!));
            }
        });
        return [mapped];
    }

    private static RequestDelegate Divide(RequestDelegate connect, RequestDelegate grpc) =>
        http => WireSelection.IsConnect(http.Request.ContentType) ? connect(http) : grpc(http);

    /// <summary>The packages tell the status where callers find it: in the trailers, or in the headers of an answer that has nothing else.</summary>
    private static RequestDelegate Watched(string method, CallHost host, RequestDelegate grpc) => async http =>
    {
        var started = host.Time.GetTimestamp();
        await grpc(http).ConfigureAwait(false);
        var told = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers && trailers.TryGetValue("grpc-status", out var trailer)
            ? trailer.ToString()
            : http.Response.Headers["grpc-status"].ToString();
        var code = int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (StatusCode)number : StatusCode.Cancelled;
        host.Options.Ended?.Invoke(new(method, code, host.Time.GetElapsedTime(started)));
    };

    /// <summary>gRPC-Web's translation stands before everything else, so that no application has to remember it.</summary>
    private sealed class GrpcWebFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            next(app);
        };
    }
}
