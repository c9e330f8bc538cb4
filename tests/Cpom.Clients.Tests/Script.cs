using System.Diagnostics;
using System.Text.Json;

namespace Cpom.Clients.Tests;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record Ended(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>The lines of a client's script, by the name of their check.</summary>
public sealed class Checks(Ended ended)
{
    private readonly Dictionary<string, JsonElement> _lines = ended.Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonElement.Parse(line))
        .ToDictionary(line => line.GetProperty("check").GetString()!, StringComparer.Ordinal);

    /// <summary>The line of a check that came to its end.</summary>
    public JsonElement this[string check]
    {
        get
        {
            Assert.True(_lines.TryGetValue(check, out var line), $"The script printed nothing for '{check}': {ended}");
            Assert.False(line.TryGetProperty("thrown", out var thrown), $"'{check}' failed: {thrown}");
            return line;
        }
    }
}

public static class Script
{
    /// <summary>Far more than any client needs: past it the client waits for something that does not come.</summary>
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(120);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> Run(string program, IReadOnlyList<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? string.Empty,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(RunMax);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended. It printed:\n{await output}\n{await errors}");
        }

        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a script of tests/clients in node.</summary>
    /// <param name="given">Given to the script as JSON.</param>
    public static async Task<Checks> Node(string script, object given) =>
        new(await Run("node", [Path.Combine(Repository.Clients, script), JsonSerializer.Serialize(given)]));
}
