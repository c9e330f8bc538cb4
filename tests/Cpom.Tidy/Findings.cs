using Xunit;

namespace Cpom.Tidy;

/// <summary>A rule gives its findings as sentences: where, what is wrong, what to do.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var found = findings.Distinct().ToList();
        Assert.True(found.Count == 0, $"{found.Count} finding(s):{Environment.NewLine}{string.Join(Environment.NewLine, found.Take(60))}");
    }

    /// <summary>A rule is trusted because it has been seen to fail: on this example, every time the suite runs.</summary>
    public static void Some(IEnumerable<string> findings, string mention) =>
        Assert.Contains(findings, f => f.Contains(mention, StringComparison.Ordinal));
}
