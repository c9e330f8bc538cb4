using Grpc.Core;

namespace Cpom.GrpcCompat;

/// <summary>A server reached over HTTP/2: with TLS for <c>https</c>, in clear text with prior knowledge for <c>http</c>. Shared by any number of calls.</summary>
public sealed class CpomGrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _http;

    private CpomGrpcChannel(Uri address, CpomGrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        Options = options;
        _http = new HttpMessageInvoker(options.HttpHandler ?? DefaultHandler(), disposeHandler: true);
    }

    internal Uri Address { get; }

    internal CpomGrpcChannelOptions Options { get; }

    public static CpomGrpcChannel ForAddress(string address, CpomGrpcChannelOptions? options = null) =>
        ForAddress(new Uri(address, UriKind.Absolute), options);

    public static CpomGrpcChannel ForAddress(Uri address, CpomGrpcChannelOptions? options = null) => new(address, options ?? new());

    public override CallInvoker CreateCallInvoker() => new Client.HttpCallInvoker(this);

    /// <summary>Ends the calls that still run.</summary>
    public void Dispose() => _http.Dispose();

    internal Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellation) => _http.SendAsync(request, cancellation);

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static SocketsHttpHandler DefaultHandler() =>
        new() { EnableMultipleHttp2Connections = true, AllowAutoRedirect = false, UseCookies = false };
}
