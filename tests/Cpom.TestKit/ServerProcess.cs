using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Cpom.TestKit;

/// <summary>
/// The server as users run it: <c>cpom serve</c> in a process of its own, on ports of its own, over a folder of the test's. The test project
/// refers to Cpom.Cli, whose build output is then beside the tests.
/// </summary>
public sealed partial class ServerProcess : IDisposable
{
    /// <summary>Far more than a start needs on a loaded machine: past it the server is stuck, and the test says what it printed.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(90);

    private readonly KeptProcess _process;

    private ServerProcess(KeptProcess process, Uri http, Uri grpc) => (_process, Http, Grpc) = (process, http, grpc);

    public Uri Http { get; }

    public Uri Grpc { get; }

    /// <summary>The newest lines of its technical log.</summary>
    public string Printed => _process.Printed;

    /// <summary>The process id of the server.</summary>
    public Task<int> Id => _process.Id;

    /// <summary>Returns when the server listens.</summary>
    /// <param name="httpPort">0 for any free port, as for <paramref name="grpcPort"/>.</param>
    /// <param name="postgres">A connection string: the log is then in PostgreSQL, and may be other servers' too.</param>
    /// <param name="variables">Environment variables of the server.</param>
    /// <param name="program">The cpom.dll of another build instead of the one beside the tests.</param>
    /// <param name="entry">What goes before the program, as <see cref="NetworkPlace.Entry"/>.</param>
    /// <exception cref="InvalidOperationException">It does not listen; what it has printed is in the message.</exception>
    public static async Task<ServerProcess> Start(
        string dataFolder, int httpPort = 0, int grpcPort = 0, string? postgres = null, IReadOnlyDictionary<string, string>? variables = null,
        IReadOnlyList<string>? entry = null, string? program = null, CancellationToken cancellation = default)
    {
        var addresses = new List<Uri>();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] line =
        [
            .. entry ?? [], "dotnet", program ?? Path.Combine(AppContext.BaseDirectory, "cpom.dll"), "serve", "--data", dataFolder,
            "--http", httpPort.ToString(CultureInfo.InvariantCulture), "--grpc", grpcPort.ToString(CultureInfo.InvariantCulture),
            .. postgres is null ? Array.Empty<string>() : ["--postgres", postgres],
        ];
        var environment = new Dictionary<string, string>(variables ?? new Dictionary<string, string>()) { ["CPOM_LOG"] = "Warning" };
        var process = KeptProcess.Start(line[0], line[1..], environment, said =>
        {
            if (addresses.Count < 2 && Address().Match(said) is { Success: true } match)
            {
                addresses.Add(new(match.Value));
                if (addresses.Count == 2)
                {
                    listening.SetResult();
                }
            }
        });
        try
        {
            await ((Task)Task.WhenAny(listening.Task, process.Ended).WaitAsync(StartMax, cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            if (!listening.Task.IsCompleted)
            {
                throw new InvalidOperationException($"The server does not listen{(process.Ended.IsCompleted ? "; it has ended" : string.Empty)}. It said:\n{process.Printed}");
            }
        }
        catch
        {
            process.Dispose();
            throw;
        }

        return new(process, addresses[0], addresses[1]);
    }

    /// <summary>Completes when it has ended, of its own will or not.</summary>
    public Task Ended => _process.Ended;

    /// <summary>SIGKILL. Returns when the process is gone.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Any other signal, by its name without SIG.</summary>
    public Task Signal(string name) => _process.Signal(name);

    /// <summary>SIGTERM. Returns when the process has ended in order.</summary>
    public Task Stop(CancellationToken cancellation = default) => _process.Stop(cancellation);

    public void Dispose() => _process.Dispose();

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
