using Cpom.GrpcCompat.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Cpom.GrpcCompat;

/// <summary>Without the packages one endpoint per method speaks everything.</summary>
public static partial class CpomGrpcHosting
{
    private static void AddGrpcWire(IServiceCollection services) => services.AddSingleton<UnknownMethods>();

    private static IEnumerable<IEndpointConventionBuilder> MapMethods<TService>(
        IEndpointRouteBuilder endpoints, IReadOnlyList<BoundMethod> methods)
        where TService : class
    {
        endpoints.ServiceProvider.GetRequiredService<UnknownMethods>().Map(endpoints);
        return methods.Select(method => MapMethod<TService>(endpoints, method)).ToArray();
    }

    private static IEndpointConventionBuilder MapMethod<TService>(IEndpointRouteBuilder endpoints, BoundMethod method)
    {
        var attributes = typeof(TService).GetCustomAttributes(inherit: true).Concat(method.Implementation.GetCustomAttributes(inherit: true));
        return endpoints.Map(method.Method.FullName, method.Handler)
            .WithDisplayName($"gRPC - {method.Method.FullName}")
            .WithMetadata([.. attributes, method.Method, new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)]);
    }

    /// <summary>Answers UNIMPLEMENTED for gRPC calls to what is not mapped. Other requests to such paths are none of its business.</summary>
    private sealed class UnknownMethods : IRouteConstraint
    {
        private int _isMapped;

        public void Map(IEndpointRouteBuilder endpoints)
        {
            if (Interlocked.Exchange(ref _isMapped, 1) == 0)
            {
                var pattern = RoutePatternFactory.Parse("/{service}/{method}", defaults: null, parameterPolicies: new { method = this });
                endpoints.Map(pattern, Answer).WithDisplayName("gRPC - unknown method").WithOrder(int.MaxValue);
            }
        }

        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext?.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) ?? false;

        private static Task Answer(HttpContext http)
        {
            var options = new CpomGrpcOptions();
            var isWeb = http.Request.ContentType!.StartsWith(GrpcWebWire.Binary, StringComparison.Ordinal);
            var isText = http.Request.ContentType!.StartsWith(GrpcWebWire.Text, StringComparison.Ordinal);
            Wire wire = isWeb ? new GrpcWebWire(http, options, isText) : new GrpcWire(http, options);
            var status = new Status(StatusCode.Unimplemented, $"Method {http.Request.Path} is not implemented.");
            return wire.Finish(status, Metadata.Empty).AsTask();
        }
    }
}
