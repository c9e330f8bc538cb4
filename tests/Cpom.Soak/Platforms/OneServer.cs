using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>An embedded node, whichever process it is at the moment.</summary>
internal sealed class OneServer(SoakStore store, Journal journal) : Platform(journal)
{
    private ServerProcess? _server;
    private string _printed = "";

    public override string Printed => _server?.Printed ?? _printed;

    public override IEnumerable<Fault> Faults =>
    [
        new("SIGTERM", async (_, token) =>
        {
            await Stop(token);
            await Start(token);
        }),
        new("SIGSTOP", (random, token) => Hang(Server, SoakLimits.Pause(random), token)),
    ];

    private ServerProcess Server => _server ?? throw new InvalidOperationException("No server runs.");

    public override async Task StartAndKill(CancellationToken cancellation)
    {
        await Run(cancellation);
        Server.Kill();
        End();
    }

    public override async Task Kill()
    {
        await SampleMemory(Server);
        Lower();
        Server.Kill();
        End();
    }

    public override async Task Stop(CancellationToken cancellation)
    {
        await SampleMemory(Server);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        await Server.Stop(within.Token);
        End();
    }

    public override void Dispose()
    {
        End();
        base.Dispose();
    }

    protected override async Task<Uri> Run(CancellationToken cancellation)
    {
        _server = await ServerProcess.Start(store.DataFolder, variables: store.Variables, cancellation: cancellation);
        return _server.Grpc;
    }

    private void End()
    {
        _printed = Printed;
        _server?.Dispose();
        _server = null;
        Leave();
    }
}
