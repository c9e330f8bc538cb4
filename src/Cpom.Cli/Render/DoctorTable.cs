using Cpom.Cli.Doctor;

namespace Cpom.Cli.Render;

internal static class DoctorTable
{
    private static readonly Column[] Columns = [new("Point", "what"), new("État", "state"), new("Constat", "detail")];

    public static Grid Of(IEnumerable<Check> checks) => new(Columns, [.. checks.Select(check => (IReadOnlyList<Cell>)[check.What, State(check.State), check.Detail])]);

    public static int CodeOf(IReadOnlyList<Check> checks) =>
        checks.Any(check => check.State == CheckState.Broken) ? ExitCodes.Refused
        : checks.Any(check => check.State == CheckState.Unreachable) ? ExitCodes.Unreachable
        : ExitCodes.Done;

    private static Cell State(CheckState state) => state switch
    {
        CheckState.Fine => new Cell("bon", "fine", Tone.Good),
        CheckState.Note => new Cell("à savoir", "note"),
        CheckState.Broken => new Cell("EN PANNE", "broken", Tone.Bad),
        CheckState.Unreachable => new Cell("INJOIGNABLE", "unreachable", Tone.Bad),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word for this state."),
    };
}
