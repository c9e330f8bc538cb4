using System.Text.RegularExpressions;
using Xunit;

namespace Cpom.Tidy;

/// <summary>The project builds on anybody's machine: it names no machine, no registry and no feed. And it holds no note to self.</summary>
public sealed partial class LeakTests
{
    [Fact(DisplayName = "No file names a package registry")]
    public void NoRegistry() => Findings.None(Check(Repo.Texts, Registry(),
        "feeds and registries belong to the machine's configuration (for npm: omit-lockfile-registry-resolved=true in .npmrc before npm install)"));

    [Fact(DisplayName = "No file names a path of somebody's machine")]
    public void NoMachinePath() => Findings.None(Check(Repo.Texts, MachinePath(), "use a path from the root of the repository, or ask the system for a temporary folder"));

    [Fact(DisplayName = "No NuGet.config is committed")]
    public void NoFeedConfiguration() => Findings.None(CheckFeedConfiguration(Repo.Files));

    [Fact(DisplayName = "No note to self is left in a file")]
    public void NoNotes() => Findings.None(Check(Repo.Texts, Note(), "do it now, or open an issue"));

    // Each example is cut in two, so that this file does not break the rules that it shows.
    [Theory(DisplayName = "A leak is seen")]
    [InlineData("https://api.nuget", ".org/v3/index.json")]
    [InlineData("\"resolved\": \"https://registry.npm", "js.org/x/-/x-1.0.0.tgz\"")]
    [InlineData("deb http://deb.debian", ".org/debian stable main")]
    [InlineData("var path = \"/ho", "me/me/data\";")]
    [InlineData("cat /tm", "p/x.json")]
    [InlineData("C:\\Us", "ers\\me")]
    [InlineData("// TO", "DO later")]
    [InlineData("# FIX", "ME")]
    public void LeakIsSeen(string before, string after)
    {
        var text = before + after;
        Assert.True(Registry().IsMatch(text) || MachinePath().IsMatch(text) || Note().IsMatch(text), text);
        Assert.False(Registry().IsMatch(before) || MachinePath().IsMatch(before) || Note().IsMatch(before), before);
    }

    [Fact(DisplayName = "A feed configuration is seen")]
    public void FeedConfigurationIsSeen() => Findings.Some(CheckFeedConfiguration(["src/nuget.config"]), "src/nuget.config");

    private static IEnumerable<string> Check(IEnumerable<(string Path, string Text)> files, Regex banned, string remedy) =>
        from file in files
        from Match match in banned.Matches(file.Text)
        let line = file.Text.AsSpan(0, match.Index).Count('\n') + 1
        select $"{file.Path}:{line}: \"{match.Value}\"; {remedy}.";

    private static IEnumerable<string> CheckFeedConfiguration(IEnumerable<string> files) => files
        .Where(f => Path.GetFileName(f).Equals("NuGet.config", StringComparison.OrdinalIgnoreCase))
        .Select(f => $"{f}: the feed is the machine's choice: delete it.");

    [GeneratedRegex(@"\b(?:nuget|npm(?:js)|yarnpkg|pypi|pythonhosted|debian)\.(?:org|com)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"(?<![\w.~})$*-])/(?:home|root|Users|tmp|work)/[\w.-]+|\b[A-Z]:\\Users\\\w+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E)\b")]
    private static partial Regex Note();
}
