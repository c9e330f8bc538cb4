using System.Globalization;
using Cpom.Runtime;
using Cpom.TestKit;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>One run of the workload: a store, a server over it, the clients and watchers, and the checks of what they leave.</summary>
internal sealed class Stage : IDisposable
{
    private readonly string _folder;
    private readonly Delivery _structures;
    private readonly ImportClient _importer;
    private readonly int _seed;
    private readonly Turnstile _turnstile = new(SoakLimits.ContratClients + 1);
    private readonly List<string> _findings = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly int[] _rounds = new int[SoakLimits.ContratClients + 1];
    private Task[] _clients = [];
    private Task[] _watching = [];
    private int _playing = SoakLimits.ContratClients + 1;
    private volatile bool _isEnding;

    /// <param name="structures">The file that makes the clients' own entities known.</param>
    public Stage(string folder, SoakOptions options, string host, IReadOnlyList<Delivery> region, Delivery structures, LoopDisk? disk)
    {
        (_folder, _seed, _structures) = (Directory.CreateDirectory(folder).FullName, options.Seed, structures);
        Journal = new(Path.Combine(_folder, "journal.txt"));
        Store = SoakStore.Open(options.Store, _folder, disk);
        Platform = host == SoakOptions.Cluster ? new SiloCluster(Store, Journal, options.Seed) : new OneServer(Store, Journal);
        _importer = new(Platform, Journal, region);
        Watchers = [.. Enumerable.Range(0, SoakLimits.Watchers).Select(_ => new Watcher(Platform))];
    }

    public Journal Journal { get; }

    public SoakStore Store { get; }

    public Platform Platform { get; }

    public IReadOnlyList<Watcher> Watchers { get; }

    /// <summary>Rounds played by each client: another run plays as many.</summary>
    public IReadOnlyList<int> Rounds => _rounds;

    /// <summary>Completes when a client has met what must never be.</summary>
    public Task Failed => _failed.Task;

    /// <summary>The log as the newest check has read it.</summary>
    public IReadOnlyList<StoredEvent> Log { get; private set; } = [];

    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock)
            {
                return [.. _findings];
            }
        }
    }

    public void Find(params IEnumerable<string> findings)
    {
        lock (_lock)
        {
            _findings.AddRange(findings);
            if (_findings.Count > 0)
            {
                _failed.TrySetResult();
            }
        }
    }

    /// <summary>Starts the server, makes the clients' entities known, and lets clients and watchers begin.</summary>
    /// <param name="rounds">How many each plays; null: until <see cref="EndLoad"/>.</param>
    public async Task Begin(IReadOnlyList<int>? rounds, CancellationToken cancellation)
    {
        await Platform.Start(cancellation);
        await _importer.Import(_structures, cancellation);
        await Settle(cancellation);
        var holdings = await SoakRegion.Holdings(await Platform.Up(cancellation), cancellation);
        var played = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token).Token;
        var plays = Enumerable.Range(0, SoakLimits.ContratClients)
            .Select(client => new ContratClient(
                client, _seed, [.. holdings.Where((_, i) => i % SoakLimits.ContratClients == client)], new(Platform, Journal, $"client-{client}")))
            .Select(client => (Func<CancellationToken, Task>)client.PlayRound)
            .Append(_importer.PlayRound);
        _clients = [.. plays.Select((play, client) => Play(client, play, rounds?[client], played))];
        _watching = [.. Watchers.Select(watcher => Guard(() => watcher.Run(played), played))];
    }

    /// <summary>Completes when every client has played its rounds.</summary>
    public Task Played(CancellationToken cancellation) => Task.WhenAny(Task.WhenAll(_clients), Failed).WaitAsync(cancellation);

    /// <summary>The round under way is each client's last.</summary>
    public async Task EndLoad(CancellationToken cancellation)
    {
        _isEnding = true;
        await Task.WhenAny(Task.WhenAll(_clients), Failed).WaitAsync(SoakLimits.StepMax, cancellation);
    }

    /// <summary>
    /// Stops the clients between two rounds, lets every effect come to its end, compares what is served with what the log says, and reads the
    /// log with the server stopped. The server is started again.
    /// </summary>
    public async Task Check(CancellationToken cancellation)
    {
        await Task.WhenAny(_turnstile.Close(), Failed).WaitAsync(SoakLimits.StepMax, cancellation);
        if (Failed.IsCompleted)
        {
            return;
        }

        await Settle(cancellation);
        var connection = await Platform.Up(cancellation);
        var served = await Replica.Ask(connection, cancellation);
        var versions = (await Replica.Rows(connection, cancellation)).ToDictionary(row => row.Numero, row => long.Parse(row.Etag, CultureInfo.InvariantCulture));
        foreach (var watcher in Watchers)
        {
            Find(await watcher.WaitFor(versions, cancellation));
        }

        await Platform.Stop(cancellation);
        Log = await Store.ReadLog(cancellation);
        Find(LogChecks.All(Log, Journal.Commands, Journal.Files));
        Find(await Replica.Recompute(Log, served, Directory.CreateDirectory(Path.Combine(_folder, "recomputed")).FullName, cancellation));
        if (Platform.ResidentPeak > SoakLimits.ResidentBytesMax)
        {
            Find($"The server has held {Platform.ResidentPeak >> 20} MiB of memory.");
        }

        await Platform.Start(cancellation);
        _turnstile.Open(Volatile.Read(ref _playing));
    }

    /// <summary>Ends what still runs, and the server in order.</summary>
    public async Task End(CancellationToken cancellation)
    {
        await _ended.CancelAsync();
        await Task.WhenAll([.. _clients, .. _watching]).WaitAsync(SoakLimits.StepMax, cancellation);
        await Platform.Stop(cancellation);
    }

    public void Dispose()
    {
        _ended.Cancel();
        Platform.Dispose();
        Store.Dispose();
        Journal.Dispose();
    }

    /// <summary>An import waits until everything recorded before it has had its effects; a file that is known adds nothing of its own.</summary>
    private async Task Settle(CancellationToken cancellation)
    {
        for (long before = -1, last = 0; before != last;)
        {
            await _importer.Import(_structures, cancellation);
            var connection = await Platform.Up(cancellation);
            (before, last) = (last, await connection.Importer.Position(cancellation));
        }
    }

    private Task Play(int client, Func<CancellationToken, Task> play, int? roundsMax, CancellationToken cancellation) => Guard(
        async () =>
        {
            try
            {
                while (true)
                {
                    await _turnstile.Pass(cancellation);
                    if (_isEnding || _rounds[client] == roundsMax)
                    {
                        return;
                    }

                    await play(cancellation);
                    _rounds[client]++;
                }
            }
            finally
            {
                Interlocked.Decrement(ref _playing);
                _turnstile.Quit();
            }
        },
        cancellation);

    private async Task Guard(Func<Task> run, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(run, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // The run has ended, and with it the calls under way.
        }
        catch (ViolationException violation)
        {
            Find(violation.Message);
        }
#pragma warning disable CA1031 // A client that fails for whatever reason is a finding, and the run tells it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Find($"A client failed: {failure}");
        }
    }
}
