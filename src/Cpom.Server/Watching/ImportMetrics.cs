using System.Diagnostics.Metrics;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>What is told of files on their way in.</summary>
internal static class ImportMetrics
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Counter<long> Lines = Meter.CreateCounter<long>("cpom.import.lines", "{line}", "Lines read of received files, by kind of file.");

    private static readonly Counter<long> Files = Meter.CreateCounter<long>("cpom.import.files", "{file}", "Files by what became of them: recorded, known (had been before), refused.");

    public static void Read(FileKind kind, int lines)
    {
        if (lines > 0)
        {
            Lines.Add(lines, new KeyValuePair<string, object?>("kind", kind.ToString()));
        }
    }

    public static void Ended(ImportReport report) =>
        Files.Add(1, new KeyValuePair<string, object?>("result", report.Refused is not null ? "refused" : report.AlreadyIntegrated ? "known" : "recorded"));
}
