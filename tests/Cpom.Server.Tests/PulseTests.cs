using System.Net;
using Cpom.Runtime;
using Cpom.TestKit;
using Grpc.Health.V1;

namespace Cpom.Server.Tests;

/// <summary>What probes say of a server that does not get on: stuck, so that it is started again, or far behind, so that others are asked.</summary>
public sealed class PulseTests : IAsyncLifetime
{
    private const string Position = "far behind the log";

    private readonly StallingStore _store = new();
    private RunningServer _server = null!;
    private HttpClient _http = null!;

    private Pulse Pulse => _server.Part<Pulse>();

    private Vitals Vitals => _server.Part<Vitals>();

    public async Task InitializeAsync()
    {
        _server = await RunningServer.Start(_store, lagMax: 2);
        _http = new() { BaseAddress = _server.Http };
        await _server.Register();
        await Seen(() => Vitals.Signs.UnsavedSince is not null && _server.Node.Portfolio.Current.Position == Vitals.Signs.Last);
    }

    public async Task DisposeAsync()
    {
        _store.Go();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact(DisplayName = "Un serveur dont les décisions n'avancent plus depuis cinq minutes se dit bloqué, et plus quand elles avancent")]
    public async Task Appends()
    {
        _store.StallAppends();
        var registered = _server.Register(Other);
        await Seen(() => _server.Node.IsAppending);
        Pulse.Look();
        _server.Time.Advance(Pulse.StuckAfter - TimeSpan.FromTicks(1));
        Pulse.Look();
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("healthz"));
        _server.Time.Advance(TimeSpan.FromTicks(1));
        Pulse.Look();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "append is stuck"), await Ask("healthz"));

        _store.Go();
        await registered;
        await Seen(() => !_server.Node.IsAppending);
        Pulse.Look();
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("healthz"));
    }

    [Fact(DisplayName = "Un suiveur qui a du retard et n'avance plus est bloqué ; un suiveur qui échoue ne l'est pas : une base qui ne répond pas n'est pas guérie par un redémarrage")]
    public async Task Followers()
    {
        await FallBehind();
        Pulse.Look();
        _server.Time.Advance(Pulse.StuckAfter);
        Pulse.Look();
        Assert.Equal(["relay is stuck", "portfolio is stuck"], Pulse.Stuck);
        _server.Part<Readiness>().Fail("portfolio", "for another reason");
        Pulse.Look();
        Assert.Equal(["relay is stuck"], Pulse.Stuck);
    }

    [Fact(DisplayName = "Un serveur dont la réplique a plus de retard que CPOM_LAG_MAX n'est pas prêt, et l'est quand elle a rattrapé")]
    public async Task A_lag()
    {
        var health = new Health.HealthClient(_server.Channel);
        Pulse.Look();
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("readyz"));
        await FallBehind();
        Pulse.Look();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Position), await Ask("readyz"));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Check(new()).Status);
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("healthz"));

        _store.Go();
        await Seen(() => _server.Node.Portfolio.Current.Position >= Vitals.Signs.Last - 2);
        Pulse.Look();
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask("readyz"));
    }

    private static IEnumerable<string> Other => ["750100042", "750100059", "750100067"];

    /// <summary>Three events more than its replica will read.</summary>
    private async Task FallBehind()
    {
        _store.StallReads();
        await _server.Register(Other);
        await Seen(() => Vitals.Signs.Last - _server.Node.Portfolio.Current.Position == 3);
    }

    private async Task<(HttpStatusCode Status, string Text)> Ask(string probe)
    {
        using var answer = await _http.GetAsync(probe);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Moves the time on, a look of the server's each time, until something holds. What never comes is a failure, not a hang.</summary>
    private async Task Seen(Func<bool> holds)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "What the test waits for has not come.");
            _server.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>A store that stops answering when it is told to.</summary>
    private sealed class StallingStore() : StoreDouble(new InMemoryEventStore())
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _stallsAppends;
        private volatile bool _stallsReads;

        public void StallAppends() => _stallsAppends = true;

        public void StallReads() => _stallsReads = true;

        public void Go()
        {
            (_stallsAppends, _stallsReads) = (false, false);
            _gone.TrySetResult();
        }

        public override async Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<Append> batch, CancellationToken cancellation)
        {
            await (_stallsAppends ? _gone.Task : Task.CompletedTask);
            return await base.Append(batch, cancellation);
        }

        public override async Task<IReadOnlyList<StoredEvent>> ReadLog(long position, int countMax, CancellationToken cancellation)
        {
            await (_stallsReads ? _gone.Task.WaitAsync(cancellation) : Task.CompletedTask);
            return await base.ReadLog(position, countMax, cancellation);
        }
    }
}
