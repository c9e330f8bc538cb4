using System.Diagnostics.Metrics;
using Cpom.Runtime;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What of a node is read when somebody asks, and costs nothing while nobody does.</summary>
internal sealed class NodeMeter : IDisposable
{
    /// <summary>Longest ages, in days, of the items counted together: what is older is in none.</summary>
    private static readonly int[] AgesInDays = [7, 30, 90, 180, 365];

    private readonly Meter _meter = new(Telemetry.Name);
    private readonly CpomNode _node;
    private readonly Vitals _vitals;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;

    public NodeMeter(CpomNode node, Vitals vitals, Readiness readiness, ServerOptions options, TimeProvider time)
    {
        (_node, _vitals, _options, _time) = (node, vitals, options, time);
        Gauge("cpom.ready", "", "1 when callers should be sent here.", () => readiness.Missing.Count == 0 ? 1 : 0);
        AddActors();
        AddLog();
        AddDisk();
        if (options.Host != HostRole.Gateway)
        {
            _meter.CreateObservableGauge("cpom.relay.lag", Lags, "{position}", "Positions of the log that a partition of the relay is behind.");
        }

        if (options.Host != HostRole.Silo)
        {
            AddPortfolio();
        }

        if (options.Host != HostRole.Embedded)
        {
            _meter.CreateObservableGauge("cpom.cluster.silos", () => Known(_vitals.Signs.Silos), "{silo}", "Silos that take part in the cluster.");
            Gauge("cpom.cluster.silos.wanted", "{silo}", "Silos that there should be at least (CPOM_SILOS_WANTED).", () => options.SilosWanted);
        }
    }

    public void Dispose() => _meter.Dispose();

    private void AddActors()
    {
        if (_options.Host == HostRole.Gateway)
        {
            return;
        }

        Gauge("cpom.actors.resident", "{actor}", "Actors in memory.", () => _node.Local.Residents);
        Gauge("cpom.mailbox.depth", "{command}", "Commands that wait or are being done, at all actors of the process.", () => _node.Local.Depth().All);
        Gauge("cpom.mailbox.depth.max", "{command}", "The same at the actor that has most.", () => _node.Local.Depth().Most);
        Gauge("cpom.mailbox.limit", "{command}", "What one actor may have of them; one more is answered busy.", () => _node.Local.MailboxMax);
        Gauge("cpom.append.waiting", "{decision}", "Decisions that wait for a transaction.", () => _node.AppendsWaiting);
    }

    private void AddLog()
    {
        Gauge("cpom.store.up", "", "1 when the database answered the last time that it was asked.", () => _vitals.Signs.IsStoreUp ? 1 : 0);
        Gauge("cpom.log.position", "{position}", "The newest position of the log.", () => _vitals.Signs.Last);
        Gauge("cpom.backup.position", "{position}", "The position up to which the newest backup holds the log.", () => _vitals.Signs.SavedUntil);
        Gauge("cpom.backup.unsaved.age", "s", "Seconds since the oldest event that is in no backup was recorded.", () => AgeOf(_vitals.Signs.UnsavedSince));
    }

    private void AddDisk()
    {
        var drive = new DriveInfo(Path.GetFullPath(_options.DataFolder));
        Gauge("cpom.disk.free", "By", "Bytes that are free where the data folder is.", () => drive.AvailableFreeSpace);
        Gauge("cpom.disk.size", "By", "Bytes that there are in all.", () => drive.TotalSize);
    }

    private void AddPortfolio()
    {
        Gauge("cpom.replica.lag", "{position}", "Positions of the log that the portfolio in memory is behind.", () => Math.Max(0, _vitals.Signs.Last - View.Position));
        Gauge("cpom.contrats", "{contrat}", "Contrats of the portfolio.", () => View.Contrats.Count);
        _meter.CreateObservableGauge("cpom.items.pending", Pending, "{item}", "Pending items of all contrats, by volet.");
        _meter.CreateObservableGauge("cpom.items.pending.contrats", PendingByAge, "{contrat}", "Contrats whose oldest pending item is at most so many days old, and of any age.");
        Gauge("cpom.items.pending.oldest", "s", "Age of the oldest pending item.", () => AgeOf(View.Contrats.Values.Min(dossier => dossier.Figures.OldestPending)));
        _meter.CreateObservableGauge("cpom.quarantine", Quarantine, "{line}", "Lines of received files by what keeps them: rejected, held (for a site or an entity), refused (by it).");
    }

    private PortfolioView View => _node.Portfolio.Current;

    private void Gauge(string name, string unit, string description, Func<double> value) => _meter.CreateObservableGauge(name, value, unit, description);

    private IEnumerable<Measurement<long>> Lags()
    {
        var signs = _vitals.Signs;
        return signs.Relayed.Select((relayed, partition) => new Measurement<long>(Math.Max(0, signs.Last - relayed), new KeyValuePair<string, object?>("partition", partition)));
    }

    private IEnumerable<Measurement<long>> Pending()
    {
        var figures = View.Contrats.Values.Select(dossier => dossier.Figures).ToList();
        return
        [
            new(figures.Sum(f => f.PendingAutorisations), new KeyValuePair<string, object?>("volet", "autorisations")),
            new(figures.Sum(f => f.PendingRc), new KeyValuePair<string, object?>("volet", "rc")),
            new(figures.Sum(f => f.PendingFinancements), new KeyValuePair<string, object?>("volet", "financements")),
        ];
    }

    private IEnumerable<Measurement<long>> PendingByAge()
    {
        var ages = View.Contrats.Values.Select(dossier => dossier.Figures.OldestPending).OfType<DateTimeOffset>().Select(at => (_time.GetUtcNow() - at).TotalDays).ToList();
        return AgesInDays
            .Select(days => new Measurement<long>(ages.Count(age => age <= days), new KeyValuePair<string, object?>("days", days)))
            .Append(new(ages.Count, new KeyValuePair<string, object?>("days", "any")));
    }

    private IEnumerable<Measurement<long>> Quarantine()
    {
        var files = View.Fichiers.Values.ToList();
        return
        [
            new(files.Sum(f => f.Rejected), new KeyValuePair<string, object?>("state", "rejected")),
            new(files.Sum(f => f.Held), new KeyValuePair<string, object?>("state", "held")),
            new(files.Sum(f => f.Refused), new KeyValuePair<string, object?>("state", "refused")),
        ];
    }

    private static IEnumerable<Measurement<long>> Known(int? value) => value is { } known ? [new(known)] : [];

    private double AgeOf(DateTimeOffset? since) => since is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : 0;
}
