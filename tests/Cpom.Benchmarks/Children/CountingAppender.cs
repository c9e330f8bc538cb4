using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>Counts the races that decisions lose on their way, and the commands that lost one: an actor's commands come one at a time.</summary>
internal sealed class CountingAppender(IAppender appender) : IAppender
{
    private readonly HashSet<string> _losing = new(StringComparer.Ordinal);

    public int Conflicts { get; private set; }

    public int Losers { get; private set; }

    public async Task<AppendResult> Append(Append decision, CancellationToken cancellation)
    {
        var result = await appender.Append(decision, cancellation);
        lock (_losing)
        {
            if (result is not AppendResult.Conflict)
            {
                _losing.Remove(decision.Actor);
                return result;
            }

            Conflicts++;
            Losers += _losing.Add(decision.Actor) ? 1 : 0;
            return result;
        }
    }
}
