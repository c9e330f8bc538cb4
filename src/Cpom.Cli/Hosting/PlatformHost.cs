using System.Net.Sockets;
using Cpom.Server;
using Cpom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cpom.Cli.Hosting;

/// <summary>The platform in this process, started.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlatformHost(WebApplication app)
    {
        _app = app;
        (Http, Grpc) = CpomServer.AddressesOf(app);
    }

    public Uri Http { get; }

    public Uri Grpc { get; }

    private CpomNode Node => _app.Services.GetRequiredService<CpomNode>();

    /// <exception cref="CliException">A port is taken, or the log cannot be opened.</exception>
    public static async Task<PlatformHost> Start(ServerOptions options, CliEnvironment environment, CancellationToken cancellation)
    {
        CheckPorts(options);
        var parts = new ServerParts(Time: environment.Time);
        WebApplication app;
        try
        {
            app = await CpomServer.Build(options, parts, cancellation);
        }
        catch (StoreUnusableException unusable)
        {
            throw new CliException($"Le journal ne peut pas être ouvert : {unusable.Message}");
        }
        catch (HostUnusableException unusable)
        {
            throw new CliException(unusable.Message, isUsage: true);
        }

        try
        {
            await app.StartAsync(cancellation);
            return new PlatformHost(app);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw Taken(options, $"{options.HttpPort} ou {options.GrpcPort}");
        }
    }

    /// <summary>Completes when all that is recorded so far has had its effects, and reads show them.</summary>
    public async Task Settle(CancellationToken cancellation)
    {
        // Effects are facts themselves, and may have effects: settled is when a round adds nothing.
        for (long before = -1, last = await Node.Store.LastPosition(cancellation); before < last;)
        {
            await Node.Settle(last, cancellation);
            (before, last) = (last, await Node.Store.LastPosition(cancellation));
        }

        await Node.Portfolio.WaitFor(await Node.Store.LastPosition(cancellation), cancellation);
    }

    /// <summary>The newest position of the log.</summary>
    public Task<long> Position(CancellationToken cancellation) => Node.Store.LastPosition(cancellation);

    /// <summary>Until the process is asked to stop, by its user or by a call that drains it; running calls then have time to end.</summary>
    public async Task WaitForShutdown(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = cancellation.Register(() => stopped.TrySetResult());
        await using var failed = _app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await Task.WhenAny(stopped.Task, _app.Services.GetRequiredService<StopRequest>().Asked);
        await _app.StopAsync(CancellationToken.None);
    }

    // Asked before the host starts, which would log the same as a page of technique.
    private static void CheckPorts(ServerOptions options)
    {
        foreach (var port in new[] { options.HttpPort, options.GrpcPort }.Where(port => port != 0))
        {
            try
            {
                using var probe = new TcpListener(options.Address, port);
                probe.Start();
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw Taken(options, $"{port}");
            }
        }
    }

    private static CliException Taken(ServerOptions options, string ports) =>
        new($"Le port {ports} est déjà pris sur {options.Address} : arrêter l'autre serveur, ou choisir --http et --grpc (0 : un port libre).");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
