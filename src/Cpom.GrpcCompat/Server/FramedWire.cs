using System.IO.Pipelines;
using Cpom.GrpcCompat.Framing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>The part that gRPC, gRPC-Web and streaming Connect share: length-prefixed messages in the body, both ways.</summary>
internal abstract class FramedWire(HttpContext http, CpomGrpcOptions options) : Wire
{
    private FrameReader? _reader;

    /// <summary>Base64 (gRPC-Web text) stands between the frames and the transport; nothing else does.</summary>
    protected PipeWriter Output { get; init; } = http.Response.BodyWriter;

    protected HttpContext Http => http;

    protected FrameWriter? Writer { get; private set; }

    /// <summary>The header that names the encoding of compressed messages: <c>grpc-encoding</c> or <c>connect-content-encoding</c>.</summary>
    protected abstract string EncodingHeader { get; }

    protected abstract string AcceptEncodingHeader { get; }

    protected abstract string ContentType { get; }

    public override TimeSpan? Open()
    {
        var isGzip = CompressionHeaders.IsGzip(http.Request.Headers[EncodingHeader]);
        if (isGzip is null)
        {
            http.Response.Headers[AcceptEncodingHeader] = Gzip.Accepted;
            throw new RpcException(new Status(
                StatusCode.Unimplemented, $"Encoding '{http.Request.Headers[EncodingHeader]}' is not supported; {Gzip.Accepted} are."));
        }

        var answersGzip = options.CompressResponses && CompressionHeaders.Accepts(http.Request.Headers[AcceptEncodingHeader]);
        if (answersGzip)
        {
            http.Response.Headers[EncodingHeader] = Gzip.Name;
        }

        _reader = new FrameReader(Input(), options.MaxReceiveMessageSize, isGzip.Value);
        Writer = new FrameWriter(Output, options.MaxSendMessageSize, answersGzip);
        return ReadTimeout();
    }

    public override ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class =>
        _reader!.Read(marshaller, cancellation);

    public override ValueTask<T> ReadSingle<T>(Marshaller<T> marshaller, CancellationToken cancellation) =>
        _reader!.ReadSingle(marshaller, cancellation);

    public override async Task Start(Metadata headers)
    {
        if (http.Response.HasStarted)
        {
            throw new InvalidOperationException("Response headers can only be sent once, before the first message.");
        }

        AddHeaders(headers);
        await StartAsync().ConfigureAwait(false);
        await Output.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    public override async ValueTask Write<T>(T message, Marshaller<T> marshaller, bool mayCompress, CancellationToken cancellation)
    {
        await WriteSingle(message, marshaller, mayCompress).ConfigureAwait(false);
        var flushed = await Output.FlushAsync(cancellation).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException("The caller no longer reads.");
        }
    }

    public override ValueTask WriteSingle<T>(T message, Marshaller<T> marshaller, bool mayCompress)
    {
        // Kestrel wants its headers out before its buffer is asked for. Nothing is sent until the flush.
        var started = http.Response.HasStarted ? Task.CompletedTask : StartAsync();
        if (started.IsCompletedSuccessfully)
        {
            Writer!.Write(message, marshaller, mayCompress);
            return ValueTask.CompletedTask;
        }

        return Awaited(started);

        async ValueTask Awaited(Task start)
        {
            await start.ConfigureAwait(false);
            Writer!.Write(message, marshaller, mayCompress);
        }
    }

    protected abstract TimeSpan? ReadTimeout();

    protected virtual PipeReader Input() => http.Request.BodyReader;

    protected Task StartAsync()
    {
        http.Response.ContentType = ContentType;
        return http.Response.StartAsync(http.RequestAborted);
    }

    protected void AddHeaders(Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            http.Response.Headers.Append(entry.Key, MetadataHeaders.ValueOf(entry));
        }
    }
}
