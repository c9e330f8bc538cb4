using System.Diagnostics;
using System.Globalization;
using Cpom.TestKit;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>A server that clients find again after it has died.</summary>
internal interface IServed
{
    /// <summary>The server, once it is up.</summary>
    Task<Connection> Up(CancellationToken cancellation);

    /// <summary>Completes when that life of the server has ended.</summary>
    Task Gone(Connection connection);
}

internal static class Served
{
    /// <summary>Before a call that has failed is made again: until there is another server, or for as long as a busy one asks to be left alone.</summary>
    public static async Task BeforeAgain(this IServed served, Connection connection, CancellationToken cancellation)
    {
        await served.Gone(connection).WaitAsync(SoakLimits.BusyPause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }
}

/// <summary>The server under test, whichever process it is at the moment.</summary>
internal sealed class Platform(SoakStore store, Journal journal) : IServed, IDisposable
{
    private ServerProcess? _server;
    private Connection? _connection;
    private volatile TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<Connection> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From the order to start until the first answer that reflects everything acknowledged.</summary>
    public List<TimeSpan> Recoveries { get; } = [];

    /// <summary>Largest resident memory of any life, in bytes.</summary>
    public long ResidentPeak { get; private set; }

    /// <summary>What the server of this life, or of the last one, has printed.</summary>
    public string Printed { get; private set; } = "";

    public ServerProcess Server => _server ?? throw new InvalidOperationException("No server runs.");

    public Task<Connection> Up(CancellationToken cancellation) => _up.Task.WaitAsync(cancellation);

    public Task Gone(Connection connection) => ReferenceEquals(connection, _connection) ? _gone.Task : Task.CompletedTask;

    /// <summary>Returns when the server answers, and its answer reflects everything acknowledged.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        _server = await ServerProcess.Start(store.DataFolder, variables: store.Variables, cancellation: cancellation);
        _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection = new(_server.Grpc);
        await WaitUntilCaughtUp(cancellation);
        Recoveries.Add(Stopwatch.GetElapsedTime(started));
        _up.SetResult(_connection);
    }

    /// <summary>A life that ends as soon as it listens, while it reads the log.</summary>
    public async Task StartAndKill(CancellationToken cancellation)
    {
        _server = await ServerProcess.Start(store.DataFolder, variables: store.Variables, cancellation: cancellation);
        End(server => server.Kill());
    }

    public async Task Kill()
    {
        await SampleMemory();
        Lower();
        End(server => server.Kill());
    }

    /// <summary>SIGTERM; returns when the process has ended of its own will.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        await SampleMemory();
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        await Server.Stop(within.Token);
        Lower();
        End(_ => { });
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            Lower();
            End(server => server.Kill());
        }
    }

    private async Task WaitUntilCaughtUp(CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await _connection!.Importer.WaitFor(journal.Position, cancellation);
                return;
            }
            catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded && Stopwatch.GetElapsedTime(since) < SoakLimits.StepMax)
            {
                // It listens, and has made us wait for as long as it makes anybody wait: ask again.
            }
        }
    }

    private void Lower()
    {
        if (_up.Task.IsCompleted)
        {
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void End(Action<ServerProcess> how)
    {
        var server = Server;
        how(server);
        Printed = server.Printed;
        server.Dispose();
        _server = null;
        _connection?.Dispose();
        _connection = null;
        _gone.TrySetResult();
    }

    private async Task SampleMemory()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{await Server.Id}/status");
        if (lines.FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } peak)
        {
            ResidentPeak = Math.Max(ResidentPeak, long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
        }
    }
}
