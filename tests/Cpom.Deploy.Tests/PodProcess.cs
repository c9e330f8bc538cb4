using System.Globalization;
using System.Net;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>
/// A pod of a rendered manifest as a process of this machine: the image's entry point with the container's own arguments, and its own variables and no others. An
/// address of the loopback stands for that of the pod, a folder for each volume, the build's output for the image.
/// </summary>
internal sealed class PodProcess : IDisposable
{
    /// <summary>Far more than any step takes on a loaded machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static int _pods;

    private readonly Manifest _owner;
    private readonly Container _container;
    private readonly IPAddress _address;
    private readonly KeptProcess _process;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly HttpClient _http = new();

    private PodProcess(Manifest owner, Container container, IPAddress address, IReadOnlyDictionary<string, string> variables, KeptProcess process)
    {
        (_owner, _container, _address, _variables, _process) = (owner, container, address, variables, process);
        Client = new(new Uri($"http://{address}:{container.Ports.GetValueOrDefault("grpc")}"));
    }

    /// <summary>Of its gRPC port; a silo has none.</summary>
    public Importer Client { get; }

    public string Printed => _process.Printed;

    /// <summary>Starts a pod of a deployment, and returns when its startup probe is answered as Kubernetes wants it.</summary>
    /// <param name="secret">The connection string that the operator's secret holds.</param>
    public static async Task<PodProcess> Start(IReadOnlyList<Manifest> objects, string deployment, string secret, TemporaryFolder volumes)
    {
        var owner = objects.Single(o => o.Kind == "Deployment" && o.Name == deployment);
        var container = Assert.Single(owner.Containers);
        var pod = Interlocked.Increment(ref _pods);
        // Every address of 127/8 is this machine: two pods have the same ports, as they have in Kubernetes, and two runs of the suite no address in common.
        var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.{100 + pod}.{(Environment.ProcessId >> 8) & 255}.{Environment.ProcessId & 255}"));
        var (arguments, told) = Started.From(container, objects, address.ToString(), secret);
        var variables = Started.OnVolumes(container, told, volume => volumes.File($"{deployment}-{pod}-{volume}"));

        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = KeptProcess.Start("env", Started.Line(arguments, variables), said: line =>
        {
            if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                listens.TrySetResult();
            }
        });
        var started = new PodProcess(owner, container, address, variables, process);
        try
        {
            await Task.WhenAny(listens.Task, process.Ended).WaitAsync(Patience);
            await started.Answers("startup");
            return started;
        }
        catch (Exception failure)
        {
            started.Dispose();
            throw new InvalidOperationException($"{owner} has not started. It printed:\n{process.Printed}", failure);
        }
    }

    /// <summary>Completes when a probe is answered as Kubernetes wants it.</summary>
    public Task Answers(string probe) => Until(probe, status => (int)status is >= 200 and < 400);

    /// <summary>Completes when a probe is answered, and not as Kubernetes wants it: the endpoints then lose the pod.</summary>
    public Task Fails(string probe) => Until(probe, status => (int)status >= 400);

    /// <summary>What Prometheus reads of the pod, where and as a monitor says.</summary>
    public Task<string> Scrape(Manifest monitor)
    {
        var endpoint = Manifest.Items(monitor.Spec!["endpoints"]).Single();
        return _http.GetStringAsync(Uri(endpoint["port"]!.GetValue<string>(), endpoint["path"]!.GetValue<string>()));
    }

    public Task Terminate() => _process.Signal("TERM");

    /// <summary>The seconds that Kubernetes gives it to stop, before SIGKILL.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(_owner.Pod!["terminationGracePeriodSeconds"]!.GetValue<int>());

    /// <summary>Completes when it has ended; later than Kubernetes would have waited is a failure.</summary>
    public Task Ended() => _process.Ended.WaitAsync(Grace);

    /// <summary>What `kubectl exec` would run in the pod.</summary>
    public Task<Ended> Exec(params string[] arguments) => Script.Run("env", Started.Line(arguments, _variables));

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        _process.Dispose();
    }

    private async Task Until(string kind, Func<HttpStatusCode, bool> isIt)
    {
        var get = _container.Probe(kind)!["httpGet"]!;
        var uri = Uri(get["port"]!.GetValue<string>(), get["path"]!.GetValue<string>());
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var answer = await _http.GetAsync(uri, patience.Token);
            if (isIt(answer.StatusCode))
            {
                return;
            }
        }
    }

    private Uri Uri(string port, string path) => new($"http://{_address}:{_container.Ports[port]}{path}");
}
