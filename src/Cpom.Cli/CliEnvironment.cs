namespace Cpom.Cli;

/// <summary>All that a verb takes from the machine it runs on, so that a test can give another.</summary>
/// <param name="Variables">Environment variables by name; null when absent.</param>
internal sealed record CliEnvironment(Terminal Terminal, TimeProvider Time, Func<string, string?> Variables)
{
    public static CliEnvironment OfProcess() =>
        new(Terminal.OfProcess(Environment.GetEnvironmentVariable), TimeProvider.System, Environment.GetEnvironmentVariable);

    public DateOnly Today => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
}
