using System.Net.Sockets;
using Cpom.Server;

namespace Cpom.Cli.Doctor;

/// <summary>Whether the collectors that the variables name can be reached from here.</summary>
internal static class CollectorChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Check>> All(CliEnvironment environment, CancellationToken cancellation)
    {
        var signals = OtlpSignals.FromEnvironment(environment.Variables);
        var checks = new List<Check>();
        foreach (var endpoint in new[] { (signals.Traces, "TRACES"), (signals.Metrics, "METRICS"), (signals.Logs, "LOGS") }
            .Where(signal => signal.Item1)
            .Select(signal => OtlpSignals.EndpointOf(environment.Variables, signal.Item2)!)
            .Distinct(StringComparer.Ordinal))
        {
            checks.Add(await Look(endpoint, environment.Time, cancellation));
        }

        return checks.Count > 0 ? checks : [new("collecteur OTLP", CheckState.Note, "aucun n'est nommé (OTEL_EXPORTER_OTLP_ENDPOINT) : ni traces ni journal technique ne partent d'ici")];
    }

    private static async Task<Check> Look(string endpoint, TimeProvider time, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
        {
            return new("collecteur OTLP", CheckState.Broken, $"« {endpoint} » n'est pas une adresse comme http://collecteur:4317");
        }

        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address.Host, address.Port, cancellation).AsTask().WaitAsync(Patience, time, cancellation);
            return new("collecteur OTLP", CheckState.Fine, $"{address.Authority} prend les connexions");
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException)
        {
            return new("collecteur OTLP", CheckState.Broken, $"{address.Authority} ne répond pas : traces, mesures et journal technique se perdent ; la plateforme n'en souffre pas");
        }
    }
}
