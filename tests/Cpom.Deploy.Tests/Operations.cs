using System.Globalization;
using System.Text.RegularExpressions;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>What docs/operations.md tells an operator, as far as manifests and code must agree with it.</summary>
internal static partial class Operations
{
    public static string Text { get; } = File.ReadAllText(Repository.At("docs/operations.md"));

    /// <summary>Secrets that it says how to make: name → key.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } =
        Secret().Matches(Text).DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);

    /// <summary>Seconds that whatever stops a server must give it beyond its drain delay.</summary>
    public static int GraceBeyondDrain { get; } = int.Parse(Grace().Match(Text).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>The variables of its table.</summary>
    public static IReadOnlySet<string> Variables { get; } =
        Variable().Matches(Chapter("Variables")).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>What it shows of the file of an installation, part by part.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Yaml().Matches(Chapter("On Kubernetes")).Select(fence => fence.Groups[1].Value)];

    /// <summary>The lines of shell in its chapter on Kubernetes, a command on each.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. Fence().Matches(Chapter("On Kubernetes")).SelectMany(fence => fence.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(line => line.Trim()).Where(line => line.StartsWith("kubectl ", StringComparison.Ordinal)),
    ];

    private static string Chapter(string title) => Text.Split("\n## ").Single(chapter => chapter.StartsWith(title + "\n", StringComparison.Ordinal));

    [GeneratedRegex(@"create secret generic (\S+)[^\n]*--from-literal=([^=\s]+)=")]
    private static partial Regex Secret();

    [GeneratedRegex(@"terminationGracePeriodSeconds`\) (\d+) seconds more")]
    private static partial Regex Grace();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
