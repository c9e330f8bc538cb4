using Cpom.Cli.Import;
using Cpom.Cli.Options;

namespace Cpom.Cli.Render;

/// <summary>What files brought: counts first, then the lines put aside, then the files refused whole.</summary>
internal static class ImportOutput
{
    /// <summary>Lines put aside that a screen shows; `cpom quarantine` and the other formats have more.</summary>
    public const int RejectedShownMax = 20;

    public static void Write(Terminal terminal, string format, IReadOnlyList<ImportResult> results, IReadOnlyList<FoundFile> ignored)
    {
        switch (format)
        {
            case FormatOption.Json:
                foreach (var result in results.Where(result => result.Report is not null))
                {
                    Output.WriteJsonLine(terminal, result.Report!);
                }

                break;
            case FormatOption.Csv:
                Csv.Write(IntakeTables.Results(results), terminal.Out);
                break;
            default:
                WriteTables(terminal, results);
                break;
        }

        foreach (var file in ignored)
        {
            terminal.Error.WriteLine($"Ignoré : {file.Path} — {file.Refusal!.Problem}");
        }

        foreach (var result in results.Where(result => result.Failure is not null))
        {
            terminal.Error.WriteLine($"{result.Task.File.Path} : {result.Failure}");
        }
    }

    /// <summary>The counts, and the lines put aside with what to do about them.</summary>
    public static void WriteTables(Terminal terminal, IReadOnlyList<ImportResult> results)
    {
        Output.Write(terminal, IntakeTables.Results(results));
        WriteAdvice(terminal, results);
        var rejected = results.Where(result => result.Report is not null).SelectMany(result => result.Report!.Rejected.Select(line => (result.Report.FileName, line))).ToList();
        if (rejected.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine("Lignes mises de côté :");
        Output.Write(terminal, IntakeTables.Rejected(rejected.Take(RejectedShownMax)));
        var all = results.Sum(result => result.Report?.Counts?.Quarantined ?? 0);
        if (all > RejectedShownMax)
        {
            terminal.Out.WriteLine($"… et {Words.Count(all - RejectedShownMax)} autres : « cpom quarantine --sha256 … ».");
        }
    }

    private static void WriteAdvice(Terminal terminal, IReadOnlyList<ImportResult> results)
    {
        var advice = results.Where(result => result.Report is not null).SelectMany(result => result.Report!.Advice.Select(line => (result.Report.FileName, line))).ToList();
        if (advice.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine("Conseils, sur des lignes qui ont été prises :");
        Output.Write(terminal, IntakeTables.Rejected(advice.Take(RejectedShownMax)));
        var all = results.Sum(result => result.Report?.Counts?.Warnings ?? 0);
        if (all > RejectedShownMax)
        {
            terminal.Out.WriteLine($"… et {Words.Count(all - RejectedShownMax)} autres : « cpom import --format json … ».");
        }
    }
}
