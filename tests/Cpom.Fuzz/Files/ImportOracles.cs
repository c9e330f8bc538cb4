using System.Text;
using Cpom.Domain.Flux;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Fuzz;

/// <summary>What must hold of every import, whatever the file. Pure.</summary>
internal static class ImportOracles
{
    public static Finding? Report(ImportReport report) =>
        report.Refused is { } refused
            ? Told("a refusal tells file, rule, problem and remedy", refused)
            : report.Rejected.Select(l => Told("a line put aside tells place, rule, problem and remedy", l)).FirstOrDefault(f => f is not null) ?? AddsUp(report);

    public static Finding? Recorded(ImportReport report, long before, long after) =>
        report.Refused is not null && after != before ? new("a refused file leaves nothing", $"{after - before} events")
            : report.Position > after ? new("the report's position is in the log", $"{report.Position} > {after}")
            : null;

    /// <param name="recorded">What the second import recorded.</param>
    public static Finding? Again(ImportReport first, ImportReport again, IReadOnlyList<StoredEvent> recorded) =>
        again.Refused is not null ? new("a file taken is taken again", again.Refused.ToString())
            : !again.AlreadyIntegrated ? new("a file taken is known again", $"{first}\n{again}")
            : recorded.Count > 0 ? new("the same file twice changes nothing", $"{first.Counts}\n{again.Counts}\n{string.Join('\n', recorded.Select(Line))}")
            : Report(again);

    private static Finding? AddsUp(ImportReport report)
    {
        var c = report.Counts;
        var endedWithRow = c.Read - c.New - c.Changed - c.Unchanged - c.Quarantined - c.OutOfScope - c.Outdated;
        int[] all = [c.Read, c.New, c.Changed, c.Unchanged, c.Ended, c.Quarantined, c.OutOfScope, c.Warnings, c.Outdated, report.WaitingFacts];
        return all.Any(n => n < 0) || endedWithRow < 0 || endedWithRow > c.Ended ? new("the counts add up", c.ToString())
            : report.Rejected.Count > Math.Max(c.Quarantined, c.Warnings) + c.Warnings ? new("what is put aside is counted", $"{report.Rejected.Count} lines, {c}")
            : null;
    }

    private static Finding? Told(string oracle, LigneRejetee ligne)
    {
        string[] parts = [ligne.Place, ligne.Rule, ligne.Problem, ligne.Remedy];
        return parts.Any(string.IsNullOrWhiteSpace) || !IsSentence(ligne.Problem) || !IsSentence(ligne.Remedy) ? new(oracle, ligne.ToString()) : null;
    }

    /// <summary>For people: not the text of an exception, and Unicode, or no client could be told.</summary>
    private static bool IsSentence(string text) =>
        text.Length is > 10 and < 2_000 && text.Contains(' ') && !text.Contains("Exception", StringComparison.Ordinal)
        && text.IsUnicode();

    private static bool IsUnicode(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            i += used - 1;
        }

        return true;
    }

    private static string Line(StoredEvent e) => $"{e.Actor} {e.Name} {Encoding.UTF8.GetString(e.Payload.Span)}";
}
