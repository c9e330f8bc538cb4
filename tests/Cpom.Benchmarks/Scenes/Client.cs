using Cpom.V1;
using Grpc.Health.V1;

namespace Cpom.Benchmarks;

/// <summary>A gRPC client over one connection, as the command line opens it.</summary>
internal sealed class Client : IDisposable
{
#if GRPC_PACKAGES
    private readonly Grpc.Net.Client.GrpcChannel _channel;
#else
    private readonly GrpcCompat.CpomGrpcChannel _channel;
#endif

    public Client(Uri address)
    {
#if GRPC_PACKAGES
        _channel = Grpc.Net.Client.GrpcChannel.ForAddress(address);
#else
        _channel = GrpcCompat.CpomGrpcChannel.ForAddress(address);
#endif
        var invoker = _channel.CreateCallInvoker();
        (Portfolio, Intake, Health) = (new(invoker), new(invoker), new(invoker));
    }

    public PortfolioService.PortfolioServiceClient Portfolio { get; }

    public IntakeService.IntakeServiceClient Intake { get; }

    public Health.HealthClient Health { get; }

    public void Dispose() => _channel.Dispose();
}
