namespace Cpom.Cli.Render;

internal static class HistoryTables
{
    private static readonly Column[] Columns =
    [
        new("Position", "log_position", true), new("Connu le", "recorded_at"), new("Effet", "valid_on"), new("Événement", "event"),
        new("Description", "description"), new("Auteur", "author"), new("Preuve", "proof"),
    ];

    public static Grid Of(IEnumerable<HistoryEvent> events) => new(
        Columns,
        [
            .. events.Select(e => (IReadOnlyList<Cell>)
            [
                Words.CountCell(e.LogPosition), Words.Instant(e.RecordedAt), e.ValidOn, e.Event, e.Description, e.Author, ProofText.Of(e.Cause),
            ]),
        ]);
}
