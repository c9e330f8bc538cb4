namespace Cpom.Server;

/// <summary>
/// What goes to a collector of OpenTelemetry by OTLP: nothing unless the standard variables name where. Everything else about it (protocol, headers,
/// certificates, intervals, sampling, resource) is read from the standard variables by the SDK itself.
/// </summary>
public sealed record OtlpSignals(bool Traces, bool Metrics, bool Logs)
{
    public static OtlpSignals None { get; } = new(false, false, false);

    public bool Any => Traces || Metrics || Logs;

    public static OtlpSignals FromEnvironment(Func<string, string?> variable) =>
        string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            ? None
            : new(IsWanted(variable, "TRACES"), IsWanted(variable, "METRICS"), IsWanted(variable, "LOGS"));

    /// <summary>Where a signal goes; null for nowhere.</summary>
    public static string? EndpointOf(Func<string, string?> variable, string signal) =>
        variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 } own ? own
        : variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } common ? common
        : null;

    private static bool IsWanted(Func<string, string?> variable, string signal) =>
        (variable($"OTEL_{signal}_EXPORTER") is null or "" or "otlp") && EndpointOf(variable, signal) is not null;
}
