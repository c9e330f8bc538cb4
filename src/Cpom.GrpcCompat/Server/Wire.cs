using Grpc.Core;

namespace Cpom.GrpcCompat.Server;

/// <summary>
/// One way to carry one call over HTTP: gRPC, gRPC-Web, Connect. What a call means is <see cref="CallHandler{TService,TRequest,TResponse}"/>'s;
/// how it looks on the wire is here.
/// </summary>
internal abstract class Wire
{
    /// <summary>Messages travel as protobuf JSON rather than in binary.</summary>
    public abstract bool IsJson { get; }

    /// <summary>Reads what the caller announced. Null when it set no deadline.</summary>
    /// <exception cref="RpcException">When the call cannot be served as announced (unknown encoding, malformed timeout).</exception>
    public abstract TimeSpan? Open();

    /// <summary>The next message, or null at the end.</summary>
    public abstract ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class;

    /// <summary>The one message of a request that has exactly one.</summary>
    public abstract ValueTask<T> ReadSingle<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class;

    /// <summary>Sends the headers now.</summary>
    public abstract Task Start(Metadata headers);

    /// <summary>Sends one of many messages; completes when the transport has room for more.</summary>
    public abstract ValueTask Write<T>(T message, Marshaller<T> marshaller, bool mayCompress, CancellationToken cancellation);

    /// <summary>Takes the only message. It may go out together with the status.</summary>
    public abstract ValueTask WriteSingle<T>(T message, Marshaller<T> marshaller, bool mayCompress);

    /// <summary>Ends the call.</summary>
    public abstract ValueTask Finish(Status status, Metadata trailers);
}
