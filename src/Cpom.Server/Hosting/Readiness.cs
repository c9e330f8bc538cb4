using Cpom.GrpcCompat;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Cpom.Server;

/// <summary>
/// Whether callers should be sent here: the replica has once caught up with the log as it was at the start and is never far behind it, no follower is failing,
/// and the server is not stopping. Told over HTTP (<c>/readyz</c>) and over gRPC health alike.
/// </summary>
public sealed class Readiness(CpomNode node, ServerOptions options, GrpcHealth health) : BackgroundService
{
    private const string CatchingUp = "catching up with the log";
    private const string Stopping = "stopping";
    private const string Lagging = "far behind the log";

    private readonly Lock _lock = new();
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal) { CatchingUp };

    /// <summary>What it lacks; empty when ready.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            lock (_lock)
            {
                return [.. _missing];
            }
        }
    }

    /// <param name="reason">Told as well, where it is one that the operator must act on.</param>
    internal void Fail(string follower, string? reason = null) => Change(missing => missing.Add(reason is null ? Failing(follower) : $"{Failing(follower)}: {reason}"));

    internal void Resume(string follower) => Change(missing => missing.Remove(Failing(follower)));

    internal bool IsFailing(string follower)
    {
        lock (_lock)
        {
            return _missing.Any(missing => missing.StartsWith(Failing(follower), StringComparison.Ordinal));
        }
    }

    /// <param name="isFar">The replica is more than <see cref="ServerOptions.LagMax"/> positions behind.</param>
    internal void Lag(bool isFar) => Change(missing => isFar ? missing.Add(Lagging) : missing.Remove(Lagging));

    internal void Stop() => Change(missing => missing.Add(Stopping));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (HasReplica)
            {
                await node.Portfolio.WaitFor(await node.Store.LastPosition(stoppingToken), stoppingToken);
            }

            Change(missing => missing.Remove(CatchingUp));
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops: what is missing has been said.
        }
    }

    /// <summary>A silo answers no reads. It is ready when it has joined: whatever starts after it did not start before.</summary>
    private bool HasReplica => options.Host != HostRole.Silo;

    private static string Failing(string follower) => $"follower {follower} is failing";

    private void Change(Func<SortedSet<string>, bool> change)
    {
        lock (_lock)
        {
            change(_missing);
            health.SetAll(_missing.Count == 0 ? ServingStatus.Serving : ServingStatus.NotServing);
        }
    }
}
