using Cpom.GrpcCompat.Server;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Cpom.GrpcCompat.Reflection;

/// <summary>
/// <c>grpc.reflection.v1alpha.ServerReflection</c>, which older tools still ask for. Its messages are byte for byte those of v1,
/// so a question is reread as v1's and the answer as alpha's.
/// </summary>
internal sealed class ReflectionAlphaService(ServiceCatalog catalog) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var index = new DescriptorIndex(catalog.Services);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
        {
            var asked = Grpc.Reflection.V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString());
            var answered = ReflectionService.Answer(index, catalog, asked);
            await responseStream
                .WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answered.ToByteString()), context.CancellationToken)
                .ConfigureAwait(false);
        }
    }
}
