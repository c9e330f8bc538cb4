using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Cpom.GrpcCompat.Health;

/// <summary><c>grpc.health.v1.Health</c> over <see cref="GrpcHealth"/>.</summary>
internal sealed class HealthService(GrpcHealth health) : Grpc.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        health.Get(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(StatusCode.NotFound, $"Service '{request.Service}' is not registered."));

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ServingStatus? sent = null;
        while (true)
        {
            var (status, changed) = health.Observe(request.Service);
            var current = status ?? ServingStatus.ServiceUnknown;
            if (current != sent)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = current }, context.CancellationToken).ConfigureAwait(false);
                sent = current;
            }

            await changed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        }
    }
}
