using System.Globalization;
using Cpom.TestKit;

namespace Cpom.Benchmarks;

/// <summary>
/// A part of a row in a process of its own: this same program, told "child", a name and its arguments. What it measured comes back as lines
/// "name value" on its output.
/// </summary>
internal sealed class Child : IDisposable
{
    /// <summary>Far more than any part takes on a loaded machine: past it the child is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly KeptProcess _process;
    private readonly Dictionary<string, TaskCompletionSource<double>> _said = [];
    private readonly Lock _lock = new();
    private bool _failed;

    private Child(IReadOnlyList<string> arguments) => _process = KeptProcess.Start(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "cpom-bench.dll"), "child", .. arguments], variables: null, Take);

    public static Child Start(params string[] arguments) => new(arguments);

    /// <summary>Called by the child: hands a figure to whoever started it.</summary>
    public static void Say(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:R}"));

    /// <summary>The figure of that name, once the child has said it.</summary>
    public async Task<double> Figure(string name)
    {
        try
        {
            return await Slot(name).Task.WaitAsync(Patience);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The child did not say {name}. It said:\n{_process.Printed}", failure);
        }
    }

    public void Dispose() => _process.Dispose();

    private void Take(string line)
    {
        if (line.StartsWith("Unhandled exception", StringComparison.Ordinal))
        {
            Fail();
        }

        var words = line.Split(' ');
        if (words.Length == 2 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            Slot(words[0]).TrySetResult(value);
        }
    }

    /// <summary>It will say nothing more: whoever waits, or asks later, is told.</summary>
    private void Fail()
    {
        lock (_lock)
        {
            _failed = true;
            foreach (var slot in _said.Values)
            {
                slot.TrySetCanceled();
            }
        }
    }

    private TaskCompletionSource<double> Slot(string name)
    {
        lock (_lock)
        {
            if (!_said.TryGetValue(name, out var slot))
            {
                slot = _said[name] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_failed)
                {
                    slot.TrySetCanceled();
                }
            }

            return slot;
        }
    }
}
