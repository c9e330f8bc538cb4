using Cpom.Cli.Import;
using Cpom.Intake;

namespace Cpom.Cli.Render;

/// <summary>What became of files and acts.</summary>
internal static class IntakeTables
{
    private static readonly Column[] ReportColumns =
    [
        new("Fichier", "file_name"), new("Nature", "kind"), new("Jour", "snapshot_on"), new("Lues", "read", true), new("Nouvelles", "new", true),
        new("Changées", "changed", true), new("Inchangées", "unchanged", true), new("Terminées", "ended", true), new("Périmées", "outdated", true), new("Quarantaine", "quarantined", true),
        new("Hors champ", "out_of_scope", true), new("Conseils", "warnings", true), new("En attente", "waiting_facts", true),
        new("Durée", "seconds", true), new("Remarque", "remark"),
    ];

    private static readonly Column[] RejectedColumns =
    [
        new("Fichier", "file_name"), new("Endroit", "place"), new("Règle", "rule"), new("Problème", "problem"), new("Que faire", "remedy"),
    ];

    private static readonly Column[] AlertColumns =
    [
        new("Entité", "entite"), new("Nom", "nom"), new("Dép.", "departement"), new("GHT", "ghts"), new("Nature", "partie"), new("Règle", "rule"), new("Raison", "reason"),
    ];

    private static readonly Column[] QuarantineColumns =
    [
        new("Quoi", "kind"), new("Fichier ou numéro", "name"), new("Lignes", "lines", true), new("Reçu le", "received_at"), new("SHA-256", "sha256"),
    ];

    private static readonly Column[] ActColumns =
    [
        new("N°", "rank", true), new("Ligne", "ligne_id"), new("Résultat", "outcome"), new("Raison", "reason"),
    ];

    public static Grid Results(IEnumerable<ImportResult> results) => new(ReportColumns, [.. results.Select(Result)]);

    public static Grid Rejected(IEnumerable<(string File, RejectedLine Line)> lines) => new(
        RejectedColumns,
        [.. lines.Select(r => (IReadOnlyList<Cell>)[r.File, r.Line.Place, r.Line.Rule, r.Line.Problem, r.Line.Remedy])]);

    public static Grid Alerts(IEnumerable<Alert> alerts) => new(
        AlertColumns,
        [
            .. from alert in alerts
            from why in Reasons(alert)
            select (IReadOnlyList<Cell>)[alert.Entite, alert.Nom, alert.Departement, string.Join(' ', alert.Ghts), Words.PartieCell(alert.Partie), why.Rule, why.Reason],
        ]);

    private static IEnumerable<(string Rule, string Reason)> Reasons(Alert alert) =>
    [
        .. alert.Obligation is { } obligation ? [(obligation.Rule, obligation.Reason)] : Array.Empty<(string, string)>(),
        .. alert.Fir.Select(fir => ("L-09", $"FIR {fir.Campagne} : {Words.Euros(fir.Montant).Text} sans contrat ni convention")),
    ];

    public static Grid Quarantine(IEnumerable<QuarantineEntry> entries) => new(QuarantineColumns, [.. entries.Select(Quarantined)]);

    public static Grid Acts(IEnumerable<ActAnswer> answers) => new(
        ActColumns,
        [
            .. answers.Select((answer, i) => (IReadOnlyList<Cell>)
                [Words.CountCell(i + 1), answer.LigneId, Outcome(answer.Outcome), Failures.Describe(answer)]),
        ]);

    private static IReadOnlyList<Cell> Result(ImportResult result)
    {
        var report = result.Report ?? new ImportReport { Kind = result.Task.File.Kind?.ToString() ?? "" };
        var counts = report.Counts ?? new ImportCounts();
        return
        [
            result.Task.File.Name, KindCell(report.Kind), report.SnapshotOn, Words.CountCell(counts.Read), Words.CountCell(counts.New),
            Words.CountCell(counts.Changed), Words.CountCell(counts.Unchanged), Words.CountCell(counts.Ended), Words.CountCell(counts.Outdated, Tone.Attention), Words.CountCell(counts.Quarantined, Tone.Attention),
            Words.CountCell(counts.OutOfScope), Words.CountCell(counts.Warnings), Words.CountCell(report.WaitingFacts, Tone.Attention),
            Words.Seconds(result.Elapsed), Remark(result),
        ];
    }

    private static Cell Remark(ImportResult result) => result switch
    {
        { Failure: not null } => new Cell("REFUSÉ", "refused", Tone.Bad),
        { Task.Sign: true } => new Cell("signatures", "signed"),
        { Report.AlreadyIntegrated: true } => new Cell("déjà intégré", "already_integrated"),
        _ => new Cell(""),
    };

    private static IReadOnlyList<Cell> Quarantined(QuarantineEntry entry) => entry.EntryCase switch
    {
        QuarantineEntry.EntryOneofCase.File =>
        [
            new Cell("lignes mises de côté", "file"), entry.File.FileName, Words.CountCell(entry.File.Lines), Words.Instant(entry.File.ReceivedAt), entry.File.Sha256,
        ],
        QuarantineEntry.EntryOneofCase.Waiting =>
        [
            entry.Waiting.IsEntite ? new Cell("faits d'une entité inconnue", "entite") : new Cell("faits d'un site inconnu", "site"),
            entry.Waiting.Finess, Words.CountCell(entry.Waiting.Facts), "", "",
        ],
        QuarantineEntry.EntryOneofCase.Refused =>
        [
            new Cell($"faits refusés, site de {entry.Refused.Entite} ({entry.Refused.Rule})", "refused"), entry.Refused.Finess, Words.CountCell(entry.Refused.Facts), "", "",
        ],
        _ => ["", "", "", "", ""],
    };

    // "notifications HAPI (MEN_HAPI, CSV)": a table has room for what stands before the parenthesis.
    private static Cell KindCell(string kind) =>
        Enum.TryParse<FileKind>(kind, out var known) ? new Cell(FileKinds.NameOf(known).Split(" (")[0], kind) : new Cell(kind);

    private static Cell Outcome(ActOutcome outcome) => outcome switch
    {
        ActOutcome.Recorded => new Cell("enregistré", "recorded", Tone.Good),
        ActOutcome.NothingNew => new Cell("déjà connu", "nothing_new"),
        ActOutcome.Waiting => new Cell("en attente de sa structure", "waiting", Tone.Attention),
        ActOutcome.Refused => new Cell("refusé", "refused", Tone.Bad),
        ActOutcome.Busy => new Cell("occupé, à renvoyer", "busy", Tone.Attention),
        _ => new Cell(""),
    };
}
