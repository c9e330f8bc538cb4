using Cpom.GrpcCompat;
using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>The services of one life of the server.</summary>
internal sealed class Connection : IDisposable
{
    private readonly CpomGrpcChannel _channel;

    public Connection(Uri grpc)
    {
        _channel = CpomGrpcChannel.ForAddress(grpc);
        Importer = new(grpc);
        Intake = new(_channel);
        Portfolio = new(_channel);
        Contrats = new(_channel);
        Avenants = new(_channel);
        Approbations = new(_channel);
        Entites = new(_channel);
    }

    public Importer Importer { get; }

    public IntakeService.IntakeServiceClient Intake { get; }

    public PortfolioService.PortfolioServiceClient Portfolio { get; }

    public ContratsService.ContratsServiceClient Contrats { get; }

    public AvenantsService.AvenantsServiceClient Avenants { get; }

    public ApprobationsService.ApprobationsServiceClient Approbations { get; }

    public EntitesService.EntitesServiceClient Entites { get; }

    /// <summary>True where nobody can say whether the call was done: it is to be sent again. Anything else is an answer.</summary>
    public static bool IsBroken(RpcException failure) => failure.StatusCode
        is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled or StatusCode.DeadlineExceeded;

    public void Dispose()
    {
        Importer.Dispose();
        _channel.Dispose();
    }
}
