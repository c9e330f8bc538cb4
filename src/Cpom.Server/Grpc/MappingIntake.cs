using Cpom.Domain.Flux;
using Cpom.Runtime.Intake;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Import reports and quarantine as the protocol shows them. Pure.</summary>
internal static class MappingIntake
{
    public static V1.ImportReport ToProto(ImportReport report, string fileName, DateTimeOffset receivedAt)
    {
        var message = new V1.ImportReport
        {
            FileName = fileName,
            Sha256 = report.Sha256,
            Kind = report.Kind,
            SnapshotOn = Text.Day(report.SnapshotOn),
            AlreadyIntegrated = report.AlreadyIntegrated,
            Counts = ToProto(report.Counts),
            WaitingFacts = report.WaitingFacts,
            ReceivedAt = MappingCommon.ToProto(receivedAt),
            LogPosition = report.Position,
        };
        message.Rejected.AddRange(report.Rejected.Take(ImportReport.RejectedMax).Select(ToProto));
        message.Advice.AddRange(report.Advice.Select(ToProto));
        return message;
    }

    /// <summary>What the file held, and what the facts that quote it changed: also those that had to wait, once they are applied.</summary>
    public static V1.ImportCounts ToProto(FichierCounts counts, FichierRow? row) => new()
    {
        Read = counts.Read,
        New = row?.New ?? 0,
        Changed = row?.Changed ?? 0,
        Outdated = counts.Outdated ?? 0,
        Unchanged = Math.Max(0, counts.Read - counts.OutOfScope - counts.Rejected - (counts.Outdated ?? 0) - (row is null ? 0 : row.New + row.Changed + row.Held + row.Refused)),
        Ended = row?.Ended ?? 0,
        Quarantined = counts.Rejected + (row is null ? 0 : row.Held + row.Refused),
        OutOfScope = counts.OutOfScope,
        Warnings = counts.Warnings,
    };

    public static V1.ImportCounts ToProto(RapportCounts counts) => new()
    {
        Read = counts.Read,
        New = counts.New,
        Changed = counts.Changed,
        Unchanged = counts.Unchanged,
        Ended = counts.Ended,
        Quarantined = counts.Quarantined,
        OutOfScope = counts.OutOfScope,
        Warnings = counts.Warnings,
        Outdated = counts.Outdated,
    };

    public static V1.RejectedLine ToProto(LigneRejetee ligne) => new()
    {
        Place = ligne.Place,
        Rule = ligne.Rule,
        Problem = ligne.Problem,
        Remedy = ligne.Remedy,
    };

    /// <summary>Files first, newest first; then waiting numbers. The key is what a page continues after.</summary>
    public static IEnumerable<(string Key, V1.QuarantineEntry Entry)> Quarantine(PortfolioView view) =>
    [
        .. view.Fichiers.Values
            .Where(f => f.Rejected > 0)
            .Select(f => ($"0{long.MaxValue - f.ReceivedAt.UtcTicks:D19}{f.Sha256}", ToProto(f)))
            .OrderBy(p => p.Item1, StringComparer.Ordinal),
        .. view.Entites.Values
            .Where(e => !e.Known && e.Held > 0)
            .Select(e => ($"1{e.Finess}", Waiting(e.Finess, isEntite: true, e.Held))),
        .. view.Sites.Values
            .Where(s => !s.Known && s.Held > 0)
            .Select(s => ($"2{s.Finess}", Waiting(s.Finess, isEntite: false, s.Held))),
        .. view.Sites.Values
            .Where(s => s.Refused > 0)
            .Select(s => ($"3{s.Finess}", Refused(s))),
    ];

    private static V1.QuarantineEntry ToProto(FichierRow fichier) => new()
    {
        File = new()
        {
            FileName = fichier.Name,
            Sha256 = fichier.Sha256,
            Kind = fichier.Kind,
            Lines = fichier.Rejected,
            ReceivedAt = MappingCommon.ToProto(fichier.ReceivedAt),
        },
    };

    private static V1.QuarantineEntry Waiting(string finess, bool isEntite, int facts) => new()
    {
        Waiting = new() { Finess = finess, IsEntite = isEntite, Facts = facts },
    };

    private static V1.QuarantineEntry Refused(SiteRow site) => new()
    {
        Refused = new() { Finess = site.Finess, Entite = site.Entite, Facts = site.Refused, Rule = "R-004" },
    };
}
