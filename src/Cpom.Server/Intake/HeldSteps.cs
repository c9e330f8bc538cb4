using Cpom.Intake;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>What a file that is being read for the first time asks of the platform and that it has not done already. It waits for the end of the file, so many rows at most.</summary>
internal sealed class HeldSteps(ImportRun run, int rowsMax)
{
    private readonly List<ImportStep> _steps = [];
    private readonly HashSet<long> _parts = [];
    private int _rows;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ImportStep> Steps => _steps;

    /// <summary>False when one more may not wait.</summary>
    public bool Take(ImportStep step) => step switch
    {
        ImportStep.Send send => IsDone(send) || Hold(send, Math.Max(send.Lignes, 1)),
        ImportStep.Barrier => Hold(step, 1),
        _ => true,
    };

    /// <summary>A row that says again what is known holds all the same after another one of its part: the last of them counts.</summary>
    private bool IsDone(ImportStep.Send send)
    {
        if (KnownStatements.Of(send.Id, send.Command) is not { } statement)
        {
            return false;
        }

        if (!_parts.Contains(statement.Key) && run.IsDone(send, statement))
        {
            return true;
        }

        _parts.Add(statement.Key);
        return false;
    }

    private bool Hold(ImportStep step, int rows)
    {
        _rows += rows;
        _steps.Add(step);
        return _rows <= rowsMax;
    }
}
