using Cpom.GrpcCompat.Packages;
using Cpom.GrpcCompat.Server;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
        var mapped = endpoints.MapGrpcService<TService>();
        mapped.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcMethodMetadata>().LastOrDefault() is { } metadata)
            {
                endpoint.RequestDelegate = Divide(connect[metadata.Method.FullName], endpoint.RequestDelegate!);
            }
        });
        return [mapped];
    }

    private static RequestDelegate Divide(RequestDelegate connect, RequestDelegate grpc) =>
        http => WireSelection.IsConnect(http.Request.ContentType) ? connect(http) : grpc(http);

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
