using Grpc.Health.V1;

namespace Cpom.Cli;

/// <summary>The server's services, over one connection.</summary>
internal sealed class Remote : IDisposable
{
#if GRPC_PACKAGES
    private readonly Grpc.Net.Client.GrpcChannel _channel;
#else
    private readonly GrpcCompat.CpomGrpcChannel _channel;
#endif

    /// <param name="asWhom">Role and perimeter, where somebody is named.</param>
    public Remote(Uri address, (string Role, string Perimetre)? asWhom = null)
    {
        Address = address;
#if GRPC_PACKAGES
        _channel = Grpc.Net.Client.GrpcChannel.ForAddress(address);
#else
        _channel = GrpcCompat.CpomGrpcChannel.ForAddress(address);
#endif
        CallInvoker invoker = _channel.CreateCallInvoker();
        invoker = asWhom is { } told ? new RoleInvoker(invoker, told.Role, told.Perimetre) : invoker;
        Intake = new(invoker);
        Portfolio = new(invoker);
        Contrats = new(invoker);
        Avenants = new(invoker);
        Echeances = new(invoker);
        Histories = new(invoker);
        Engagements = new(invoker);
        Approbations = new(invoker);
        Entites = new(invoker);
        Sanctions = new(invoker);
        AutresContrats = new(invoker);
        ContratsUniques = new(invoker);
        Sites = new(invoker);
        Ghts = new(invoker);
        Socles = new(invoker);
        Campagnes = new(invoker);
        Negociations = new(invoker);
        Nodes = new(invoker);
        Health = new(invoker);
    }

    public Uri Address { get; }

    public IntakeService.IntakeServiceClient Intake { get; }

    public PortfolioService.PortfolioServiceClient Portfolio { get; }

    public ContratsService.ContratsServiceClient Contrats { get; }

    public AvenantsService.AvenantsServiceClient Avenants { get; }

    public EcheancesService.EcheancesServiceClient Echeances { get; }

    public HistoriesService.HistoriesServiceClient Histories { get; }

    public EngagementsService.EngagementsServiceClient Engagements { get; }

    public ApprobationsService.ApprobationsServiceClient Approbations { get; }

    public EntitesService.EntitesServiceClient Entites { get; }

    public SanctionsService.SanctionsServiceClient Sanctions { get; }

    public AutresContratsService.AutresContratsServiceClient AutresContrats { get; }

    public ContratsUniquesService.ContratsUniquesServiceClient ContratsUniques { get; }

    public SitesService.SitesServiceClient Sites { get; }

    public GhtsService.GhtsServiceClient Ghts { get; }

    public SoclesService.SoclesServiceClient Socles { get; }

    public CampagnesService.CampagnesServiceClient Campagnes { get; }

    public NegociationsService.NegociationsServiceClient Negociations { get; }

    public NodesService.NodesServiceClient Nodes { get; }

    public Health.HealthClient Health { get; }

    public void Dispose() => _channel.Dispose();
}
