using Cpom.GrpcCompat.Packages;
using Cpom.GrpcCompat.Server;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cpom.GrpcCompat;

/// <summary>
/// With the packages, Grpc.AspNetCore answers gRPC and gRPC-Web; on the same routes a second endpoint takes the content types of Connect.
/// </summary>
public static partial class CpomGrpcHosting
{
    /// <summary>Before the packages' endpoints, which take any content type.</summary>
    private const int ConnectOrder = -1;

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
        var accepted = new Dictionary<bool, AcceptsMetadata>
        {
            [true] = new([ConnectUnaryWire.Json, ConnectUnaryWire.Proto]),
            [false] = new([ConnectStreamWire.Json, ConnectStreamWire.Proto]),
        };
        return
        [
            endpoints.MapGrpcService<TService>(),
            .. methods.Select(method => MapMethod<TService>(endpoints, method)
                .WithMetadata(accepted[method.Method.Type == MethodType.Unary])
                .WithOrder(ConnectOrder)),
        ];
    }

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
