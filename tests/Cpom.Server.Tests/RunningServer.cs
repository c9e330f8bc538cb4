using Cpom.Domain;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Cpom.GrpcCompat;
using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.TestKit;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cpom.Server.Tests;

/// <summary>A whole server in this process, on ports of its own, with the generated clients and a clock that a test moves.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string Entite = "750100018";
    public const string Site = "750100026";
    public const string OtherSite = "750100034";
    public const string Ght = "GHT-75-1";
    public const string Contrat = "contrats/75-C1";

    private static readonly DateOnly Since = new(2000, 1, 1);

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly CpomGrpcChannel _channel;
    private int _requests;

    private RunningServer(TemporaryFolder folder, WebApplication app, ManualTime time)
    {
        (_folder, _app, Time) = (folder, app, time);
        Node = app.Services.GetRequiredService<CpomNode>();
        (Http, Grpc) = CpomServer.AddressesOf(app);
        _channel = CpomGrpcChannel.ForAddress(Grpc);
        Contrats = new(_channel);
        Avenants = new(_channel);
        Intake = new(_channel);
        Portfolio = new(_channel);
        Echeances = new(_channel);
        Engagements = new(_channel);
        Approbations = new(_channel);
        Entites = new(_channel);
        Sanctions = new(_channel);
        AutresContrats = new(_channel);
        ContratsUniques = new(_channel);
        Sites = new(_channel);
        Ghts = new(_channel);
        Socles = new(_channel);
        Campagnes = new(_channel);
        Negociations = new(_channel);
        Nodes = new(_channel);
    }

    public ManualTime Time { get; }

    /// <summary>To the morning of a day. To advance through years would fire every timer of a server, one after the other, for each of their seconds.</summary>
    public void JumpTo(DateOnly day) => Time.Jump(new DateTimeOffset(day, new TimeOnly(6, 0), TimeSpan.Zero) - Time.GetUtcNow());

    public CpomNode Node { get; }

    public Uri Http { get; }

    public Uri Grpc { get; }

    public CpomGrpcChannel Channel => _channel;

    public V1.ContratsService.ContratsServiceClient Contrats { get; }

    public V1.AvenantsService.AvenantsServiceClient Avenants { get; }

    public V1.IntakeService.IntakeServiceClient Intake { get; }

    public V1.PortfolioService.PortfolioServiceClient Portfolio { get; }

    public V1.EcheancesService.EcheancesServiceClient Echeances { get; }

    public V1.EngagementsService.EngagementsServiceClient Engagements { get; }
    public V1.ApprobationsService.ApprobationsServiceClient Approbations { get; }

    public V1.EntitesService.EntitesServiceClient Entites { get; }

    public V1.SanctionsService.SanctionsServiceClient Sanctions { get; }

    public V1.AutresContratsService.AutresContratsServiceClient AutresContrats { get; }

    public V1.ContratsUniquesService.ContratsUniquesServiceClient ContratsUniques { get; }

    public V1.SitesService.SitesServiceClient Sites { get; }

    public V1.GhtsService.GhtsServiceClient Ghts { get; }

    public V1.SoclesService.SoclesServiceClient Socles { get; }

    public V1.CampagnesService.CampagnesServiceClient Campagnes { get; }

    public V1.NegociationsService.NegociationsServiceClient Negociations { get; }

    public V1.NodesService.NodesServiceClient Nodes { get; }

    internal T Part<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Completes when the server is told to stop.</summary>
    public Task Stopping => _app.Services.GetRequiredService<StopRequest>().Asked;

    public string ReceptionFolder => _folder.File("reception");

    public static async Task<RunningServer> Start(IEventStore? store, IFileImporter? importer = null, TimeSpan drainDelay = default, long? lagMax = null)
    {
        var folder = new TemporaryFolder();
        var time = new ManualTime(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var options = new ServerOptions { DataFolder = folder.Path, HttpPort = 0, GrpcPort = 0, UploadBytesMax = 8 * 1024 * 1024, LogLevel = LogLevel.Error, DrainDelay = drainDelay };
        options = lagMax is { } positions ? options with { LagMax = positions } : options;
        var app = await CpomServer.Build(options, new(_ => importer ?? new CountingImporter(), store, time));
        await app.StartAsync();
        return new(folder, app, time);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What the structures file would have brought: one public hospital with two sites, in one group.</summary>
    public async Task Register()
    {
        await Send(Entite, new EntiteCommand.Register(Entite, new("Hôpital Évariste-Galois", "13", "267500452", "Paris", "75"), Since, null, Node.Today));
        await Register([Site, OtherSite]);
        await Settle(await Send(Ght, new GhtCommand.State(Ght, "Paris Nord", Since, [new(Entite, GhtRole.Support)], Node.Today)));
    }

    /// <summary>More sites of the entity.</summary>
    public async Task Register(IEnumerable<string> sites)
    {
        foreach (var site in sites)
        {
            await Send(site, new SiteCommand.Register(site, Entite, new($"Site {site}", "355", "Paris", "75"), Since, null, Node.Today));
        }
    }

    /// <summary>A contrat in force over the whole entity.</summary>
    public async Task OpenAndSign(V1.Fiche? fiche = null)
    {
        var opened = await Contrats.OpenContratAsync(new() { Fiche = fiche ?? Fiche() });
        await Settle(opened.Recorded.LogPosition);
        await TestKit.Approbations.OfEps(Approbations, opened.Name, "2025-11-01");
        await Settle((await TestKit.Approbations.Sign(Contrats, Contrat)).LogPosition);
    }

    public static V1.Fiche Fiche(string numero = "75-C1") => new()
    {
        Numero = numero,
        Entite = Entite,
        WholeEntite = true,
        DateEffet = "2026-01-01",
        DateFin = "2030-12-31",
        SocleVersion = "2026",
    };

    public static V1.Engagement Engagement(int number = 1, string objectif = "Réduire le délai d'attente") => new()
    {
        Number = number,
        Volet = V1.Volet.A1V2,
        Finess = { Entite },
        Objectif = objectif,
        Type = V1.EngagementType.Generique,
        Indicateurs = { new V1.Indicateur { Libelle = "Délai moyen", Cibles = { "10", "", "8", "", "6" } } },
    };

    public static V1.SubmittedAct Rc(string numero, int capacite, string validOn = "2026-02-01", bool ended = false) => new()
    {
        Finess = Site,
        Rc = new() { Numero = numero, Activite = "R4", Modalite = "01", Forme = "02", Capacite = capacite, Libelle = "Soins palliatifs" },
        ValidOn = validOn,
        Ended = ended,
        Acte = new() { Kind = "décision", Number = "2026-17", Date = "2026-01-20", Authority = "DGARS" },
    };

    public static V1.SubmittedAct Money(string montant, string reference) => new()
    {
        Finess = Entite,
        Financement = new() { Campagne = 2026, Mois = "2026-02", Enveloppe = "FIR", SousEnveloppe = "2.3.1", Mode = "R", Reference = reference, Montant = montant },
        ValidOn = "2026-02-15",
    };

    public async Task<V1.SubmitActsResponse> Submit(params V1.SubmittedAct[] acts)
    {
        var response = await Intake.SubmitActsAsync(new() { Acts = { acts }, RequestId = $"outil-{++_requests}" });
        await Settle(response.LogPosition);
        return response;
    }

    public async Task<long> Send(string id, object command) =>
        await Node.Actors.Execute(id, command, new(Time.GetUtcNow(), "test", Cause.Unknown), CancellationToken.None) is Outcome.Done done
            ? done.Position
            : throw new InvalidOperationException($"{command} was not done.");

    /// <summary>Waits until the effects of everything up to a position are stored and seen.</summary>
    public async Task Settle(long position)
    {
        await Node.Settle(position, CancellationToken.None);
        await Node.Portfolio.WaitFor(await Node.Store.LastPosition(CancellationToken.None), CancellationToken.None);
    }

    /// <summary>The detail that a failed call carries.</summary>
    public static T DetailOf<T>(RpcException failure)
        where T : class, IMessage<T>, new()
    {
        var rich = Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((int)failure.StatusCode, rich.Code);
        return rich.Details[0].Unpack<T>();
    }
}
