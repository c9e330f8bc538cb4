using System.IO.Pipelines;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>
/// gRPC for browsers ("PROTOCOL-WEB.md"): the same frames over any HTTP version, and the trailers as a last frame with the flag 0x80.
/// The text form is the same in base64, for browsers that cannot read a binary stream.
/// </summary>
internal sealed class GrpcWebWire : GrpcWire
{
    public const string Binary = "application/grpc-web";
    public const string Text = "application/grpc-web-text";

    private const byte TrailersFlag = 0x80;

    private readonly bool _isText;

    public GrpcWebWire(HttpContext http, CpomGrpcOptions options, bool isText)
        : base(http, options)
    {
        _isText = isText;
        if (isText)
        {
            Output = new Base64PipeWriter(http.Response.BodyWriter);
        }
    }

    protected override string ContentType => (_isText ? Text : Binary) + "+proto";

    public override async ValueTask<T> ReadSingle<T>(Marshaller<T> marshaller, CancellationToken cancellation)
    {
        try
        {
            return await base.ReadSingle(marshaller, cancellation).ConfigureAwait(false);
        }
        catch (FormatException failure) when (_isText)
        {
            throw NotBase64(failure);
        }
    }

    public override async ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await base.Read(marshaller, cancellation).ConfigureAwait(false);
        }
        catch (FormatException failure) when (_isText)
        {
            throw NotBase64(failure);
        }
    }

    public override async ValueTask Finish(Status status, Metadata trailers)
    {
        if (!Http.Response.HasStarted)
        {
            await StartAsync().ConfigureAwait(false);
        }

        var block = new StringBuilder();
        WriteStatus(status, trailers, (name, value) => block.Append(name).Append(": ").Append(value).Append("\r\n"));
        var writer = Writer ?? new Framing.FrameWriter(Output, null, false);
        writer.WriteRaw(TrailersFlag, Encoding.ASCII.GetBytes(block.ToString()));
        await Output.FlushAsync(Http.RequestAborted).ConfigureAwait(false);
    }

    private static RpcException NotBase64(FormatException failure) => new(new Status(StatusCode.Internal, "The request is not base64.", failure));

    protected override PipeReader Input() => _isText ? Base64PipeReader.Create(Http.Request.Body) : base.Input();
}
