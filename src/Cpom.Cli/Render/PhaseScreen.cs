using Cpom.Storage.Backups;
using Spectre.Console;

namespace Cpom.Cli.Render;

/// <summary>One bar for each phase of a backup or a restore. On the error stream, and nothing at all where nobody watches.</summary>
internal sealed class PhaseScreen : IProgress<BackupProgress>
{
    private readonly ProgressContext _drawn;
    private readonly Dictionary<BackupPhase, ProgressTask> _bars = [];

    private PhaseScreen(ProgressContext drawn) => _drawn = drawn;

    public static Task<T> Show<T>(Terminal terminal, Func<IProgress<BackupProgress>?, Task<T>> work) => terminal.IsErrorRich
        ? terminal.RichError.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(drawn => work(new PhaseScreen(drawn)))
        : work(null);

    public void Report(BackupProgress value)
    {
        if (!_bars.TryGetValue(value.Phase, out var bar))
        {
            _bars[value.Phase] = bar = _drawn.AddTask(BackupText.Of(value.Phase), maxValue: 1);
        }

        bar.Value = value.Total > 0 ? (double)value.Done / value.Total : 1;
    }
}
