using System.Diagnostics;

namespace Cpom.Operate.Tests;

/// <summary>The command line as an operator types it.</summary>
internal static class Command
{
    /// <returns>The exit code, and all that was said.</returns>
    public static async Task<(int Code, string Said)> Run(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cpom.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }

    /// <summary>To its end, which must be a good one.</summary>
    public static async Task Done(params string[] arguments)
    {
        var (code, said) = await Run(new Dictionary<string, string>(), arguments);
        Assert.True(code == 0, $"cpom {string.Join(' ', arguments)}: {said}");
    }
}
