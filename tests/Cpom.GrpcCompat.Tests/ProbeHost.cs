using Cpom.Test.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cpom.GrpcCompat.Tests;

/// <summary>A real Kestrel on two loopback ports (HTTP/2 in clear, HTTP/1.1) with the probe, health and reflection.</summary>
public sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbeHost(WebApplication app, Gates gates, LogLines log)
    {
        (_app, Gates, Log) = (app, gates, log);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        (Http2, Http1) = (new Uri(addresses[0]), new Uri(addresses[1]));
        Channel = CpomGrpcChannel.ForAddress(Http2);
        Client = new Probe.ProbeClient(Channel);
    }

    public Uri Http2 { get; }

    public Uri Http1 { get; }

    public Gates Gates { get; }

    public LogLines Log { get; }

    public CpomGrpcChannel Channel { get; }

    public Probe.ProbeClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeHost> Start(Action<CpomGrpcOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var (gates, log) = (new Gates(), new LogLines());
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(gates);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddCpomGrpc(configure);
        var app = builder.Build();
        app.MapCpomGrpcService<ProbeService>();
        app.MapCpomGrpcHealth();
        app.MapCpomGrpcReflection();
        await app.StartAsync();
        return new ProbeHost(app, gates, log);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Gates.Open();
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What the host logged, for tests that ask.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _errors = new();

    public IReadOnlyCollection<string> Errors => _errors;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
