using System.Diagnostics;
using System.Globalization;
using Cpom.Runtime;
using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>A disturbed run, its check, and the same workload undisturbed to compare it with.</summary>
internal static class SoakRun
{
    private const int DiskMegabytes = 512;

    /// <returns>The exit code: 0 when nothing was found, else 1.</returns>
    public static async Task<int> Play(SoakOptions options, CancellationToken cancellation)
    {
        var asked = string.Join(' ', new[]
        {
            options.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"MINUTES={minutes}") : "",
            options.Kills is { } kills ? $"KILLS={kills}" : "",
        }.Where(text => text.Length > 0));
        Console.WriteLine($"soak: SEED={options.Seed} HOST={options.Host} STORE={options.Store} {asked}");
        var folder = Directory.CreateTempSubdirectory("cpom-soak-").FullName;
        Shell.Run("chmod", "755", folder); // PostgreSQL runs as another user.
        var isKept = true; // Also when the run itself fails.
        try
        {
            var findings = await Play(options, folder, cancellation);
            isKept = findings.Count > 0;
            foreach (var finding in findings)
            {
                Console.WriteLine($"VIOLATION: {finding}");
            }

            Console.WriteLine(isKept
                ? $"soak: {findings.Count} violations with SEED={options.Seed}; journal and log are in {folder}"
                : "soak: nothing lost, nothing doubled; the end state is that of the undisturbed run.");
            return isKept ? 1 : 0;
        }
        catch (Exception ended) when (cancellation.IsCancellationRequested)
        {
            isKept = false;
            throw new OperationCanceledException("The run was interrupted.", ended, cancellation); // A call that is under way ends in a failure of its own.
        }
        finally
        {
            if (!isKept)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> Play(SoakOptions options, string folder, CancellationToken cancellation)
    {
        var region = Region.Write(Path.Combine(folder, "region"), SoakLimits.RegionDays);
        var structures = SoakRegion.Write(Path.Combine(folder, "entites"));
        var (disk, reason) = LoopDisk.Mount(folder, "disk", DiskMegabytes);
        using (disk)
        {
            using var disturbed = new Stage(Path.Combine(folder, "disturbed"), options, options.Host, region, structures, disk);
            try
            {
                await Disturb(disturbed, options, reason, folder, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                disturbed.Find($"The run could not go on: {failure}");
            }

            if (disturbed.Findings.Count > 0)
            {
                disturbed.Platform.Dispose();
                Keep(disturbed, folder);
                return disturbed.Findings;
            }

            var started = Stopwatch.GetTimestamp();
            using var quiet = new Stage(Path.Combine(folder, "quiet"), options, SoakOptions.Embedded, region, structures, disk: null);
            await Undisturbed(quiet, disturbed.Rounds, cancellation);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: the undisturbed run took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            IReadOnlyList<string> findings = quiet.Findings.Count > 0
                ? [.. quiet.Findings.Select(finding => $"undisturbed: {finding}")]
                : Likeness.Differences(quiet.Log, disturbed.Log);
            if (findings.Count > 0)
            {
                Keep(disturbed, folder);
            }

            return findings;
        }
    }

    private static void Keep(Stage stage, string folder)
    {
        try
        {
            stage.Store.Keep(Directory.CreateDirectory(Path.Combine(folder, "kept")).FullName);
        }
        catch (Exception failure) when (failure is IOException or System.Data.Common.DbException)
        {
            Console.WriteLine($"soak: the log could not be kept: {failure.Message}");
        }
    }

    private static async Task Disturb(Stage stage, SoakOptions options, string diskReason, string folder, CancellationToken cancellation)
    {
        var plan = FaultPlan.Of(stage.Platform, stage.Store, stage.Journal, ShiftedClock.Over(stage.Store, folder), diskReason);
        var disturbance = new Disturbance(stage, plan, options);
        await stage.Begin(rounds: null, cancellation);
        await disturbance.Run(cancellation);
        var busy = (Uploads: 0, Commands: 0);
        if (!stage.Failed.IsCompleted)
        {
            await stage.EndLoad(cancellation);
            await stage.Check(cancellation);
        }

        if (!stage.Failed.IsCompleted)
        {
            var (uploads, commands, finding) = await Overload.Try(await stage.Platform.Up(cancellation), cancellation);
            busy = (uploads, commands);
            stage.Find(finding is null ? [] : [finding]);
            await stage.End(cancellation);
        }

        Summary.Print(options, stage, disturbance, plan, busy);
    }

    /// <summary>The same rounds of every client, and nothing that disturbs them.</summary>
    private static async Task Undisturbed(Stage stage, IReadOnlyList<int> rounds, CancellationToken cancellation)
    {
        await stage.Begin(rounds, cancellation);
        await stage.Played(cancellation);
        await stage.Check(cancellation);
        if (!stage.Failed.IsCompleted)
        {
            await stage.End(cancellation);
        }
    }
}
