using System.Globalization;
using Cpom.Sample;
using Cpom.TestKit;

namespace Cpom.Benchmarks;

/// <summary>
/// P6: a day's FINESS+ files (structures, activités) against the day before, each day in a fresh process over the same log: opened, checked to
/// their end, read again, compared with every site, what changed recorded, relayed and folded. Against gunzip and a bare Utf8JsonReader pass.
/// </summary>
internal static class NextDay
{
    private const string National = "france";
    private const int MegaByte = 1024 * 1024;

    /// <summary>A national day is long: two of them say enough.</summary>
    private const int DaysMax = 2;

    private static readonly Target Times = Target.RatioAtMost(2);
    private static readonly Target Peak = Target.AtMost(400);

    public static async Task Run(Report report, int rounds, string scaleName)
    {
        var scale = SampleScale.All.SingleOrDefault(s => s.Name == scaleName);
        if (scale is null)
        {
            report.Add(Row.Missing("P6", $"FINESS+ at scale {scaleName}", "s", Times, "the generator has no such scale"));
            return;
        }

        using var folder = new TemporaryFolder();
        var sample = SampleRegion.Write(new() { Directory = folder.Path, Scale = scale, Days = Math.Min(rounds, DaysMax) });
        var connection = Databases.New();
        var (ours, bare, peak, bytes) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
        foreach (var day in sample.Days)
        {
            using var child = Child.Start(["finess-day", connection, .. Directory.GetFiles(day.Directory, "finess-*.json.gz").OrderDescending(StringComparer.Ordinal)]);
            var seconds = await child.Figure("seconds");
            if (day.Number > 0)
            {
                ours.Add(seconds);
                bare.Add(await child.Figure("bare"));
                peak.Add(await child.Figure("peak") / MegaByte);
                bytes = await child.Figure("bytes");
            }
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"FINESS+ of a day against the day before, scale {scale.Name}, {bytes / MegaByte:#,0} MB of JSON");
        var isNational = scale.Name == National;
        var remark = isNational ? "" : $"the target is for scale {National}: make bench ONLY=P6 SCALE={National}";
        report.Add(Row.Of("P6", $"{what}, against gunzip and a bare Utf8JsonReader pass", "s", new(ours), new(bare), isNational ? Times : null, remark));
        report.Add(Row.Of("P6", $"{what}, peak memory of the process", "MB", new(peak), reference: null, isNational ? Peak : null, remark));
    }
}
