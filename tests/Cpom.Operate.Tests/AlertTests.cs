using System.Diagnostics;
using System.Text.RegularExpressions;
using Cpom.TestKit;

namespace Cpom.Operate.Tests;

/// <summary>Every alert fires when it should and not before, is explained to who is woken by it, and asks for what a server really tells.</summary>
public sealed partial class AlertTests
{
    [PromtoolFact(DisplayName = "promtool accepte les règles, et chaque alerte sonne quand il faut et pas avant")]
    public void Promtool_plays_them()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rules.yaml"), Alerts.Rules);
        File.Copy(Alerts.Test, folder.File("alerts.test.yaml"));
        Assert.Equal((0, ""), Promtool(folder, "check", "rules", "rules.yaml"));
        Assert.Equal((0, ""), Promtool(folder, "test", "rules", "alerts.test.yaml"));
    }

    [PromtoolFact(DisplayName = "Une règle qui ne tient pas est vue")]
    public void A_broken_rule_is_seen()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rules.yaml"), Alerts.Rules.Replace("> 26 * 3600", "> 2600 * 3600", StringComparison.Ordinal));
        File.Copy(Alerts.Test, folder.File("alerts.test.yaml"));
        var (code, said) = Promtool(folder, "test", "rules", "alerts.test.yaml");
        Assert.Equal(1, code);
        Assert.Contains("CpomBackupTooOld", said, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Chaque alerte est jouée au repos et en alarme")]
    public void Each_is_played()
    {
        var quiet = Quiet().Matches(File.ReadAllText(Alerts.Test)).Select(match => match.Groups[1].Value).CountBy(name => name).ToDictionary();
        var firing = Firing().Matches(File.ReadAllText(Alerts.Test)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(Alerts.Names);
        Assert.Equal(Alerts.Names.Order(StringComparer.Ordinal), firing.Order(StringComparer.Ordinal));
        Assert.All(Alerts.Names, name => Assert.Equal(2, quiet.GetValueOrDefault(name))); // While all is well, and while its patience lasts.
    }

    [Fact(DisplayName = "Chaque alerte a sa page dans docs/operations.md, et aucune page n'est sans alerte")]
    public void Each_is_explained()
    {
        var headings = Heading().Matches(File.ReadAllText(Path.Combine(Alerts.Root, "docs", "operations.md"))).Select(match => match.Groups[1].Value);
        Assert.Equal(Alerts.Names.Order(StringComparer.Ordinal), headings.Order(StringComparer.Ordinal));
    }

    private static (int Code, string Said) Promtool(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PromtoolFactAttribute.Program!, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? "" : error.Result);
    }

    [GeneratedRegex(@"- \{ eval_time: \w+, alertname: (\w+) \}")]
    private static partial Regex Quiet();

    [GeneratedRegex(@"alertname: (\w+)\n +exp_alerts:\n +- exp_labels")]
    private static partial Regex Firing();

    [GeneratedRegex(@"^### (Cpom\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
