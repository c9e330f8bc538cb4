using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>
/// Looks every few seconds whether what has work gets on with it. What does not for a long time is stuck, and only another process helps (<c>/healthz</c>); a
/// replica that is far behind the log answers with what is no longer so, and others should be asked (<c>/readyz</c>). A database that does not answer makes
/// nothing stuck: what it keeps from working fails, is tried again, and would fail in another process as well.
/// </summary>
internal sealed class Pulse(CpomNode node, Vitals vitals, Readiness readiness, ServerOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>Far longer than any step takes, the largest of a country on a busy machine included, and than a statement waits for the database.</summary>
    internal static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Done, long Since)> _seen = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<string> _stuck = [];

    /// <summary>What has had work for long, and has got nowhere.</summary>
    public IReadOnlyList<string> Stuck => _stuck;

    internal void Look()
    {
        lock (_lock)
        {
            _stuck = [.. Works().Where(IsStuck).Select(work => $"{work.Name} is stuck")];
            if (options.Host != HostRole.Silo)
            {
                readiness.Lag(vitals.Signs.Last - node.Portfolio.Current.Position > options.LagMax);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Look();
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Work> Works()
    {
        if (options.Host != HostRole.Gateway)
        {
            yield return new("append", node.IsAppending, node.Appended);
            yield return Following(CpomServer.RelayName, node.RelayRead);
        }

        if (options.Host != HostRole.Silo)
        {
            yield return Following(CpomServer.PortfolioName, node.Portfolio.Current.Position);
        }
    }

    private Work Following(string follower, long position) => new(follower, position < vitals.Signs.Last && !readiness.IsFailing(follower), position);

    private bool IsStuck(Work work)
    {
        var now = time.GetTimestamp();
        if (!work.IsThere || !_seen.TryGetValue(work.Name, out var seen) || seen.Done != work.Done)
        {
            _seen[work.Name] = (work.Done, now);
            return false;
        }

        return time.GetElapsedTime(seen.Since, now) >= StuckAfter;
    }

    /// <param name="IsThere">There is something to do.</param>
    /// <param name="Done">Another number whenever something has been done.</param>
    private readonly record struct Work(string Name, bool IsThere, long Done);
}
