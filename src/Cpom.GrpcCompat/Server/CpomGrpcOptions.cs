namespace Cpom.GrpcCompat;

/// <summary>How the host treats calls. Limits are per message, in bytes, after decompression; null is no limit.</summary>
public sealed class CpomGrpcOptions
{
    /// <summary>A longer request is refused with RESOURCE_EXHAUSTED. gRPC's own default: 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>A longer answer is refused with RESOURCE_EXHAUSTED.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Compress answers (gzip) for the callers that accept it.</summary>
    public bool CompressResponses { get; set; }

    /// <summary>Web origins whose pages may call (gRPC-Web, Connect), such as <c>https://console.example</c>; <c>*</c> is any. None by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Told of each call when it has ended, within its activity; must not throw.</summary>
    public Action<CallEnd>? Ended { get; set; }
}
