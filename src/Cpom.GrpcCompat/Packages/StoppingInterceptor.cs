using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;

namespace Cpom.GrpcCompat.Packages;

/// <summary>
/// Ends streamed answers when the host begins to stop: their token is cancelled and their status is UNAVAILABLE. The packages would let them
/// run until the host's patience ends. New calls are refused.
/// </summary>
internal sealed class StoppingInterceptor(IHostApplicationLifetime lifetime) : Interceptor
{
    private static RpcException Stopping => new(new Status(StatusCode.Unavailable, "The server is stopping."));

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Refuse();
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Refuse();
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        UntilStop(context, stoppable => continuation(request, responseStream, stoppable));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        UntilStop(context, stoppable => continuation(requestStream, responseStream, stoppable));

    private void Refuse()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Stopping;
        }
    }

    private async Task UntilStop(ServerCallContext context, Func<ServerCallContext, Task> call)
    {
        Refuse();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await call(new StoppableContext(context, cancellation.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsStopped(context))
        {
            throw Stopping;
        }

        if (IsStopped(context))
        {
            throw Stopping;
        }
    }

    private bool IsStopped(ServerCallContext context) =>
        lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested;

    /// <summary>The same call with another token.</summary>
    private sealed class StoppableContext : ServerCallContext
    {
        private readonly ServerCallContext _inner;

        public StoppableContext(ServerCallContext inner, CancellationToken cancellation)
        {
            _inner = inner;
            CancellationTokenCore = cancellation;
            inner.UserState["__HttpContext"] = inner.GetHttpContext();
        }

        protected override string MethodCore => _inner.Method;

        protected override string HostCore => _inner.Host;

        protected override string PeerCore => _inner.Peer;

        protected override DateTime DeadlineCore => _inner.Deadline;

        protected override Metadata RequestHeadersCore => _inner.RequestHeaders;

        protected override CancellationToken CancellationTokenCore { get; }

        protected override Metadata ResponseTrailersCore => _inner.ResponseTrailers;

        protected override Status StatusCore
        {
            get => _inner.Status;
            set => _inner.Status = value;
        }

        protected override WriteOptions? WriteOptionsCore
        {
            get => _inner.WriteOptions;
            set => _inner.WriteOptions = value;
        }

        protected override AuthContext AuthContextCore => _inner.AuthContext;

        protected override IDictionary<object, object> UserStateCore => _inner.UserState;

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            _inner.CreatePropagationToken(options);

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => _inner.WriteResponseHeadersAsync(responseHeaders);
    }
}
