using System.Globalization;

namespace Cpom.Soak;

/// <summary>A command that the platform has acknowledged, and what it must have left in the log.</summary>
/// <param name="RequestId">In the cause of every event that the command made.</param>
/// <param name="Actor">Whose history they are in.</param>
/// <param name="Events">Stored name of an event → how many of it the command makes, exactly.</param>
/// <param name="Position">What the platform answered.</param>
/// <param name="Attempts">How often it was sent: all but the last had no answer.</param>
public sealed record Acknowledged(string RequestId, string Actor, IReadOnlyDictionary<string, int> Events, long Position, int Attempts);

/// <summary>A file whose report was received.</summary>
public sealed record ImportedFile(string Name, string Sha256, long Position);

/// <summary>What the clients know for sure. Kept in memory, where no fault reaches it, and written to a file for people.</summary>
internal sealed class Journal(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file = new(path) { AutoFlush = true };
    private readonly List<Acknowledged> _commands = [];
    private readonly List<ImportedFile> _files = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The newest position that any client was answered.</summary>
    public long Position { get; private set; }

    /// <summary>The longest that a command waited to be acknowledged, from when it was first sent.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Calls whose answer never came.</summary>
    public int Broken { get; private set; }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _commands.Count + _files.Count;
            }
        }
    }

    public IReadOnlyList<Acknowledged> Commands
    {
        get
        {
            lock (_lock)
            {
                return [.. _commands];
            }
        }
    }

    public IReadOnlyList<ImportedFile> Files
    {
        get
        {
            lock (_lock)
            {
                return [.. _files];
            }
        }
    }

    /// <param name="waited">Since it was first sent.</param>
    public void Add(Acknowledged command, TimeSpan waited) => Add(
        command.Position,
        string.Create(CultureInfo.InvariantCulture, $"acknowledged {command.RequestId} at {command.Position}, attempt {command.Attempts}, after {waited.TotalSeconds:0.0} s"),
        () =>
        {
            _commands.Add(command);
            LongestWait = waited > LongestWait ? waited : LongestWait;
        });

    public void Add(ImportedFile file) => Add(file.Position, $"imported {file.Name} {file.Sha256} at {file.Position}", () => _files.Add(file));

    public void AddBroken(string requestId, string why)
    {
        lock (_lock)
        {
            Broken++;
            _broken.SetResult();
            _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _file.WriteLine($"{Now} unknown {requestId}: {why.ReplaceLineEndings(" ")}");
        }
    }

    public void Say(string what)
    {
        lock (_lock)
        {
            _file.WriteLine($"{Now} {what}");
        }
    }

    /// <summary>Completes after that many more acknowledgements.</summary>
    public Task WaitFor(int more)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_commands.Count + _files.Count + more, reached));
            return reached.Task;
        }
    }

    /// <summary>Completes when the next call breaks.</summary>
    public Task WaitForBroken()
    {
        lock (_lock)
        {
            return _broken.Task;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Now => DateTime.UtcNow.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private void Add(long position, string line, Action add)
    {
        lock (_lock)
        {
            add();
            Position = Math.Max(Position, position);
            _file.WriteLine($"{Now} {line}");
            var count = _commands.Count + _files.Count;
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= count))
            {
                reached.SetResult();
            }

            _waiting.RemoveAll(w => w.Count <= count);
        }
    }
}
