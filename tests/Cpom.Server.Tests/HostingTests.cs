using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpom.Runtime;
using Cpom.TestKit;
using Grpc.Health.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cpom.Server.Tests;

public sealed class HostingTests
{
    [Fact(DisplayName = "Un navigateur ou curl appelle tout en JSON sur le port HTTP")]
    public async Task Connect_json_on_the_http_port()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        using var http = new HttpClient { BaseAddress = server.Http };
        var answer = await http.PostAsJsonAsync("cpom.v1.PortfolioService/Query", new { filter = "statut = en_vigueur", asOf = new { validOn = "2026-06-01" } });
        var rows = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rows");
        Assert.Equal("75-C1", rows[0].GetProperty("numero").GetString());

        var refused = await http.PostAsJsonAsync("cpom.v1.ContratsService/GetContrat", new { name = "contrats/inconnu" });
        var error = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (refused.StatusCode, error.GetProperty("code").GetString()));
        Assert.Equal("cpom.v1.RefusalDetail", error.GetProperty("details")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Health_is_told_over_http_and_grpc()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var health = new Health.HealthClient(server.Channel);
        using var watch = health.Watch(new() { Service = V1.PortfolioService.Descriptor.FullName });
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Status != HealthCheckResponse.Types.ServingStatus.Serving);

        using var http = new HttpClient { BaseAddress = server.Http };
        Assert.Equal(["ok", "ok"], [await http.GetStringAsync("healthz"), await http.GetStringAsync("readyz")]);
    }

    [Fact(DisplayName = "Chaque service publié dit son état : celui du serveur")]
    public async Task Every_service_tells_its_health()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        var health = new Health.HealthClient(server.Channel);
        await Until(() => health.Check(new()).Status == HealthCheckResponse.Types.ServingStatus.Serving);
        var services = typeof(V1.PortfolioService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
            .Select(service => service.FullName)
            .ToList();

        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Check(new() { Service = service }).Status));
    }

    [Fact(DisplayName = "Le serveur n'écoute que sur cette machine, et avertit quand on lui dit autre chose")]
    public async Task Loopback_unless_told_otherwise()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        Assert.True(server.Http.IsLoopback && server.Grpc.IsLoopback);
        Assert.Null(new ServerOptions().ExposureWarning);
        var exposed = ServerOptions.FromEnvironment(name => name == "CPOM_LISTEN" ? "0.0.0.0" : null);
        Assert.Contains("n'identifie encore personne", exposed.ExposureWarning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_in_a_cluster_comes_from_the_environment_by_name()
    {
        var variables = new Dictionary<string, string> { ["CPOM_HOST"] = "silo", ["CPOM_SILO_ADDRESS"] = "10.0.0.7", ["CPOM_SILO_PORT"] = "7", ["CPOM_SILO_CLIENT_PORT"] = "8", ["CPOM_CLUSTER"] = "idf" };
        var options = ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
        Assert.Equal((HostRole.Silo, "10.0.0.7", 7, 8, "idf"), (options.Host, $"{options.SiloAddress}", options.SiloPort, options.SiloClientPort, options.Cluster));
        variables["CPOM_HOST"] = "1";
        Assert.Throws<FormatException>(() => ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name)));
    }

    [Fact]
    public void Options_come_from_the_environment()
    {
        var variables = new Dictionary<string, string> { ["CPOM_DATA"] = "ici", ["CPOM_HTTP_PORT"] = "0", ["CPOM_ORIGINS"] = "https://a https://b", ["CPOM_LOG"] = "Debug" };
        var options = ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
        Assert.Equal(("ici", 0, 5081, LogLevel.Debug), (options.DataFolder, options.HttpPort, options.GrpcPort, options.LogLevel));
        Assert.Equal(["https://a", "https://b"], options.AllowedOrigins);
        Assert.Equal(TimeSpan.Zero, options.DrainDelay);
        variables["CPOM_DRAIN_DELAY"] = "120";
        Assert.Equal(TimeSpan.FromMinutes(2), ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name)).DrainDelay);
        variables["CPOM_DRAIN_DELAY"] = "121";
        Assert.Contains("CPOM_DRAIN_DELAY", Assert.Throws<FormatException>(() => ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name))).Message, StringComparison.Ordinal);
        variables.Remove("CPOM_DRAIN_DELAY");
        Assert.Equal(100_000, options.LagMax);
        variables["CPOM_LAG_MAX"] = "7";
        Assert.Equal(7, ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name)).LagMax);
        variables["CPOM_LAG_MAX"] = "0";
        Assert.Contains("CPOM_LAG_MAX", Assert.Throws<FormatException>(() => ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name))).Message, StringComparison.Ordinal);
        variables.Remove("CPOM_LAG_MAX");
        variables["CPOM_GRPC_PORT"] = "99999";
        var thrown = Assert.Throws<FormatException>(() => ServerOptions.FromEnvironment(name => variables.GetValueOrDefault(name)));
        Assert.Contains("CPOM_GRPC_PORT", thrown.Message, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un suiveur qui échoue repart après une pause qui grandit, et le nœud n'est pas prêt entre-temps")]
    public async Task A_failing_follower_starts_again()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var readiness = new Readiness(server.Node, new(), new GrpcCompat.GrpcHealth());
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var runs = new System.Collections.Concurrent.ConcurrentQueue<DateTimeOffset>();
        var recovered = new TaskCompletionSource();
        async Task Run(CancellationToken cancellation)
        {
            runs.Enqueue(time.GetUtcNow());
            if (runs.Count < 4)
            {
                throw new IOException("The disk is gone.");
            }

            recovered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        using var follower = new Follower("test", Run, readiness, time, NullLogger<Follower>.Instance);
        await follower.StartAsync(CancellationToken.None);
        for (var (run, pause) = (1, Follower.PauseMin); run < 4; run++, pause *= 2)
        {
            await Until(() => runs.Count == run && time.TimersSet == 1);
            Assert.Contains("follower test is failing", readiness.Missing);
            time.Advance(pause);
        }

        await recovered.Task;
        Assert.DoesNotContain("follower test is failing", readiness.Missing);
        Assert.Equal([0, 250, 750, 1750], runs.Select(r => (int)(r - DateTimeOffset.UnixEpoch).TotalMilliseconds));
        await follower.StopAsync(CancellationToken.None);
    }

    [Fact(DisplayName = "Un nœud qui lit un événement d'une version plus récente ne décide plus, ne répond plus, et dit quoi faire")]
    public async Task A_node_that_meets_a_newer_event_stops_serving()
    {
        var store = new InMemoryEventStore();
        await using var server = await RunningServer.Start(store);
        await server.Register();
        var health = new Health.HealthClient(server.Channel);
        await store.Append([new("site-750100009", 0, [new("site-painted.1", "{}"u8.ToArray(), new(2026, 3, 1))], new(DateTimeOffset.UnixEpoch, "demain", Domain.Cause.Unknown))], default);
        await Until(() => server.Node.Newer is not null && health.Check(new()).Status == HealthCheckResponse.Types.ServingStatus.NotServing);

        using var http = new HttpClient { BaseAddress = server.Http };
        Assert.Contains("named site-painted.1, which this version does not know. Run the version that wrote it, or a later one.", await (await http.GetAsync("readyz")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var call in new Func<Task>[] { () => server.Portfolio.QueryAsync(new()).ResponseAsync, () => server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() }).ResponseAsync })
        {
            Assert.Equal(Grpc.Core.StatusCode.Unavailable, (await Assert.ThrowsAsync<Grpc.Core.RpcException>(call)).StatusCode);
        }
    }

    [Fact(DisplayName = "Un serveur que l'on arrête le dit d'abord, répond encore pendant le délai, puis envoie GOAWAY et laisse finir les appels en cours")]
    public async Task A_stop_drains()
    {
        var delay = TimeSpan.FromSeconds(5);
        await using var server = await RunningServer.Start(new InMemoryEventStore(), drainDelay: delay);
        var health = new Health.HealthClient(server.Channel);
        await Until(() => health.Check(new()).Status == HealthCheckResponse.Types.ServingStatus.Serving);
        using var bare = await BareConnection.Open(server.Grpc);
        using var underWay = server.Intake.UploadFile();
        await underWay.RequestStream.WriteAsync(new() { Header = new() { FileName = "fichier.csv" } });

        var stopped = server.Stop();
        await Until(() => health.Check(new()).Status == HealthCheckResponse.Types.ServingStatus.NotServing);
        server.Time.Advance(delay - TimeSpan.FromMilliseconds(1));
        using var http = new HttpClient { BaseAddress = server.Http };
        Assert.Equal("stopping", await (await http.GetAsync("readyz")).Content.ReadAsStringAsync());
        Assert.Empty((await server.Portfolio.QueryAsync(new())).Rows);
        Assert.False(bare.GoAway.IsCompleted);

        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await bare.GoAway.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(stopped.IsCompleted);
        await underWay.RequestStream.WriteAsync(new() { Chunk = Google.Protobuf.ByteString.CopyFromUtf8("ligne") });
        await underWay.RequestStream.CompleteAsync();
        Assert.Equal(5, (await underWay).Report.Counts.Read);
        await stopped;
    }

    /// <summary>Gives way until something holds. What never comes is a failure, not a hang.</summary>
    private static async Task Until(Func<bool> holds)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "What the test waits for has not come.");
            await Task.Yield();
        }
    }
}
