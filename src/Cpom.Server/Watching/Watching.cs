using System.Diagnostics;
using System.Reflection;
using Cpom.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cpom.Server;

/// <summary>
/// Who watches a server from outside: a collector of OpenTelemetry, where the variables name one, and Prometheus at <see cref="MetricsPath"/>. Without a
/// collector nothing is traced and the technical log stays on the console.
/// </summary>
internal static class Watching
{
    public const string MetricsPath = "/metrics";

    /// <summary>Spans of who is asked and who asks. Npgsql's are told only within one of the others (PostgresEventStore).</summary>
    private static readonly string[] Sources = [Telemetry.Name, "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Npgsql"];

    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "Npgsql", "System.Runtime"];

    /// <summary>The technical log goes to the collector too; to the console in any case.</summary>
    public static void AddLogs(WebApplicationBuilder builder, ServerOptions options)
    {
        if (!options.Otlp.Logs)
        {
            return;
        }

        // The builder has no configuration of its own, and the exporter of the log looks nowhere else.
        builder.Configuration.AddInMemoryCollection(StandardVariables());
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.SetResourceBuilder(Resource(ResourceBuilder.CreateEmpty(), options));
            logging.AddProcessor(new LogCaller());
            logging.AddOtlpExporter();
        });
    }

    /// <summary>Made by the container, so that what is still to be told is told when the container is disposed.</summary>
    public static void Add(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<NodeMeter>();
        services.AddSingleton<Vitals>();
        services.AddHostedService(provider => provider.GetRequiredService<Vitals>());
        services.AddSingleton(_ => BuildMeters(options));
        if (options.Otlp.Traces)
        {
            services.AddSingleton(_ => BuildTracers(options));
        }
    }

    /// <summary>Before the routes: whatever a call then says in the technical log, it says on whose behalf.</summary>
    public static void Use(WebApplication app, ServerOptions options)
    {
        if (options.Otlp.Any)
        {
            app.Use((http, next) =>
            {
                if (http.Request.Headers[Gateway.AuthorHeader] is [{ Length: > 0 and <= Gateway.AuthorLengthMax } author])
                {
                    Activity.Current?.SetTag(Telemetry.AuthorTag, author);
                }

                return next(http);
            });
        }
    }

    public static void Start(WebApplication app)
    {
        _ = app.Services.GetRequiredService<NodeMeter>();
        _ = app.Services.GetService<TracerProvider>();
        var meters = app.Services.GetRequiredService<MeterProvider>();
#if PROMETHEUS
        app.MapPrometheusScrapingEndpoint(MetricsPath, meters, configureBranchedPipeline: null, optionsName: null);
#endif
    }

    private static MeterProvider BuildMeters(ServerOptions options)
    {
        var meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder().ConfigureResource(resource => Resource(resource, options)).AddMeter(Meters);
        if (options.Otlp.Metrics)
        {
            meters.AddOtlpExporter();
        }

#if PROMETHEUS
        meters.AddPrometheusExporter();
#endif
        return meters.Build();
    }

    private static TracerProvider BuildTracers(ServerOptions options) => OpenTelemetry.Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => Resource(resource, options))
        .AddSource(Sources)
        .AddProcessor(new ProbesLeftOut())
        .AddOtlpExporter()
        .Build();

    /// <summary>What the standard variables say of the service wins over this.</summary>
    private static ResourceBuilder Resource(ResourceBuilder resource, ServerOptions options)
    {
        var version = typeof(Watching).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return resource
            .Clear()
            .AddTelemetrySdk()
            .AddService("cpom", serviceVersion: version, autoGenerateServiceInstanceId: false, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}")
            .AddAttributes([new("cpom.host", options.Host.ToString().ToLowerInvariant())])
            .AddEnvironmentVariableDetector();
    }

    private static IEnumerable<KeyValuePair<string, string?>> StandardVariables() =>
        from System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables()
        where ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal)
        select new KeyValuePair<string, string?>((string)variable.Key, (string?)variable.Value);

    /// <summary>Who looks whether the server lives asks every second, and is no work of the platform.</summary>
    private sealed class ProbesLeftOut : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.GetTagItem("url.path") is "/healthz" or "/readyz" or MetricsPath or "/grpc.health.v1.Health/Check" or "/grpc.health.v1.Health/Watch")
            {
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }

    /// <summary>A line of the log that is written while a call is answered says on whose behalf.</summary>
    private sealed class LogCaller : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            var caller = new List<KeyValuePair<string, object?>>();
            foreach (var tag in new[] { Telemetry.AuthorTag, Telemetry.RequestTag })
            {
                if (ValueOf(tag) is { } value)
                {
                    caller.Add(new(tag, value));
                }
            }

            if (caller.Count > 0)
            {
                data.Attributes = [.. data.Attributes ?? [], .. caller];
            }
        }

        private static object? ValueOf(string tag)
        {
            for (var step = Activity.Current; step is not null; step = step.Parent)
            {
                if (step.GetTagItem(tag) is { } value)
                {
                    return value;
                }
            }

            return null;
        }
    }
}
