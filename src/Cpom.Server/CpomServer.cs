using Cpom.GrpcCompat;
using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>What a server is made of besides its options.</summary>
/// <param name="Importer">Instead of the importer of the agency's files.</param>
/// <param name="Store">Instead of the one that the options name; becomes the server's own, to dispose.</param>
public sealed record ServerParts(Func<CpomNode, IFileImporter>? Importer = null, IEventStore? Store = null, TimeProvider? Time = null);

/// <summary>The composition root.</summary>
public static partial class CpomServer
{
    /// <summary>Name of the SQLite file in the data folder.</summary>
    public const string DatabaseName = "cpom.db";

    /// <summary>The followers, as probes and the technical log name them.</summary>
    internal const string PortfolioName = "portfolio";

    /// <inheritdoc cref="PortfolioName"/>
    internal const string RelayName = "relay";

    /// <summary>
    /// Opens the log and builds a server that has not started: <c>await app.StartAsync()</c> serves until <c>await app.StopAsync()</c>, which says NOT_SERVING,
    /// waits (<see cref="ServerOptions.DrainDelay"/>), refuses new calls, sends GOAWAY and lets running calls end. Its addresses are <see cref="AddressesOf"/>
    /// once started. Disposing it closes the log.
    /// </summary>
    /// <exception cref="StoreUnusableException">The database is newer than this program, or held by another process.</exception>
    /// <exception cref="HostUnusableException">A process of a cluster cannot be made of these options, or of this program.</exception>
    public static async Task<WebApplication> Build(ServerOptions options, ServerParts parts, CancellationToken cancellation = default)
    {
        ClusterRole.Check(options);
        var time = parts.Time ?? TimeProvider.System;
        Directory.CreateDirectory(options.DataFolder);
        var store = parts.Store ?? await OpenStore(options, time, cancellation);
        var builder = WebApplication.CreateEmptyBuilder(new());
        Listen(builder, options);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(options.LogLevel).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning);
        Watching.AddLogs(builder, options);
        ClusterRole.Add(builder, options, store.JoinPartitions().Count); // Before the node's own services: a silo joins before they start, and leaves after they have stopped.
        AddNode(builder.Services, options, parts, store, time);
        Watching.Add(builder.Services, options);
        builder.Services.AddCpomGrpc(grpc =>
        {
            grpc.Ended = CallMetrics.Ended;
            foreach (var origin in options.AllowedOrigins)
            {
                grpc.AllowedOrigins.Add(origin);
            }
        });
        var app = builder.Build();
        _ = app.Services.GetRequiredService<CpomNode>(); // Made by the container, so that the container disposes it.
        Watching.Use(app, options);
        app.UseRouting();
        MapProbes(app);
        Watching.Start(app);
        if (options.Host != HostRole.Silo)
        {
            MapServices(app);
        }

        if (options.ExposureWarning is { } warning)
        {
            LogExposure(app.Logger, warning);
        }

