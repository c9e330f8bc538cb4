using System.Diagnostics;
using System.Globalization;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>Strikes one fault after the other by lot, and kills the server between them, until the run has had its time or its kills.</summary>
internal sealed class Disturbance(Stage stage, FaultPlan plan, SoakOptions options)
{
    private const int AcknowledgedMax = 12;
    private const int PositionsMax = 60;
    private const int WritesMax = 40;

    private readonly Random _random = new(options.Seed);
    private readonly SortedDictionary<string, int> _struck = new(StringComparer.Ordinal);
    private readonly long _started = Stopwatch.GetTimestamp();
    private Queue<Fault> _deck = new();
    private int _checked;
    private int _said;

    /// <summary>kill -9 of the server, by the moment, and every other fault: how often.</summary>
    public IReadOnlyDictionary<string, int> Struck => _struck;

    public int Kills { get; private set; }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    private bool IsOver => stage.Failed.IsCompleted
        || (options.Kills is { } kills && Kills >= kills)
        || (options.Minutes is { } minutes && Elapsed.TotalMinutes >= minutes);

    public async Task Run(CancellationToken cancellation)
    {
        while (!IsOver)
        {
            if (_random.Next(6) == 0)
            {
                await Strike(Draw(), cancellation);
            }

            await Kill(cancellation);
            if (Kills / SoakLimits.CheckEveryKills > _checked)
            {
                _checked = Kills / SoakLimits.CheckEveryKills;
                Console.WriteLine($"soak: checking everything after {Kills} kills");
                await stage.Check(cancellation);
            }

            Tell();
        }

        // A short run too has every fault that the machine has.
        foreach (var fault in plan.Faults.Where(fault => !_struck.ContainsKey(fault.Name)))
        {
            if (!stage.Failed.IsCompleted && !cancellation.IsCancellationRequested)
            {
                await Strike(fault, cancellation);
            }
        }
    }

    /// <summary>By lot, each as often as the others: those that are left of a shuffled deck.</summary>
    private Fault Draw()
    {
        if (_deck.Count == 0)
        {
            var faults = plan.Faults.ToArray();
            _random.Shuffle(faults);
            _deck = new(faults);
        }

        return _deck.Dequeue();
    }

    private Task Strike(string name, Func<CancellationToken, Task> strike, CancellationToken cancellation) => Strike(new Fault(name, (_, token) => strike(token)), cancellation);

    private async Task Kill(CancellationToken cancellation)
    {
        var moment = _random.Next(3);
        await (moment switch
        {
            0 => Strike("kill -9 at a log position", KillAtPosition, cancellation),
            1 => Strike("kill -9 while the store writes", KillWhileWriting, cancellation),
            _ => Strike("kill -9 after acknowledgements", KillAfterAcknowledgements, cancellation),
        });
        if (stage.Failed.IsCompleted)
        {
            return;
        }

        Kills++;
        if (_random.Next(10) == 0)
        {
            await Strike("kill -9 while starting", stage.Platform.StartAndKill, cancellation);
            Kills++;
        }

        await stage.Platform.Start(cancellation);
    }

    private async Task KillAfterAcknowledgements(CancellationToken cancellation)
    {
        await stage.Journal.WaitFor(_random.Next(1, AcknowledgedMax)).WaitAsync(cancellation);
        await stage.Platform.Kill();
    }

    /// <summary>Effects count too: some of these moments are in the midst of the relay's work.</summary>
    private async Task KillAtPosition(CancellationToken cancellation)
    {
        var connection = await stage.Platform.Up(cancellation);
        try
        {
            await connection.Importer.WaitFor(stage.Journal.Position + _random.Next(1, PositionsMax), cancellation);
        }
        catch (RpcException broken) when (Connection.IsBroken(broken) && !cancellation.IsCancellationRequested)
        {
            // The position was not reached in the time that the server waits: any moment is a good one.
        }

        await stage.Platform.Kill();
    }

    /// <summary>In the midst of a transaction: as soon as the store's files have been written to so many times.</summary>
    private async Task KillWhileWriting(CancellationToken cancellation)
    {
        var left = _random.Next(1, WritesMax);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(stage.Store.WrittenFolder) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Changed += (_, _) =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                written.SetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        await written.Task.WaitAsync(cancellation);
        await stage.Platform.Kill();
    }

    /// <summary>A fault that does not come to its end, or after which nothing goes on, is a finding.</summary>
    private async Task Strike(Fault fault, CancellationToken cancellation)
    {
        _struck[fault.Name] = _struck.GetValueOrDefault(fault.Name) + 1;
        stage.Journal.Say($"fault: {fault.Name}");
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var struck = fault.Strike(_random, within.Token);
        Task either = Task.WhenAny(struck, stage.Failed);
        await either.WaitAsync(fault.Max, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (struck.IsCompleted)
        {
            await struck;
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        if (!stage.Failed.IsCompleted)
        {
            stage.Find($"{fault.Name}: it has not come to its end in {fault.Max}. It said:\n{stage.Platform.Printed}");
        }

        await within.CancelAsync();
        await struck.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tell()
    {
        if ((int)Elapsed.TotalMinutes > _said)
        {
            _said = (int)Elapsed.TotalMinutes;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"soak: minute {_said}, {Kills} kills, {stage.Journal.Count} acknowledged, {stage.Journal.Broken} broken calls, position {stage.Journal.Position}, newest start {stage.Platform.Recoveries[^1].TotalSeconds:0.00} s"));
        }
    }
}
