using System.Globalization;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>Follows the portfolio across the deaths of the server, from the position of the last message it has seen.</summary>
internal sealed class Watcher(IServed served)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>Streams that were taken up again.</summary>
    public int Resumed { get; private set; }

    public async Task Run(CancellationToken cancellation)
    {
        while (true)
        {
            var connection = await served.Up(cancellation);
            try
            {
                using var watch = connection.Portfolio.Watch(new() { AfterLogPosition = _position }, cancellationToken: cancellation);
                while (await watch.ResponseStream.MoveNext(cancellation))
                {
                    Take(watch.ResponseStream.Current);
                }
            }
            catch (Exception broken) when (!cancellation.IsCancellationRequested
                && (broken is ObjectDisposedException || (broken is RpcException rpc && Connection.IsBroken(rpc))))
            {
                Resumed++;
                await served.BeforeAgain(connection, cancellation);
            }
        }
    }

    /// <summary>Completes when each contrat has been seen at the version that it now has, or later.</summary>
    /// <returns>Those that were not seen within the bound.</returns>
    public async Task<IReadOnlyList<string>> WaitFor(IReadOnlyDictionary<string, long> versions, CancellationToken cancellation)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        while (true)
        {
            Task told;
            List<string> missing;
            lock (_lock)
            {
                told = _told.Task;
                missing = [.. versions.Where(v => _versions.GetValueOrDefault(v.Key) < v.Value)
                    .Select(v => $"{v.Key} was last seen by a watcher at version {_versions.GetValueOrDefault(v.Key)}, and is at {v.Value}.")];
            }

            if (missing.Count == 0)
            {
                return missing;
            }

            try
            {
                await told.WaitAsync(within.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return missing;
            }
        }
    }

    private void Take(V1.WatchResponse message)
    {
        lock (_lock)
        {
            foreach (var row in message.Rows)
            {
                _versions[row.Numero] = long.Parse(row.Etag, CultureInfo.InvariantCulture);
            }

            if (message.LogPosition > 0 && message.LogPosition < _position)
            {
                throw new ViolationException($"A watch went back from {_position} to {message.LogPosition}.");
            }

            _position = Math.Max(_position, message.LogPosition);
            _told.SetResult();
            _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
