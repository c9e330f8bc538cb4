using Grpc.Core;
using Grpc.Net.Client;

namespace Cpom.GrpcCompat;

/// <summary>A server reached over HTTP/2: with TLS for <c>https</c>, in clear text with prior knowledge for <c>http</c>. Shared by any number of calls.</summary>
public sealed class CpomGrpcChannel : ChannelBase, IDisposable
{
    private readonly GrpcChannel _channel;

    private CpomGrpcChannel(GrpcChannel channel)
        : base(channel.Target) => _channel = channel;

    public static CpomGrpcChannel ForAddress(string address, CpomGrpcChannelOptions? options = null) =>
        ForAddress(new Uri(address, UriKind.Absolute), options);

    public static CpomGrpcChannel ForAddress(Uri address, CpomGrpcChannelOptions? options = null)
    {
        options ??= new();
        return new(GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = options.MaxReceiveMessageSize,
            MaxSendMessageSize = options.MaxSendMessageSize,
            HttpHandler = options.HttpHandler,
            DisposeHttpClient = options.HttpHandler is not null,
        }));
    }

    public override CallInvoker CreateCallInvoker() => _channel.CreateCallInvoker();

    /// <summary>Ends the calls that still run.</summary>
    public void Dispose() => _channel.Dispose();

    protected override Task ShutdownAsyncCore() => _channel.ShutdownAsync();
}
