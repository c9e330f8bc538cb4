namespace Cpom.GrpcCompat;

/// <summary>How a channel reaches its server. Limits are per message, in bytes; null is no limit.</summary>
public sealed class CpomGrpcChannelOptions
{
    /// <summary>A longer answer ends the call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    public int? MaxSendMessageSize { get; set; }

    /// <summary>The transport, for TLS of one's own or tests; disposed with the channel. Null is an ordinary <see cref="SocketsHttpHandler"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>The clock of deadlines. The gRPC packages have no such seam and use the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
