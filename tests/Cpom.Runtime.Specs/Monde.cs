using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.Runtime.Projections;
using Cpom.Server;
using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

/// <summary>A whole node over memory: actors, relay, portfolio. What the specs of the runtime speak to.</summary>
internal sealed class Monde : IAsyncDisposable
{
    public const string Ej = "750000001";
    public const string SiteA = "750100001";
    public const string SiteB = "750100002";
    public const string Numero = "2026-001";

    public static readonly DateOnly Jour = new(2026, 3, 1);
    public static readonly DateTimeOffset Debut = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // Evidence is missing after this; nothing is measured by it.
    public static readonly Cause Preuve = new(new("décision", "2026-12", Jour, "ARS"), new("rc.xml", new string('a', 64), "ligne 3"));
    public static readonly Ligne.Rc Rc = new(SiteA, "84-82-RC1", "R4", "M1", "F1", 10);
    public static readonly Ligne.Financement Mig = new(Ej, 2026, new(2026, 2, 1), "MIGAC", "MIG", "NR", "HAPI", 100m);

    public static readonly Fiche FicheEps = new(Numero, Ej, PartieKind.Eps, WholeEntite: true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);

    private readonly CancellationTokenSource _stop = new();
    private readonly CpomNode _node;
    private Task _running = Task.CompletedTask;

    /// <param name="actors">Another host's door, instead of the node's own actors.</param>
    /// <param name="start">The time it is at first.</param>
    public Monde(IEventStore? store = null, IActors? actors = null, DateTimeOffset? start = null)
    {
        Time = new(start ?? Debut);
        Store = store ?? new InMemoryEventStore();
        _node = CpomNode.Over(Store, Time, Refused.Add, actors is null ? null : new(actors, Partitions: null));
        Relay = new(Store, Actors, Time, new(BatchMax: 16, ParallelMax: 4), Refused.Add);
    }

    public IEventStore Store { get; }

    public CpomNode Node => _node;

    public IActors Actors => _node.Actors;

    public ManualTime Time { get; }

    public Portfolio Portfolio => _node.Portfolio;

    /// <summary>A relay of the spec's own, to run by hand where the node's is not started.</summary>
    public Relay Relay { get; }

    public List<RelayRefusal> Refused { get; } = [];

    /// <summary>Starts relay and portfolio.</summary>
    public Monde Start()
    {
        _running = Task.WhenAll(_node.RunRelay(_stop.Token), _node.RunPortfolio(_stop.Token));
        return this;
    }

    /// <summary>A contrat in force on an entity of two sites, everything settled.</summary>
    public static async Task<Monde> EnVigueur()
    {
        var monde = new Monde().Start();
        await monde.Region();
        await monde.Ouvrir(FicheEps);
        return monde;
    }

    public async Task Region()
    {
        await Tell(Ej, new EntiteCommand.Register(Ej, new("CH A", "13", null, null, "75"), Jour, null, Jour));
        await Tell(SiteA, new SiteCommand.Register(SiteA, Ej, new("Site A", null, null, "75"), Jour, null, Jour));
        await Tell(SiteB, new SiteCommand.Register(SiteB, Ej, new("Site B", null, null, "75"), Jour, null, Jour));
        await Settle();
    }

    /// <summary>An entity that must have a contrat, recorded while no relay runs.</summary>
    public async Task Unrelayed()
    {
        await Tell(Ej, new EntiteCommand.Register(Ej, new("CH A", "13", null, null, "75"), Jour, null, Jour));
        await Tell(SiteA, new SiteCommand.Register(SiteA, Ej, new("Site A", null, null, "75"), Jour, null, Jour));
        await TellRc(Rc);
    }

    public async Task Ouvrir(Fiche fiche, params string[] sites)
    {
        await Tell(fiche.Numero, new ContratCommand.Open(fiche, sites.ToValueList(), [SiteA, SiteB, .. sites], Jour));
        await Settle();
        await Tell(fiche.Numero, new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", Jour, Reprise: true));
        await Tell(fiche.Numero, new ContratCommand.Sign(Signatory.DgArs, "M. Roy", Jour, Reprise: true));
        await Settle();
    }

    public async Task<Outcome.Done> Tell(string id, object command, Cause? cause = null) => Assert.IsType<Outcome.Done>(
        await Actors.Execute(id, command, new(Time.GetUtcNow(), "essai", cause ?? Preuve), default).WaitAsync(Patience));

    public Task<Outcome.Done> TellRc(Ligne.Rc rc, DateOnly? on = null) => Tell(rc.Finess, EtatRc(rc, on));

    public static SiteCommand.StateLignes EtatRc(Ligne.Rc rc, DateOnly? on = null) => new(
        rc.Finess, Ej, Volet.A2V2, Complete: false, on ?? Jour, [new([new(on ?? Jour, rc)], null, Preuve)], Cause.Unknown);

    public static EntiteCommand.StateFinancements Mouvement(Ligne.Financement mouvement) =>
        new(Ej, Jour, [new([new(Jour, mouvement)], null, Preuve)]);

    /// <summary>Until nothing that was recorded asks for anything more, and the view shows all of it.</summary>
    public async Task<PortfolioView> Settle()
    {
        long last;
        do
        {
            last = await Store.LastPosition(default);
            await Watch(_node.Settle(last, default));
        }
        while (await Store.LastPosition(default) > last);

        await Watch(Portfolio.WaitFor(last, default));
        return Portfolio.Current;
    }

    public async Task<IReadOnlyList<StoredEvent>> Log() => await Store.ReadLog(0, int.MaxValue, default);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _node.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>A relay or portfolio that has stopped says why, instead of keeping everybody waiting.</summary>
    private async Task Watch(Task wait)
    {
        if (await Task.WhenAny(wait, _running).WaitAsync(Patience) == _running)
        {
            await _running;
        }

        await wait;
    }
}
