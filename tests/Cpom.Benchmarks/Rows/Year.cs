using System.Globalization;
using Cpom.Sample;
using Cpom.TestKit;
using Cpom.V1;

namespace Cpom.Benchmarks;

/// <summary>
/// YEAR: a whole country imported into a server in a process of its own, over its default store, and then a year of weekly deliveries, one after
/// the other, by the command line; two spells of money and a reform of the nomenclature among them. All the while somebody asks for the portfolio by
/// GHT and for its first page. Told are the times of both, and at the end the peak memory of the server and the size of its folder.
/// Not among the rows that run by default: a country takes an hour or more.
/// </summary>
internal static class Year
{
    private const int DaysPerWeek = 7;
    private const double MegaByte = 1024 * 1024;

    /// <summary>An analyst's screen that refreshes itself: one question of each kind, unless the last one is not answered yet.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>When in the year, in weeks, something large comes.</summary>
    private static readonly (SampleEventKind Kind, int Week)[] Events = [(SampleEventKind.Circulaire, 18), (SampleEventKind.Reforme, 30), (SampleEventKind.Circulaire, 44)];

    /// <param name="written">A sample written before, by the week, which is played and kept; null to write one.</param>
    public static async Task Run(Report report, string scaleName, int weeks, string? written)
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        var sample = written ?? Write(folder.File("sample"), scaleName, weeks);
        using var server = await ServerProcess.Start(data);
        using var client = new Client(server.Grpc);
        using var stop = new CancellationTokenSource();
        var (summaries, pages) = (new List<double>(), new List<double>());
        var asking = Task.WhenAll(
            Ask(summaries, () => client.Portfolio.SummarizeAsync(new() { GroupBy = SummaryGroup.Ght }).ResponseAsync, stop.Token),
            Ask(pages, () => client.Portfolio.QueryAsync(new()).ResponseAsync, stop.Token));

        foreach (var version in SampleSocle.Versions)
        {
            await Cpom(server, ["socle", "publish", version, "--file", Path.Combine(sample, SampleSocle.FileName)]);
        }

        var stock = await Cpom(server, ["import", .. Directory.GetFiles(sample, "nomenclature-*")])
            + await Cpom(server, ["import", RoundOf(sample, 0), "--sign"]);
        await Tell(client, server, data, 0, stock, summaries, pages);
        var rounds = new List<double>();
        for (var week = 1; week <= weeks; week++)
        {
            rounds.Add(await Cpom(server, ["import", RoundOf(sample, week), "--complete"]));
            await Tell(client, server, data, week, rounds[^1], summaries, pages);
        }

        await stop.CancelAsync();
        await asking;
        var what = string.Create(CultureInfo.InvariantCulture, $"{scaleName}, {weeks} weeks");
        report.Add(Row.Of("YEAR", $"{what}: stock imported, contrats signed", "s", new(stock), null, null));
        report.Add(Row.Of("YEAR", $"{what}: a weekly round", "s", new(rounds), null, null));
        report.Add(Row.Of("YEAR", $"{what}: Summarize by GHT meanwhile, p50 of {summaries.Count}", "ms", new(summaries), null, null, $"p99 {Figures.Show(new Sample(summaries).At(0.99))} ms"));
        report.Add(Row.Of("YEAR", $"{what}: first page of Query meanwhile, p50 of {pages.Count}", "ms", new(pages), null, null, $"p99 {Figures.Show(new Sample(pages).At(0.99))} ms"));
        report.Add(Row.Of("YEAR", $"{what}: peak memory of the server", "MB", new(await Memory(server, "VmHWM") / MegaByte), null, null));
        report.Add(Row.Of("YEAR", $"{what}: its folder at the end", "MB", new(SizeOf(data) / MegaByte), null, null));
    }

    private static string Write(string folder, string scaleName, int weeks)
    {
        SampleRegion.Write(new()
        {
            Directory = folder,
            Scale = SampleScale.All.Single(s => s.Name == scaleName),
            Days = weeks * DaysPerWeek,
            Every = DaysPerWeek,
            BaseDate = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-weeks * DaysPerWeek),
            Events = [.. Events.Where(e => e.Week <= weeks).Select(e => new SampleEvent(e.Kind, e.Week * DaysPerWeek))],
        });
        return folder;
    }

    private static string RoundOf(string sample, int week) => Path.Combine(sample, string.Create(CultureInfo.InvariantCulture, $"jour-{week * DaysPerWeek}"));

    /// <summary>As an agency does it: the command line in a process of its own. Seconds until it has ended.</summary>
    private static async Task<double> Cpom(ServerProcess server, string[] arguments)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await Rounds.Seconds(async () =>
        {
            // The shell tells its code last: the command line has no other way to say that it failed.
            using var cli = KeptProcess.Start(
                "/bin/sh",
                ["-c", "dotnet \"$@\"; echo ended $?", "sh", Path.Combine(AppContext.BaseDirectory, "cpom.dll"), .. arguments],
                new Dictionary<string, string> { ["CPOM_SERVER"] = server.Grpc.ToString() },
                line => _ = line.StartsWith("ended ", StringComparison.Ordinal) && ended.TrySetResult(line));
            if (await ended.Task != "ended 0")
            {
                throw new InvalidOperationException($"cpom {string.Join(' ', arguments)} failed:\n{cli.Printed}");
            }
        });
    }

    private static async Task Ask(List<double> milliseconds, Func<Task> question, CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(Pause);
        while (!cancellation.IsCancellationRequested)
        {
            milliseconds.Add(await Rounds.Seconds(question) * 1_000);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task Tell(Client client, ServerProcess server, string data, int week, double seconds, List<double> summaries, List<double> pages)
    {
        var now = await client.Portfolio.SummarizeAsync(new() { GroupBy = SummaryGroup.Ght });
        var memory = await Memory(server, "VmRSS") / MegaByte;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"YEAR week {week}: {seconds:0.0} s, {now.Overall.Contrats:#,0} contrats, {now.Overall.Pending:#,0} pending, log at {now.LogPosition:#,0}, memory {memory:#,0} MB, folder {SizeOf(data) / MegaByte:#,0} MB, asked {summaries.Count:#,0} times"));
    }

    /// <summary>Bytes.</summary>
    private static async Task<double> Memory(ServerProcess server, string field)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{await server.Id}/status");
        return double.Parse(lines.Single(l => l.StartsWith(field + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
