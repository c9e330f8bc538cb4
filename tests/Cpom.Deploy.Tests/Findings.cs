namespace Cpom.Deploy.Tests;

/// <summary>A check gives its findings as sentences: where, and what is wrong.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var found = findings.Distinct().ToList();
        Assert.True(found.Count == 0, $"{found.Count} finding(s):{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    /// <summary>A check is trusted because it has been seen to fail: on this example, every time the suite runs.</summary>
    public static void Some(IEnumerable<string> findings, string mention)
    {
        var found = findings.ToList();
        Assert.True(found.Any(f => f.Contains(mention, StringComparison.Ordinal)), $"Nothing mentions '{mention}' among {found.Count} finding(s):{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
