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

/// <summary>What is under test, whichever processes it is at the moment: one server, or silos and a gateway. Clients know one door.</summary>
internal abstract class Platform(Journal journal) : IServed, IDisposable
{
    private Connection? _connection;
    private volatile TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<Connection> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From the order to start until the first answer that reflects everything acknowledged.</summary>
    public List<TimeSpan> Recoveries { get; } = [];

    /// <summary>The same of those lives that have a clock that can be shifted: libfaketime makes a start take several times the processor time.</summary>
    public List<TimeSpan> ShiftedRecoveries { get; } = [];

    /// <summary>Largest resident memory of any process, in bytes.</summary>
    public long ResidentPeak { get; private set; }

    /// <summary>What it has printed, as far as it is kept.</summary>
    public abstract string Printed { get; }

    /// <summary>Faults of its own, which it survives.</summary>
    public abstract IEnumerable<Fault> Faults { get; }

    /// <summary>Lines of the table at the end that only it has.</summary>
    public virtual IEnumerable<(string Name, string Value)> Told => [];

    public Task<Connection> Up(CancellationToken cancellation) => _up.Task.WaitAsync(cancellation);

    public Task Gone(Connection connection) => ReferenceEquals(connection, _connection) ? _gone.Task : Task.CompletedTask;

    /// <summary>Returns when all of it runs, and an answer reflects everything acknowledged.</summary>
    public Task Start(CancellationToken cancellation) => Start(Recoveries, cancellation);

    /// <summary>As <see cref="Start(CancellationToken)"/>, under libfaketime.</summary>
    public Task StartShifted(CancellationToken cancellation) => Start(ShiftedRecoveries, cancellation);

    /// <summary>A process that is killed as soon as it listens, while it reads the log.</summary>
    public abstract Task StartAndKill(CancellationToken cancellation);

    /// <summary>kill -9 of one process.</summary>
    public abstract Task Kill();

    /// <summary>SIGTERM; returns when all of it has ended of its own will.</summary>
    public abstract Task Stop(CancellationToken cancellation);

    public virtual void Dispose() => Leave();

    /// <summary>Starts what does not run.</summary>
    /// <returns>The door that clients know.</returns>
    protected abstract Task<Uri> Run(CancellationToken cancellation);

    /// <summary>Who comes now waits for the next start.</summary>
    protected void Lower()
    {
        if (_up.Task.IsCompleted)
        {
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The door is gone: whoever waits for an answer there hears it.</summary>
    protected void Leave()
    {
        Lower();
        _connection?.Dispose();
        _connection = null;
        _gone.TrySetResult();
    }

    protected async Task SampleMemory(params IEnumerable<ServerProcess> processes)
    {
        foreach (var process in processes)
        {
            var status = $"/proc/{await process.Id}/status";
            var lines = File.Exists(status) ? await File.ReadAllLinesAsync(status) : [];
            if (lines.FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } peak)
            {
                ResidentPeak = Math.Max(ResidentPeak, long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
            }
        }
    }

    /// <summary>SIGSTOP, until a caller has given up on it, and SIGCONT.</summary>
    protected async Task Hang(ServerProcess door, TimeSpan patience, CancellationToken cancellation)
    {
        await door.Signal("STOP");
        var connection = await Up(cancellation);
        try
        {
            await connection.Portfolio.QueryAsync(new() { PageSize = 1 }, deadline: DateTime.UtcNow + patience, cancellationToken: cancellation);
        }
        catch (RpcException late) when (Connection.IsBroken(late) && !cancellation.IsCancellationRequested)
        {
            // As it must be: the process is stopped.
        }

        await door.Signal("CONT");
    }

    private async Task Start(List<TimeSpan> recoveries, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var door = await Run(cancellation);
        if (_connection is null)
        {
            _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _connection = new(door);
        }

        await WaitUntilCaughtUp(_connection, cancellation);
        recoveries.Add(Stopwatch.GetElapsedTime(started));
        _up.TrySetResult(_connection);
    }

    private async Task WaitUntilCaughtUp(Connection connection, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await connection.Importer.WaitFor(journal.Position, cancellation);
                return;
            }
            catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded && Stopwatch.GetElapsedTime(since) < SoakLimits.StepMax)
            {
                // It listens, and has made us wait for as long as it makes anybody wait: ask again.
            }
        }
    }
}
