using Grpc.Core;

namespace Cpom.GrpcCompat.Server;

/// <summary>What the packages' ServerCallContext asks for besides: nothing that a Connect call has.</summary>
internal sealed partial class CallContext
{
    protected override AuthContext AuthContextCore => new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Call propagation is not supported.");
}
