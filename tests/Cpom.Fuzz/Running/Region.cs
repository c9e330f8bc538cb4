using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.Sample;
using Cpom.Server;
using Cpom.TestKit;

namespace Cpom.Fuzz;

/// <summary>The smallest sample region: its files, and the log of a node that has imported its first day. Made once, copied into every case.</summary>
internal sealed class Region
{
    /// <summary>As few acts as still have one of each kind: a case costs what its region costs.</summary>
    private static readonly SampleScale Tiny = new()
    {
        Name = "tiny",
        Entites = [("epsm", 2), ("clinique-psy", 1), ("espic-smr", 1), ("had", 1)],
        Departements = ["75", "93"],
        Sites = 7,
        MultiSites = 2,
        GiantSites = 0,
        MedicoSocialSites = 1,
        Ghts = 1,
        Contrats = 6,
        WithoutContrat = 1,
        DailyVolume = 1,
        LignesCirculaire = 10,
    };

    private static readonly Lazy<Task<Region>> Made = new(Make);

    private readonly IReadOnlyList<StoredEvent> _log;
    private readonly IReadOnlyDictionary<string, long> _checkpoints;

    private Region(IReadOnlyList<SampleFile> files, IReadOnlyList<StoredEvent> log, IReadOnlyDictionary<string, long> checkpoints) =>
        (Files, _log, _checkpoints) = (files, log, checkpoints);

    public static Task<Region> Get => Made.Value;

    /// <summary>What the node has recorded.</summary>
    public IReadOnlyList<StoredEvent> Log => _log;

    /// <summary>Of the first day and of the day after, then the real extracts where they are at hand.</summary>
    public IReadOnlyList<SampleFile> Files { get; }

    /// <summary>A store that holds what a node of this region has recorded.</summary>
    public async Task<IEventStore> Store()
    {
        var store = new InMemoryEventStore();
        await store.Append([.. _log.Select(e => new Append(e.Actor, e.Version - 1, [new(e.Name, e.Payload, e.ValidOn)], e.Provenance))], default);
        foreach (var (name, position) in _checkpoints)
        {
            await store.WriteCheckpoint(name, position, default);
        }

        return store;
    }

    private static async Task<Region> Make()
    {
        using var folder = new TemporaryFolder();
        var summary = SampleRegion.Write(new() { Directory = folder.Path, Scale = Tiny, Days = 1 });
        var inner = new InMemoryEventStore();
        var store = new Checkpointed(inner);
        await using var node = new RunningNode(store);
        var files = new List<SampleFile>();
        foreach (var day in summary.Days)
        {
            foreach (var path in Directory.GetFiles(day.Directory).OrderBy(OrderOf).ThenBy(p => p, StringComparer.Ordinal))
            {
                files.Add(new(Path.GetFileName(path), await File.ReadAllBytesAsync(path)));
                if (day.Number == 0)
                {
                    await node.Import(path, files[^1].Name, complete: false, sign: true);
                }
            }
        }

        return new([.. files, .. SampleFile.Shared()], await inner.ReadLog(0, int.MaxValue, default), store.Checkpoints);
    }

    /// <summary>Structures before what they are needed for.</summary>
    private static int OrderOf(string path) =>
        Path.GetFileName(path) switch
        {
            var n when n.Contains("structures", StringComparison.Ordinal) => 0,
            "contrats.csv" => 2,
            "engagements.csv" => 3,
            _ => 1,
        };

    private sealed class Checkpointed(IEventStore inner) : StoreDouble(inner)
    {
        private readonly Dictionary<string, long> _checkpoints = [];

        public IReadOnlyDictionary<string, long> Checkpoints => _checkpoints;

        public override Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
        {
            _checkpoints[name] = position;
            return base.WriteCheckpoint(name, position, cancellation);
        }
    }
}

/// <summary>A node over a store, followed by its relay and replica, as the server runs it.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    /// <summary>Evidence is missing after this; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningNode(IEventStore store, Func<CpomNode, IFileImporter>? importer = null)
    {
        Node = CpomNode.Over(store, new ManualTime(new(2026, 10, 2, 8, 0, 0, TimeSpan.Zero)), refused => { lock (Refused) { Refused.Add(refused); } });
        Importer = importer?.Invoke(Node) ?? new FileImporter(Node);
        _running = Task.WhenAll(Node.RunRelay(_stop.Token), Node.RunPortfolio(_stop.Token));
    }

    public CpomNode Node { get; }

    public IFileImporter Importer { get; }

    /// <summary>What actors refused to the relay.</summary>
    public List<RelayRefusal> Refused { get; } = [];

    public async Task<ImportReport> Import(string path, string name, bool complete, bool sign, IProgress<ImportProgress>? progress = null)
    {
        var report = await Watch(Importer.Import(path, name, new(complete, sign, "fuzz"), progress ?? new Progress<ImportProgress>(), default));
        await Settle();
        return report;
    }

    /// <summary>Until nothing that was recorded asks for anything more, and the view shows all of it.</summary>
    public async Task Settle()
    {
        long last;
        do
        {
            last = await Node.Store.LastPosition(default);
            await Watch(Node.Settle(last, default));
        }
        while (await Node.Store.LastPosition(default) > last);

        await Watch(Node.Portfolio.WaitFor(last, default));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await Node.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>A relay or replica that has died says why, instead of keeping everybody waiting.</summary>
    private async Task<T> Watch<T>(Task<T> wait)
    {
        await Watch((Task)wait);
        return await wait;
    }

    private async Task Watch(Task wait)
    {
        if (await Task.WhenAny(wait, _running).WaitAsync(Patience) == _running)
        {
            await _running;
        }

        await wait;
    }
}
