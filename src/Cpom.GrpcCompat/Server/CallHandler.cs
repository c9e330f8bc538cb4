using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.GrpcCompat.Server;

/// <summary>What a service does with a call, whichever of the four kinds it is.</summary>
internal delegate Task CallBody<in TService, TRequest, TResponse>(
    TService service, RequestStream<TRequest> requests, ResponseStream<TResponse> responses, CallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>What every call of this host shares.</summary>
/// <param name="Stopping">Cancelled when the host begins to stop.</param>
internal sealed record CallHost(CpomGrpcOptions Options, TimeProvider Time, CancellationToken Stopping, ILogger Logger, JsonMarshallers Json);

/// <summary>Takes one call from its first byte to its status. It never throws: every end is a status.</summary>
internal sealed partial class CallHandler<TService, TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallBody<TService, TRequest, TResponse> body, CallHost host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private static readonly ObjectFactory<TService> Create = ActivatorUtilities.CreateFactory<TService>([]);

    private readonly Marshaller<TRequest> _jsonRequest = host.Json.Of<TRequest>();
    private readonly Marshaller<TResponse> _jsonResponse = host.Json.Of<TResponse>();
    private readonly Marshaller<TResponse> _binaryResponse = KeptMessage.Of(method.ResponseMarshaller);

    private bool IsAnswerStreamed => method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming;

    public async Task Handle(HttpContext http)
    {
        if (WireSelection.Select(http, method.Type, host) is not { } wire)
        {
            return;
        }

        var started = host.Time.GetTimestamp();
        LiftTransportLimits(http);
        using var context = new CallContext(http, wire, method.FullName);
        var responses = new ResponseStream<TResponse>(wire, wire.IsJson ? _jsonResponse : _binaryResponse, context);
        Exception? failure = null;
        try
        {
            context.Watch(wire.Open(), host.Time, IsAnswerStreamed ? host.Stopping : CancellationToken.None);
            RefuseWhenStopping();
            var requests = new RequestStream<TRequest>(wire, wire.IsJson ? _jsonRequest : method.RequestMarshaller, context);
            await Call(http.RequestServices, requests, responses, context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last line of defence: whatever a service throws becomes a status.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            failure = thrown;
        }

        responses.End();
        var status = Outcome(context, failure);
        await Finish(http, wire, context, status).ConfigureAwait(false);
        host.Options.Ended?.Invoke(new(method.FullName, status.StatusCode, host.Time.GetElapsedTime(started)));
    }

    private async Task Call(
        IServiceProvider services, RequestStream<TRequest> requests, ResponseStream<TResponse> responses, CallContext context)
    {
        if (services.GetService<TService>() is { } registered)
        {
            await body(registered, requests, responses, context).ConfigureAwait(false);
            return;
        }

        var service = Create(services, null);
        try
        {
            await body(service, requests, responses, context).ConfigureAwait(false);
        }
        finally
        {
            switch (service)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    private async ValueTask Finish(HttpContext http, Wire wire, CallContext context, Status status)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await wire.Finish(status, context.HasTrailers ? context.ResponseTrailers : Metadata.Empty).ConfigureAwait(false);
        }
        catch (Exception thrown) when (http.RequestAborted.IsCancellationRequested)
        {
            LogCallerGone(method.FullName, thrown);
        }
#pragma warning disable CA1031 // Metadata that no header can hold, for one: the caller must not take half an answer for a whole one.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            LogUnhandled(method.FullName, thrown);
            http.Abort();
        }
    }

    private Status Outcome(CallContext context, Exception? failure)
    {
        switch (context.Reason, failure)
        {
            case (CancelReason.CallerGone, _):
                return Status.DefaultCancelled;
            case (CancelReason.DeadlinePassed, _):
                return new Status(StatusCode.DeadlineExceeded, "Deadline exceeded.");
            case (CancelReason.HostStopping, _):
                return HostStopping;
            case (_, null):
                return context.Status;
            case (_, RpcException refused):
                foreach (var entry in refused.Trailers)
                {
                    context.ResponseTrailers.Add(entry);
                }

                return refused.Status;
            default:
                // What went wrong inside is for the log: the caller learns only that it did.
                LogUnhandled(method.FullName, failure);
                return new Status(StatusCode.Unknown, "Exception was thrown by handler.");
        }
    }

    private static Status HostStopping => new(StatusCode.Unavailable, "The server is stopping.");

    private void RefuseWhenStopping()
    {
        if (host.Stopping.IsCancellationRequested)
        {
            throw new RpcException(HostStopping);
        }
    }

    /// <summary>Messages have their own limits; Kestrel's, made for uploads, would end a long or quiet stream.</summary>
    private static void LiftTransportLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private void LogUnhandled(string name, Exception failure) => LogUnhandled(host.Logger, name, failure);

    private void LogCallerGone(string name, Exception failure) => LogCallerGone(host.Logger, name, failure);

    [LoggerMessage(1, LogLevel.Error, "{Method} failed with an unhandled exception")]
    private static partial void LogUnhandled(ILogger logger, string method, Exception failure);

    [LoggerMessage(2, LogLevel.Debug, "{Method}: the caller left before the status was sent")]
    private static partial void LogCallerGone(ILogger logger, string method, Exception failure);
}
