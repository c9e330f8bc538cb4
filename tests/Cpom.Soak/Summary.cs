using System.Globalization;

namespace Cpom.Soak;

/// <summary>The table at the end.</summary>
internal static class Summary
{
    public static void Print(SoakOptions options, Stage stage, Disturbance disturbance, FaultPlan plan, (int Uploads, int Commands) busy)
    {
        var recoveries = stage.Platform.Recoveries.Order().ToList();
        var rows = new List<(string Name, string Value)>
        {
            ("seed", $"{options.Seed}"),
            ("host", options.Host),
            ("store", options.Store),
            ("kill -9", $"{disturbance.Kills}{(options.Kills is { } asked && asked > disturbance.Kills ? $" of the {asked} asked for" : "")}"),
        };
        rows.AddRange(disturbance.Struck.Select(fault => ($"  {fault.Key}", $"{fault.Value}")));
        rows.AddRange(plan.Skipped.Select(skipped => ("  left out", skipped)));
        rows.AddRange(
        [
            ("commands acknowledged", $"{stage.Journal.Commands.Count}"),
            ("  after broken calls", $"{stage.Journal.Commands.Count(command => command.Attempts > 1)}"),
            ("files imported", $"{stage.Journal.Files.Count}"),
            ("calls without an answer", $"{stage.Journal.Broken}"),
            ("longest wait of a command for its answer", Seconds(stage.Journal.LongestWait)),
            ("watches taken up again", $"{stage.Watchers.Sum(watcher => watcher.Resumed)}"),
            ("events", $"{stage.Log.Count}"),
            ("starts", $"{recoveries.Count}"),
            ("  to ready, median", Seconds(recoveries[recoveries.Count / 2])),
            ("  to ready, worst", Seconds(recoveries[^1])),
            ("  under libfaketime", string.Join(", ", stage.Platform.ShiftedRecoveries.Select(Seconds))),
            ("peak memory of a process", $"{stage.Platform.ResidentPeak >> 20} MiB"),
            ("disk", $"{stage.Store.Bytes() >> 10} KiB"),
            ("answered busy", $"{busy.Uploads} uploads, {busy.Commands} commands"),
        ]);
        rows.AddRange(stage.Platform.Told);
        var width = rows.Max(row => row.Name.Length);
        foreach (var (name, value) in rows)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {value}");
        }
    }

    private static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s");
}
