using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Cpom.Runtime;
using Xunit;

namespace Cpom.Conformance;

/// <summary>One run of <see cref="CrashWriter"/> in a process of its own, and what it acknowledged before it ended.</summary>
internal sealed class CrashChild : IDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, long> _acknowledged = [];

    public CrashChild(string database, string where)
    {
        // The test host may be any program; the SDK's own "dotnet" is three folders above the runtime's.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        _process = Process.Start(new ProcessStartInfo(dotnet, [typeof(CrashWriter).Assembly.Location, database, where])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Reads until the child has acknowledged so many decisions.</summary>
    public async Task Acknowledges(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var line = await _process.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, $"the child ended after {i} of {count} decisions: {(line is null ? await _process.StandardError.ReadToEndAsync() : "")}");
            Note(line!);
        }
    }

    /// <summary>SIGKILL, then what it had still said.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await End();
    }

    /// <summary>Reads on until the child ends by itself.</summary>
    public async Task End()
    {
        var rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        foreach (var line in rest.Split('\n')[..^1]) // The last line may be cut off.
        {
            Note(line);
        }
    }

    /// <summary>Everything acknowledged is there, without a gap; and of each actor at most the one decision that was on its way besides.</summary>
    public async Task AssertAllIsStored(IEventStore store)
    {
        Assert.NotEmpty(_acknowledged);
        foreach (var (actor, acknowledged) in _acknowledged)
        {
            var versions = new List<long>();
            await foreach (var stored in store.ReadActor(actor, 0, default))
            {
                versions.Add(stored.Version);
            }

            Assert.Equal(Enumerable.Range(1, versions.Count).Select(n => (long)n), versions);
            Assert.InRange(versions.Count, acknowledged, acknowledged + 1);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private void Note(string line)
    {
        var (actor, version) = (line.Split(' ')[0], long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.True(version > _acknowledged.GetValueOrDefault(actor), $"{actor} went back to {version}");
        _acknowledged[actor] = version;
    }
}
