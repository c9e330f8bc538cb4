using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;
using Cpom.V1;

namespace Cpom.Deploy.Tests;

/// <summary>An overlay's pods over a PostgreSQL of the test's, with the small region in it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _database = PostgresServer.Shared.CreateDatabase();
    private readonly List<PodProcess> _pods = [];
    private readonly IReadOnlyList<Manifest> _objects;
    private (string Contrat, string Entite, string Site, string ValidOn) _known;

    private Installation(IReadOnlyList<Manifest> objects) => _objects = objects;

    public static async Task<Installation> Of(string overlay) => new((await Manifests.Of(overlay)).Objects);

    /// <summary>Pods of these deployments, all at once as Kubernetes does: a gateway does not start before there is a silo.</summary>
    public async Task<IReadOnlyList<PodProcess>> Start(params string[] deployments)
    {
        var starting = deployments.Select(deployment => PodProcess.Start(_objects, deployment, _database, _folder)).ToList();
        await Task.WhenAll(starting).ContinueWith(_ => _pods.AddRange(starting.Where(pod => pod.IsCompletedSuccessfully).Select(pod => pod.Result)), TaskScheduler.Default);
        return await Task.WhenAll(starting);
    }

    /// <summary>The measures by which pods are added and taken away are among those that Prometheus reads of one.</summary>
    public async Task Measures(PodProcess pod)
    {
        var measured = await pod.Scrape(_objects.Single(o => o.Kind == "ServiceMonitor"));
        foreach (var metric in _objects.Where(o => o.Kind == "HorizontalPodAutoscaler").SelectMany(scaler => Manifest.Items(scaler.Spec!["metrics"])))
        {
            Assert.Contains($"\n{metric["pods"]!["metric"]!["name"]}{{", measured, StringComparison.Ordinal);
        }
    }

    /// <summary>Imports structures and signed contrats through a pod.</summary>
    public async Task Fill(PodProcess pod)
    {
        var region = Region.Write(_folder.File("region"), days: 0);
        foreach (var file in new[] { region[0], region[4], region[6] })
        {
            await pod.Client.Import(file);
        }

        await using var store = await PostgresEventStore.Open(_database);
        var facts = (await store.ReadLog(0, int.MaxValue, default)).Select(EventCodec.Decode).ToList();
        var sites = facts.OfType<SiteEvent.SiteRegistered>().ToLookup(s => s.Entite, s => s.Finess);
        var row = (await pod.Client.Portfolio.QueryAsync(new() { Filter = "statut = en_vigueur", PageSize = 1 })).Rows[0];
        var opened = facts.OfType<ContratEvent.ContratOpened>().First(o => o.Fiche.Numero == row.Numero);
        _known = (row.Name, row.Entite, opened.Sites.FirstOrDefault() ?? sites[row.Entite].First(), row.DateEffet);
    }

    /// <summary>Sends an act on a site of a contrat in force.</summary>
    public async Task<SubmitActsResponse> Send(PodProcess pod, string numero)
    {
        var act = new SubmittedAct
        {
            Finess = _known.Site,
            Entite = _known.Entite,
            Rc = new() { Numero = numero, Activite = "R4", Modalite = "01", Forme = "02", Capacite = 1 },
            ValidOn = _known.ValidOn,
        };
        var answer = await pod.Client.Intake.SubmitActsAsync(new() { RequestId = numero, Acts = { act } });
        Assert.Equal(ActOutcome.Recorded, Assert.Single(answer.Answers).Outcome);
        return answer;
    }

    /// <summary>Completes when an act has become a pending item of the contrat, as a pod shows it.</summary>
    public async Task Shows(PodProcess pod, string numero)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var items = await pod.Client.Contrats.ListPendingItemsAsync(new() { Contrat = _known.Contrat, PageSize = 1000 }, cancellationToken: patience.Token);
            if (items.Items.Any(item => item.LigneId == $"{_known.Site}/RC/{numero}"))
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _pods.ForEach(pod => pod.Dispose());
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