        return app;
    }

    /// <summary>Where a started server listens: HTTP/1.1 first, gRPC second.</summary>
    public static (Uri Http, Uri Grpc) AddressesOf(WebApplication app)
    {
        var urls = app.Urls.ToList();
        return (new(urls[0]), new(urls[1]));
    }

    private static async Task<IEventStore> OpenStore(ServerOptions options, TimeProvider time, CancellationToken cancellation) =>
        options.Postgres is { } connection
            ? await PostgresEventStore.Open(connection, time: time, cancellation: cancellation)
            : await SqliteEventStore.Open(Path.Combine(options.DataFolder, DatabaseName), time, cancellation);

    private static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.HttpPort, listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Listen(options.Address, options.GrpcPort, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDelay + options.ShutdownTimeout);
    }

    private static void AddNode(IServiceCollection services, ServerOptions options, ServerParts parts, IEventStore store, TimeProvider time)
    {
        services.AddSingleton(ClusterRole.TimeOf(options, time));
        services.AddSingleton(options);
        services.AddSingleton(provider => CpomNode.Over(
            store,
            time,
            refusal => LogRefusal(provider.GetRequiredService<ILogger<CpomNode>>(), refusal.Command.GetType().Name, refusal.Id, refusal.Refusal.Detail),
            ClusterRole.PartsOf(provider, options, time, store.JoinPartitions().Count),
            Unended(provider)));
        services.AddSingleton(provider => parts.Importer?.Invoke(provider.GetRequiredService<CpomNode>()) ?? new FileImporter(provider.GetRequiredService<CpomNode>()));
        services.AddSingleton(provider => ClusterRole.MembersOf(provider, options));
        services.AddSingleton<StopRequest>();
        services.AddSingleton<IHostLifetime, DeafLifetime>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Pulse>();
        services.AddSingleton<Gateway>();
        services.AddSingleton<Answers>();
        services.AddSingleton(provider => new Nodes(
            provider.GetRequiredService<CpomNode>(), options, provider.GetRequiredService<IServer>(), provider.GetRequiredService<StopRequest>(),
            ClusterRole.PeersOf(provider, options, time)));
        services.AddSingleton<Spool>();
        services.AddSingleton<ActSubmission>();
        if (options.Host != HostRole.Silo)
        {
            AddFollower(services, PortfolioName, node => node.RunPortfolio);
        }

        if (options.Host != HostRole.Gateway)
        {
            AddFollower(services, RelayName, node => node.RunRelay);
        }

        services.AddHostedService(provider => provider.GetRequiredService<Readiness>());
        services.AddHostedService(provider => provider.GetRequiredService<Pulse>());
        services.AddHostedService<Drain>();
    }

    /// <summary>Made before the container is disposed of, which it then cannot ask.</summary>
    private static Action<string> Unended(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<CpomNode>>();
        return what => LogUnended(logger, what, CpomNode.EndMax.TotalSeconds);
    }

    private static void AddFollower(IServiceCollection services, string name, Func<CpomNode, Func<CancellationToken, Task>> run) =>
        services.AddSingleton<IHostedService>(provider => new Follower(
            name,
            run(provider.GetRequiredService<CpomNode>()),
            provider.GetRequiredService<Readiness>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Follower>>()));

    private static void MapServices(WebApplication app)
    {
        app.MapCpomGrpcService<IntakeService>();
        app.MapCpomGrpcService<PortfolioService>();
        app.MapCpomGrpcService<ContratsService>();
        app.MapCpomGrpcService<AvenantsService>();
        app.MapCpomGrpcService<ApprobationsService>();
        app.MapCpomGrpcService<EcheancesService>();
        app.MapCpomGrpcService<HistoriesService>();
        app.MapCpomGrpcService<EngagementsService>();
        app.MapCpomGrpcService<EntitesService>();
        app.MapCpomGrpcService<SanctionsService>();
        app.MapCpomGrpcService<AutresContratsService>();
        app.MapCpomGrpcService<ContratsUniquesService>();
        app.MapCpomGrpcService<SitesService>();
        app.MapCpomGrpcService<GhtsService>();
        app.MapCpomGrpcService<SoclesService>();
        app.MapCpomGrpcService<CampagnesService>();
        app.MapCpomGrpcService<NegociationsService>();
        app.MapCpomGrpcService<NodesService>();
    }

    private static void MapProbes(WebApplication app)
    {
        app.MapCpomGrpcHealth();
        app.MapCpomGrpcReflection();
        app.MapGet("/healthz", (Pulse pulse) => Tell(pulse.Stuck));
        app.MapGet("/readyz", (Readiness readiness) => Tell(readiness.Missing));
    }

    private static IResult Tell(IReadOnlyList<string> wrong) =>
        wrong.Count == 0 ? Results.Text("ok") : Results.Text(string.Join('\n', wrong), statusCode: StatusCodes.Status503ServiceUnavailable);

    [LoggerMessage(3, LogLevel.Error, "The stop does not wait for {What}: it has not ended within {Seconds} s")]
    private static partial void LogUnended(ILogger logger, string what, double seconds);

    [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
    private static partial void LogExposure(ILogger logger, string warning);

    [LoggerMessage(2, LogLevel.Warning, "The relay's {Command} was refused by {Id}: {Detail}")]
    private static partial void LogRefusal(ILogger logger, string command, string id, string detail);
}
