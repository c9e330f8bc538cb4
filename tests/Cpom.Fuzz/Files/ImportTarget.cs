using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.Server;
using Cpom.TestKit;

namespace Cpom.Fuzz;

/// <summary>A mutated file, imported twice into a node that is empty or has the region.</summary>
/// <param name="importer">Instead of the product's own: a planted bug, to see that an oracle sees it.</param>
internal sealed class ImportTarget(Func<CpomNode, IFileImporter>? importer = null) : FuzzTarget
{
    public override string Name => "importers";

    public override int StepsMax => 6;

    public override async Task<Finding?> Play(FuzzCase played)
    {
        var region = await Region.Get;
        var setting = played.Setting();
        var sample = setting.Pick(region.Files);
        var file = MutatedFile.Make(sample, region.Files, played.Steps.Select(played.Step));
        await using var node = new RunningNode(setting.Chance(25) ? new InMemoryEventStore() : await region.Store(), importer);
        var (complete, sign) = (setting.Chance(30), setting.Chance(50));
        using var folder = new TemporaryFolder();
        var path = folder.File("received");
        await File.WriteAllBytesAsync(path, file.Content);
        var told = $"{sample.Name} as {file.Name}, {file.Content.Length} bytes, complete={complete}, sign={sign}\n";
        return await Twice(node, path, file, complete, sign) is { } finding ? finding with { Detail = told + finding.Detail } : null;
    }

    private static async Task<Finding?> Twice(RunningNode node, string path, SampleFile file, bool complete, bool sign)
    {
        await node.Settle();
        var before = await node.Node.Store.LastPosition(default);
        var work = new Work(file);
        var report = await node.Import(path, file.Name, complete, sign, work);
        var after = await node.Node.Store.LastPosition(default);
        if ((ImportOracles.Report(report) ?? ImportOracles.Recorded(report, before, after) ?? work.Check(after - before)) is { } broken)
        {
            return broken;
        }

        if (report.Refused is null)
        {
            var again = await node.Import(path, file.Name, complete, sign);
            var repeated = await node.Node.Store.ReadLog(after, 20, default);
            if (ImportOracles.Again(report, again, repeated) is { } changed)
            {
                return changed;
            }
        }

        return await NodeOracles.Check(node);
    }
}

/// <summary>What an import may cost, counted and not timed.</summary>
internal sealed class Work : IProgress<ImportProgress>
{
    /// <summary>Managed bytes allocated by an import, whatever the file: start of a node, buffers, the largest token.</summary>
    private const long AllocatedFixed = 256L * 1024 * 1024;

    /// <summary>And for each byte of content: the readers stream, the actors keep some of it.</summary>
    private const long AllocatedPerByte = 1_000;

    /// <summary>Managed bytes alive at once. A national file may take 400 MB (issue 3, P6); these are thousands of times smaller.</summary>
    private const long LiveMax = 400L * 1024 * 1024;

    /// <summary>Events for each byte of content: a row of a few dozen bytes makes a few.</summary>
    private const double EventsPerByte = 0.5;

    private const int EventsFixed = 2_000;

    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly long _live = GC.GetTotalMemory(forceFullCollection: false);
    private readonly SampleFile _file;
    private long _liveMax;
    private string? _progress;

    public Work(SampleFile file) => _file = file;

    public void Report(ImportProgress value)
    {
        _liveMax = Math.Max(_liveMax, GC.GetTotalMemory(forceFullCollection: false) - _live);
        if (value.BytesRead > value.BytesTotal * 2 || value.BytesRead < 0 || value.LinesRead < 0)
        {
            _progress = value.ToString();
        }
    }

    public Finding? Check(long events)
    {
        var content = (long)_file.Content.Length * (_file.IsGzip ? 1_100 : 1); // Deflate packs at most 1 : 1,032.
        var allocated = GC.GetTotalAllocatedBytes() - _allocated;
        return allocated > AllocatedFixed + (AllocatedPerByte * content) ? new("work is bounded", $"{allocated} bytes allocated for {content} bytes of content")
            : _liveMax > LiveMax ? new("memory is bounded", $"{_liveMax} bytes alive")
            : events > EventsFixed + (EventsPerByte * content) ? new("work is bounded", $"{events} events from {content} bytes")
            : _progress is not null ? new("progress is true", _progress)
            : null;
    }
}
