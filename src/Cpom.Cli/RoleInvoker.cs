using Grpc.Core;

namespace Cpom.Cli;

/// <summary>Adds to each call as whom it is made.</summary>
internal sealed class RoleInvoker(CallInvoker inner, string role, string perimetre) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.BlockingUnaryCall(method, host, Told(options), request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncUnaryCall(method, host, Told(options), request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => inner.AsyncServerStreamingCall(method, host, Told(options), request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => inner.AsyncClientStreamingCall(method, host, Told(options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => inner.AsyncDuplexStreamingCall(method, host, Told(options));

    private CallOptions Told(CallOptions options)
    {
        var headers = options.Headers ?? [];
        headers.Add("cpom-role", role);
        headers.Add("cpom-perimetre", perimetre);
        return options.WithHeaders(headers);
    }
}
