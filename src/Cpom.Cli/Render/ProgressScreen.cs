using Cpom.Cli.Import;
using Spectre.Console;

namespace Cpom.Cli.Render;

/// <summary>A bar for each file under way, with its rate and the time left. On the error stream, and nothing at all where nobody watches.</summary>
internal sealed class ProgressScreen
{
    private readonly ProgressContext? _drawn;

    private ProgressScreen(ProgressContext? drawn) => _drawn = drawn;

    public static Task Show(Terminal terminal, Func<ProgressScreen, Task> work) => terminal.IsErrorRich
        ? terminal.RichError.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(drawn => work(new ProgressScreen(drawn)))
        : work(new ProgressScreen(null));

    public FileProgress Begin(ImportTask task, TimeProvider time) => new(task, time, _drawn?.AddTask(Markup.Escape(task.File.Name), maxValue: 1));

    /// <summary>One file's bar. The server counts each phase from its own start.</summary>
    internal sealed class FileProgress(ImportTask task, TimeProvider time, ProgressTask? drawn) : IProgress<ImportProgress>, IDisposable
    {
        private ImportPhase _phase;
        private long _started = time.GetTimestamp();

        public void Report(ImportProgress value)
        {
            if (drawn is null)
            {
                return;
            }

            if (value.Phase != _phase)
            {
                (_phase, _started) = (value.Phase, time.GetTimestamp());
            }

            drawn.Value = value.BytesTotal > 0 ? (double)value.BytesRead / value.BytesTotal : 0;
            drawn.Description = Markup.Escape($"{task.File.Name} {ProgressText.Of(value, time.GetElapsedTime(_started))}");
        }

        public void Dispose()
        {
            if (drawn is not null)
            {
                drawn.Value = drawn.MaxValue;
                drawn.Description = Markup.Escape(task.File.Name);
                drawn.StopTask();
            }
        }
    }
}
