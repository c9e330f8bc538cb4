using System.Diagnostics;

namespace Cpom.TestKit;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record Ended(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>A program of the machine, run to its end.</summary>
public static class Script
{
    /// <summary>Far more than any of them needs: past it the program waits for something that does not come.</summary>
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(120);

    /// <param name="input">What it reads; nothing unless told otherwise.</param>
    public static async Task<Ended> Run(string program, IReadOnlyList<string> arguments, string? folder = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? string.Empty,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(RunMax);
        try
        {
            await process.StandardInput.WriteAsync((input ?? string.Empty).AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended. It printed:\n{await output}\n{await errors}");
        }

        return new(process.ExitCode, await output, await errors);
    }
}
