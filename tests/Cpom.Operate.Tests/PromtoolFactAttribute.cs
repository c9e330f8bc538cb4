namespace Cpom.Operate.Tests;

/// <summary>A fact that needs promtool; where there is none it is reported as skipped, with the reason.</summary>
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Program is null ? "promtool n'est pas installé (paquet Debian prometheus)." : null;

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "promtool"))
        .FirstOrDefault(File.Exists);
}
