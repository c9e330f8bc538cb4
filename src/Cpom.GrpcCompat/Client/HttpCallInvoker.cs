using Grpc.Core;

namespace Cpom.GrpcCompat.Client;

/// <summary>Makes the four kinds of call over a channel.</summary>
internal sealed class HttpCallInvoker(CpomGrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TResponse>(channel, method.FullName, method.ResponseMarshaller, options);
        call.Start(() => new MessageContent<TRequest>(request, method.RequestMarshaller, channel.Options.MaxSendMessageSize));
        return new AsyncUnaryCall<TResponse>(call.ReadSingle(), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TResponse>(channel, method.FullName, method.ResponseMarshaller, options);
        call.Start(() => new MessageContent<TRequest>(request, method.RequestMarshaller, channel.Options.MaxSendMessageSize));
        return new AsyncServerStreamingCall<TResponse>(call, call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var (call, requests) = StartStreaming(method, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests, call.ReadSingle(), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var (call, requests) = StartStreaming(method, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests, call, call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private (ClientCall<TResponse> Call, RequestWriter<TRequest> Requests) StartStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        var call = new ClientCall<TResponse>(channel, method.FullName, method.ResponseMarshaller, options);
        var content = new PushContent();
        call.Start(() => content);
        return (call, new RequestWriter<TRequest>(content, method.RequestMarshaller, channel.Options.MaxSendMessageSize, call));
    }
}
