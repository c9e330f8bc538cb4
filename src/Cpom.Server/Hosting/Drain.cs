using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>
/// The first thing that a stop does: health says NOT_SERVING, and calls are answered for as long as whoever sends them here needs to see that. Only then
/// are new calls refused and connections ended.
/// </summary>
internal sealed class Drain(Readiness readiness, StopRequest stop, ServerOptions options, TimeProvider time) : IHostedLifecycleService
{
    private bool _isDrained;

    /// <summary>Once: a host is told to stop again by who disposes it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_isDrained)
        {
            return;
        }

        _isDrained = true;
        stop.Ask();
        var delay = Task.Delay(options.DrainDelay, time, cancellationToken);
        readiness.Stop();
        await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
