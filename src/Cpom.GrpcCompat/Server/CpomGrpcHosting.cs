using Cpom.GrpcCompat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cpom.GrpcCompat;

/// <summary>
/// Serves ordinary gRPC-for-.NET service classes: gRPC, gRPC-Web and Connect on the same routes, <c>/package.Service/Method</c>.
/// </summary>
public static partial class CpomGrpcHosting
{
    /// <summary>Registers the host of calls, its health registry and its options.</summary>
    public static IServiceCollection AddCpomGrpc(this IServiceCollection services, Action<CpomGrpcOptions>? configure = null)
    {
        services.AddRouting();
        services.AddCors();
        services.AddOptions<CpomGrpcOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceCatalog>();
        services.TryAddSingleton<JsonMarshallers>();
        services.TryAddSingleton<GrpcHealth>();
        services.TryAddSingleton(provider => new CallHost(
            provider.GetRequiredService<IOptions<CpomGrpcOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Cpom.GrpcCompat"),
            provider.GetRequiredService<JsonMarshallers>()));
        AddGrpcWire(services);
        return services;
    }

    /// <summary>
    /// Maps every method of a service. <typeparamref name="TService"/> derives from a generated base and is resolved for each call: from the
    /// container if it is registered, else made there and then. Attributes of the class and of its methods (<c>[Authorize]</c>) hold for its endpoints.
    /// </summary>
    /// <returns>For conventions such as <c>RequireAuthorization()</c>.</returns>
    public static IEndpointConventionBuilder MapCpomGrpcService<TService>(this IEndpointRouteBuilder endpoints)
        where TService : class
    {
        var host = endpoints.ServiceProvider.GetService<CallHost>()
            ?? throw new InvalidOperationException($"Call {nameof(AddCpomGrpc)} first.");
        var methods = ServiceMethods<TService>.Bind(host);
        var name = methods is [var first, ..] ? first.Method.ServiceName : ServiceMethods<TService>.Descriptor().FullName;
        endpoints.ServiceProvider.GetRequiredService<ServiceCatalog>().Add(name, ServiceMethods<TService>.Descriptor);
        endpoints.ServiceProvider.GetRequiredService<GrpcHealth>().Register(name);
        var mapped = new MappedService();
        mapped.AddRange(MapMethods<TService>(endpoints, methods));
        if (host.Options.AllowedOrigins.Count > 0)
        {
            var cors = new WebCors(endpoints.ServiceProvider.GetRequiredService<ICorsService>(), host.Options.AllowedOrigins);
            mapped.Add(endpoint => endpoint.RequestDelegate = cors.Wrap(endpoint.RequestDelegate!));
        }

        return mapped;
    }

    /// <summary>Maps <c>grpc.health.v1.Health</c>; what it answers is set in <see cref="GrpcHealth"/>.</summary>
    public static IEndpointConventionBuilder MapCpomGrpcHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapCpomGrpcService<Health.HealthService>();

    /// <summary>Maps server reflection (v1 and v1alpha) of every mapped service, whether mapped before or after.</summary>
    public static IEndpointConventionBuilder MapCpomGrpcReflection(this IEndpointRouteBuilder endpoints)
    {
        var mapped = new MappedService();
        mapped.AddRange([
            endpoints.MapCpomGrpcService<Reflection.ReflectionService>(),
            endpoints.MapCpomGrpcService<Reflection.ReflectionAlphaService>()]);
        return mapped;
    }

    /// <summary>Passes conventions on to the endpoints of a service.</summary>
    private sealed class MappedService : IEndpointConventionBuilder
    {
        private readonly List<IEndpointConventionBuilder> _endpoints = [];

        public void AddRange(IEnumerable<IEndpointConventionBuilder> endpoints) => _endpoints.AddRange(endpoints);

        public void Add(Action<EndpointBuilder> convention) => _endpoints.ForEach(endpoint => endpoint.Add(convention));

        public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoints.ForEach(endpoint => endpoint.Finally(finallyConvention));
    }
}
