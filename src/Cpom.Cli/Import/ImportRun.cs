using Cpom.Cli.Render;

namespace Cpom.Cli.Import;

/// <summary>What became of one upload.</summary>
/// <param name="Report">Null when the file was refused whole.</param>
/// <param name="Failure">Then why, and what to do (French).</param>
internal sealed record ImportResult(ImportTask Task, ImportReport? Report, string? Failure, TimeSpan Elapsed);

/// <summary>Files one after the other; one that is refused does not stop the others.</summary>
internal sealed class ImportRun(Remote remote, CliEnvironment environment)
{
    public async Task<IReadOnlyList<ImportResult>> Run(IReadOnlyList<ImportTask> tasks, CancellationToken cancellation)
    {
        var results = new List<ImportResult>();
        await ProgressScreen.Show(environment.Terminal, async screen =>
        {
            foreach (var task in tasks)
            {
                results.Add(await Upload(task, screen, cancellation));
            }
        });
        return results;
    }

    private async Task<ImportResult> Upload(ImportTask task, ProgressScreen screen, CancellationToken cancellation)
    {
        var started = environment.Time.GetTimestamp();
        using var shown = screen.Begin(task, environment.Time);
        try
        {
            var report = await Uploader.Upload(remote, task, shown, cancellation);
            return new ImportResult(task, report, null, environment.Time.GetElapsedTime(started));
        }
        catch (RpcException failure) when (Failures.CodeOf(failure) == ExitCodes.Refused)
        {
            return new ImportResult(task, null, Failures.Describe(failure), environment.Time.GetElapsedTime(started));
        }
    }
}
