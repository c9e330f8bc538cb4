using System.Diagnostics;

namespace Cpom.TestKit;

/// <summary>
/// A program that cannot outlive the test run: a shell starts it and waits on a pipe from this process; however this process ends, the pipe
/// closes and the shell kills the program. What it prints is read as it comes, and its newest lines are kept to explain a failure.
/// </summary>
public sealed class KeptProcess : IDisposable
{
    private const int LinesKeptMax = 200;

    /// <summary>
    /// The program tells its number before anything else, reads nothing, and ends at the latest with this shell, with whatever it has started itself: it leads
    /// a group of its own. The shell gives its own output up, so that the end of the output is that of the program. A signal to the test run reaches the shell,
    /// which then does what the end of the pipe would have it do: it does not leave the program behind.
    /// </summary>
    private const string Script =
        "trap : INT TERM HUP; setsid sh -c 'echo $$; exec \"$@\"' sh \"$@\" </dev/null & exec >&- 2>&-; read -r order; if [ \"$order\" = stop ]; then kill -TERM $!; else kill -9 -- -$! || kill -9 $!; fi 2>/dev/null; wait";

    private readonly Process _shell;
    private readonly Queue<string> _kept = new();
    private readonly Action<string>? _said;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;

    private KeptProcess(Process shell, Action<string>? said)
    {
        (_shell, _said) = (shell, said);
        shell.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        shell.ErrorDataReceived += (_, line) => Take(line.Data);
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
    }

    /// <summary>The newest lines that the program has printed.</summary>
    public string Printed
    {
        get
        {
            lock (_kept)
            {
                return string.Join('\n', _kept);
            }
        }
    }

    /// <summary>The process id of the program.</summary>
    public Task<int> Id => _id.Task;

    /// <summary>Completes when the program has said its last.</summary>
    public Task Ended => _ended.Task;

    /// <param name="said">Told of each line that the program prints, one at a time.</param>
    public static KeptProcess Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null, Action<string>? said = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, said);
    }

    /// <summary>Sends a signal, by its name without SIG, to the program alone.</summary>
    public async Task Signal(string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{name} {await Id}"]))!;
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL: the program has no say. Returns when it is gone.</summary>
    public void Kill()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
    }

    /// <summary>SIGTERM, and waits until the program has ended of its own will.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        await _shell.StandardInput.WriteLineAsync("stop".AsMemory(), cancellation);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(cancellation);
    }

    /// <summary>May be called again.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Kill();
            _shell.Dispose();
        }
    }

    private void TakeOutput(string? line)
    {
        if (line is null)
        {
            _ended.TrySetResult();
        }

        if (_id.Task.IsCompleted)
        {
            Take(line);
        }
        else if (int.TryParse(line, out var id))
        {
            _id.SetResult(id);
        }
        else
        {
            _id.TrySetException(new InvalidOperationException("The program did not start."));
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_kept)
        {
            _kept.Enqueue(line);
            if (_kept.Count > LinesKeptMax)
            {
                _kept.Dequeue();
            }

            _said?.Invoke(line);
        }
    }
}
