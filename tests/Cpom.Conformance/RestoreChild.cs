using System.Diagnostics;
using System.Runtime.InteropServices;
using Cpom.Storage.Backups;
using Xunit;

namespace Cpom.Conformance;

/// <summary>A restore in a process of its own, which stands still once it has come to a phase, to be killed there.</summary>
internal sealed class RestoreChild : IDisposable
{
    private readonly Process _process;

    public RestoreChild(LogPlace target, string file, BackupPhase at)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        _process = Process.Start(new ProcessStartInfo(dotnet, [typeof(RestoreChild).Assembly.Location, "restore", target.Kind, target.Where, file, at.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public async Task HasComeThere()
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        Assert.True(line == "there", $"the child ended: {(line is null ? await _process.StandardError.ReadToEndAsync() : line)}");
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose() => _process.Dispose();

    /// <summary>What the child runs.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var at = Enum.Parse<BackupPhase>(arguments[4]);
        await using var target = await new LogPlace(arguments[1], arguments[2]).OpenToRestore();
        await Restore.Run(arguments[3], target, until: null, new Standstill(at), default);
        return 0;
    }

    private sealed class Standstill(BackupPhase at) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
            if (value.Phase == at)
            {
                Console.WriteLine("there");
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
