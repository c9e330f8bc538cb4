using Cpom.Runtime;
using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>Keeps one follower of the log running: what it throws is logged, and it starts again after a pause that grows while it keeps failing.</summary>
internal sealed partial class Follower(string name, Func<CancellationToken, Task> run, Readiness readiness, TimeProvider time, ILogger<Follower> logger)
    : BackgroundService
{
    internal static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(250);
    internal static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    /// <summary>A run as long as this was a healthy one: the next failure is a first failure again.</summary>
    internal static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    /// <summary>Within the host's patience; what is then still under way is left, and told.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is { IsCompleted: false })
        {
            LogUnended(name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = PauseMin;
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                readiness.Resume(name);
                await run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (UnknownEventException newer)
            {
                // Time does not teach it the event: it neither decides on half of the facts nor says now and then that it could.
                readiness.Fail(name, newer.Message);
                LogNewer(name, newer.Message);
                return;
            }
#pragma warning disable CA1031 // Whatever it is, the log is still there to be followed: say so, and try again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                pause = time.GetElapsedTime(started) >= Healthy ? PauseMin : pause;
                readiness.Fail(name);
                LogFailure(name, pause.TotalSeconds, failure);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The follower {Name} failed; it starts again in {Seconds} s")]
    private partial void LogFailure(string name, double seconds, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "The stop does not wait for the follower {Name}: it has not ended")]
    private partial void LogUnended(string name);

    [LoggerMessage(2, LogLevel.Critical, "The follower {Name} has stopped, and this node with it: {Reason}")]
    private partial void LogNewer(string name, string reason);
}
