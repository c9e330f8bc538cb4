using System.Text.RegularExpressions;

namespace Cpom.Operate.Tests;

/// <summary>The alerts as the repository has them.</summary>
internal static partial class Alerts
{
    public static string Root { get; } = FindRoot();

    /// <summary>What Prometheus reads of the PrometheusRule: its <c>spec</c>, which is a file of rules.</summary>
    public static string Rules { get; } = string.Concat(
        File.ReadLines(Path.Combine(Root, "deploy", "k8s", "components", "monitoring", "rules.yaml")).SkipWhile(line => line != "spec:").Skip(1).Select(line => $"{line[2..]}\n"));

    public static string Test => Path.Combine(Root, "tests", "Cpom.Operate.Tests", "alerts.test.yaml");

    public static IReadOnlyList<string> Names { get; } = [.. Alert().Matches(Rules).Select(match => match.Groups[1].Value)];

    /// <summary>Every measure that a rule asks for.</summary>
    public static IReadOnlyList<string> Measures { get; } = [.. Measure().Matches(Rules).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"\bcpom_\w+")]
    private static partial Regex Measure();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cpom.Orleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run from the repository.");
    }
}
