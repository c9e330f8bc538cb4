using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>Why a call was cancelled from outside. The first reason holds.</summary>
internal enum CancelReason
{
    None,
    CallerGone,
    DeadlinePassed,
    HostStopping,
}

/// <summary>One call on the server, and the end of its patience: the caller's going, its deadline, the host's stop.</summary>
internal sealed partial class CallContext(HttpContext http, Wire wire, string method) : ServerCallContext, IDisposable
{
    /// <summary>Longer deadlines than a timer can hold (49 days) are none.</summary>
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly List<IDisposable> _watches = [];
    private CancellationTokenSource? _cancellation;
    private DateTime _deadline = DateTime.MaxValue;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private Dictionary<object, object>? _userState;
    private int _reason;

    public CancelReason Reason =>
        _reason == (int)CancelReason.None && http.RequestAborted.IsCancellationRequested ? CancelReason.CallerGone : (CancelReason)_reason;

    public bool HasTrailers => _responseTrailers is not null;

    protected override string MethodCore => method;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{http.Connection.RemotePort}",
        IPAddress address => $"ipv4:{address}:{http.Connection.RemotePort}",
    };

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= MetadataHeaders.Read(http.Request.Headers);

    protected override CancellationToken CancellationTokenCore => _cancellation?.Token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override IDictionary<object, object> UserStateCore => _userState ??= new() { ["__HttpContext"] = http };

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => wire.Start(responseHeaders);

    /// <summary>
    /// Starts the clock. A plain call without a deadline needs nothing of this and allocates nothing: its token is the request's own.
    /// </summary>
    /// <param name="stopping">The host's stop, for calls that would otherwise outlive it.</param>
    public void Watch(TimeSpan? timeout, TimeProvider time, CancellationToken stopping)
    {
        if (timeout > TimeoutMax)
        {
            timeout = null;
        }

        if (timeout is null && !stopping.CanBeCanceled)
        {
            return;
        }

        _cancellation = new CancellationTokenSource();
        _watches.Add(http.RequestAborted.UnsafeRegister(_ => Cancel(CancelReason.CallerGone), null));
        _watches.Add(stopping.UnsafeRegister(_ => Cancel(CancelReason.HostStopping), null));
        if (timeout is { } delay)
        {
            _deadline = (time.GetUtcNow() + delay).UtcDateTime;
            _watches.Add(time.CreateTimer(_ => Cancel(CancelReason.DeadlinePassed), null, delay, Timeout.InfiniteTimeSpan));
        }
    }

    public void Dispose()
    {
        foreach (var watch in _watches)
        {
            watch.Dispose();
        }

        // The source itself is left to the collector: a timer that is firing just now may still cancel it.
    }

    private void Cancel(CancelReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)CancelReason.None) == (int)CancelReason.None)
        {
            _cancellation!.Cancel();
        }
    }
}
