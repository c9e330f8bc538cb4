using System.Globalization;
using Cpom.TestKit;

namespace Cpom.Operate.Tests;

/// <summary>What a server tells of itself: to who asks at /metrics, and to a collector.</summary>
public sealed class MetricsTests
{
#if PROMETHEUS
    [Fact(DisplayName = "Un serveur en marche donne toutes les mesures que les alertes demandent, hors grappe")]
    public async Task Measures_of_the_alerts()
    {
        using var folder = new TemporaryFolder();
        using var server = await ServerProcess.Start(folder.File("data"));
        using var client = new Importer(server.Grpc);
        var act = await TracedAct.Prepare(client, folder.File("region"));
        await act.Send();
        var told = await Told(server);
        Assert.NotEmpty(Alerts.Measures);
        Assert.Empty(Alerts.Measures.Where(measure => !IsOfCluster(measure)).Except(told.Keys));
        Assert.True(told["cpom_contrats"] > 0);
        Assert.True(told["cpom_append_decisions_total"] > 0);
        Assert.Equal(1, told["cpom_ready"]);
    }

#if ORLEANS
    [PostgresFact(DisplayName = "Un silo en marche donne les mesures de la grappe que les alertes demandent")]
    public async Task Measures_of_a_silo()
    {
        using var folder = new TemporaryFolder();
        using var silo = await ServerProcess.Start(folder.File("silo"), postgres: PostgresServer.Shared.CreateDatabase(), variables: new Dictionary<string, string>
        {
            ["CPOM_HOST"] = "silo",
            ["CPOM_SILO_PORT"] = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture),
            ["CPOM_SILO_CLIENT_PORT"] = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture),
            ["CPOM_SILOS_WANTED"] = "2",
        });
        var told = await Told(silo);
        while (!told.ContainsKey("cpom_cluster_silos"))
        {
            told = await Told(silo); // Each look is a question to the silo, and long enough a pause.
        }

        Assert.Equal((1, 2), (told["cpom_cluster_silos"], told["cpom_cluster_silos_wanted"]));
        Assert.Empty(Alerts.Measures.Where(IsOfCluster).Except(told.Keys));
    }
#endif

    private static bool IsOfCluster(string measure) => measure.StartsWith("cpom_cluster_", StringComparison.Ordinal);

    /// <summary>The last value of each measure, whatever its labels.</summary>
    private static async Task<Dictionary<string, double>> Told(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        var text = await http.GetStringAsync("metrics");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => (Name: line.Split('{', ' ')[0], Value: double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)))
            .GroupBy(line => line.Name, line => line.Value)
            .ToDictionary(lines => lines.Key, lines => lines.Last());
    }
#else
    [Fact(DisplayName = "Un serveur en marche donne toutes les mesures que les alertes demandent", Skip = "La source de paquets n'a pas l'exportateur Prometheus : pas de /metrics.")]
    public void Measures_of_the_alerts()
    {
    }
#endif

    [Fact(DisplayName = "Les mesures vont aussi à un collecteur OTLP")]
    public async Task To_a_collector()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await OtlpReceiver.Start();
        using var server = await ServerProcess.Start(folder.File("data"), variables: collector.Variables("node"));
        var names = await collector.Metrics(all => all.Contains("cpom.relay.lag"));
        Assert.Superset(new HashSet<string> { "cpom.mailbox.depth", "cpom.replica.lag", "cpom.ready" }, names.ToHashSet());
    }

    [Fact(DisplayName = "Sans variable OTEL_…, rien n'est envoyé à personne ; un signal peut être laissé de côté")]
    public void Off_unless_told()
    {
        Assert.Equal(Server.OtlpSignals.None, Read());
        Assert.Equal(new(true, true, true), Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318")));
        Assert.Equal(new(true, false, true), Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), ("OTEL_METRICS_EXPORTER", "none")));
        Assert.Equal(new(false, true, false), Read(("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://c:4318/v1/metrics")));
        Assert.Equal(Server.OtlpSignals.None, Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), ("OTEL_SDK_DISABLED", "true")));

        static Server.OtlpSignals Read(params (string Name, string Value)[] variables) =>
            Server.ServerOptions.FromEnvironment(name => variables.FirstOrDefault(v => v.Name == name).Value).Otlp;
    }
}
