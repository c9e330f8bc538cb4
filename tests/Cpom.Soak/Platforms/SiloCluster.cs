using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>
/// Three silos and a gateway, which is the clients' door. A silo that dies leaves the door open: the others take its actors over. One that has ended of
/// itself, because it was declared dead while it hung, is started again, as whoever runs a cluster does.
/// </summary>
internal sealed class SiloCluster : Platform
{
    private const int Silos = 3;

    /// <summary>Acknowledgements after which a silo that hangs has hung for long enough.</summary>
    private const int AcknowledgedMax = 100;

    private readonly Journal _journal;
    private readonly ClusterProcesses _cluster;
    private readonly Random _random;
    private int _endedThemselves;

    public SiloCluster(SoakStore store, Journal journal, int seed)
        : base(journal) => (_journal, _cluster, _random) = (journal, new(store.DataFolder, Silos, store.Variables), new(seed));

    public override string Printed => _cluster.Printed();

    public override IEnumerable<(string Name, string Value)> Told => [("silos that ended themselves", $"{_endedThemselves}")];

    public override IEnumerable<Fault> Faults =>
    [
        new("SIGTERM of everything", async (_, token) =>
        {
            await Stop(token);
            await Start(token);
        }),
        new("kill -9 of everything", async (_, token) =>
        {
            Lower();
            _cluster.Dispose();
            Leave();
            await Start(token);
        }),
        new("SIGTERM of a silo", async (random, token) =>
        {
            var silo = random.Next(Silos);
            await _cluster.StopSilo(silo, token);
            await Start(token);
        }),
        new("SIGTERM of the gateway", async (_, token) =>
        {
            Lower();
            await _cluster.StopGateway(token);
            Leave();
            await Start(token);
        }),
        new("SIGSTOP of the gateway", (random, token) => Hang(_cluster.Gateway, SoakLimits.Pause(random), token)),
        new("SIGSTOP of a silo, short", async (random, token) =>
        {
            var silo = _cluster.Silo(random.Next(Silos));
            await silo.Signal("STOP");
            await _journal.WaitFor(AcknowledgedMax).WaitAsync(SoakLimits.Pause(random), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // The others' actors answer meanwhile.
            await silo.Signal("CONT");
            await Start(token);
        }),
        new("SIGSTOP of a silo, until it is declared dead", async (random, token) =>
        {
            var number = random.Next(Silos);
            var silo = _cluster.Silo(number);
            await silo.Signal("STOP");
            await _cluster.Gone(number, token);
            await silo.Signal("CONT");
            await silo.Ended.WaitAsync(SoakLimits.StepMax, token);
            await Start(token);
        }),
    ];

    public override async Task StartAndKill(CancellationToken cancellation)
    {
        var silo = _random.Next(Silos);
        await _cluster.StartSilo(silo, cancellation);
        _cluster.KillSilo(silo);
    }

    /// <summary>One time of four the gateway. Of a silo, as often as not, only when the others have found out.</summary>
    public override async Task Kill()
    {
        await SampleMemory(_cluster.Processes);
        var process = _random.Next(Silos + 1);
        if (process == Silos)
        {
            Lower();
            _cluster.KillGateway();
            Leave();
            return;
        }

        _cluster.KillSilo(process);
        if (_random.Next(2) == 0)
        {
            await _cluster.Gone(process);
        }
    }

    public override async Task Stop(CancellationToken cancellation)
    {
        await SampleMemory(_cluster.Processes);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        Lower();
        await _cluster.Stop(within.Token);
        Leave();
    }

    public override void Dispose()
    {
        _cluster.Dispose();
        base.Dispose();
    }

    protected override async Task<Uri> Run(CancellationToken cancellation)
    {
        _endedThemselves += await _cluster.StartMissing(cancellation);
        await _cluster.Listed(cancellation);
        return _cluster.Gateway.Grpc;
    }
}
