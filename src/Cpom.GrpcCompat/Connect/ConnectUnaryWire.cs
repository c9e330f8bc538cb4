using System.Buffers;
using System.Text.Json;
using Cpom.GrpcCompat.Framing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>
/// Connect's unary call: the body is the message, the HTTP status is the status, an error is JSON. What <c>curl --json</c> speaks.
/// </summary>
internal sealed class ConnectUnaryWire(HttpContext http, CpomGrpcOptions options, bool isJson, JsonMarshallers marshallers) : Wire
{
    public const string Json = "application/json";
    public const string Proto = "application/proto";

    private const string TrailerPrefix = "trailer-";

    private readonly MessageBuffer _answer = new(options.MaxSendMessageSize);
    private bool _isGzip;
    private bool _compresses;

    public override bool IsJson => isJson;

    public override TimeSpan? Open()
    {
        var encoding = http.Request.Headers.ContentEncoding;
        _isGzip = CompressionHeaders.IsGzip(encoding) ?? throw new RpcException(new Status(
            StatusCode.Unimplemented, $"Encoding '{encoding}' is not supported; {Gzip.Accepted} are."));
        return ConnectHeaders.Read(http.Request.Headers);
    }

    public override async ValueTask<T> ReadSingle<T>(Marshaller<T> marshaller, CancellationToken cancellation)
    {
        var pipe = http.Request.BodyReader;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
            var consumed = read.Buffer.Start;
            try
            {
                MessageLimit.CheckReceived(read.Buffer.Length, options.MaxReceiveMessageSize);
                if (read.IsCompleted)
                {
                    consumed = read.Buffer.End;
                    return Deserialize(read.Buffer, marshaller);
                }
            }
            finally
            {
                pipe.AdvanceTo(consumed, read.Buffer.End);
            }
        }
    }

    public override ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class =>
        throw new NotSupportedException("A unary call has no stream of requests.");

    public override Task Start(Metadata headers)
    {
        // They wait for the HTTP status, which is only known at the end.
        Append("", headers);
        return Task.CompletedTask;
    }

    public override ValueTask Write<T>(T message, Marshaller<T> marshaller, bool mayCompress, CancellationToken cancellation) =>
        throw new NotSupportedException("A unary call has no stream of answers.");

    public override ValueTask WriteSingle<T>(T message, Marshaller<T> marshaller, bool mayCompress)
    {
        _compresses = mayCompress && options.CompressResponses && CompressionHeaders.Accepts(http.Request.Headers.AcceptEncoding);
        marshaller.ContextualSerializer(message, _answer);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask Finish(Status status, Metadata trailers)
    {
        using var answer = _answer;
        Append(TrailerPrefix, trailers);
        if (status.StatusCode == StatusCode.OK)
        {
            http.Response.ContentType = isJson ? Json : Proto;
            await Send(answer.Written).ConfigureAwait(false);
            return;
        }

        http.Response.StatusCode = ConnectError.HttpStatus(status.StatusCode);
        http.Response.ContentType = Json;
        _compresses = false;
        var error = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(error, ConnectError.Readable))
        {
            ConnectError.Write(json, status, trailers, marshallers);
        }

        await Send(error.WrittenMemory).ConfigureAwait(false);
    }

    private async Task Send(ReadOnlyMemory<byte> body)
    {
        using var packed = new PooledBuffer();
        if (_compresses)
        {
            Gzip.Compress(body.Span, packed);
            http.Response.Headers.ContentEncoding = Gzip.Name;
            body = packed.Written;
        }

        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private T Deserialize<T>(in ReadOnlySequence<byte> body, Marshaller<T> marshaller)
    {
        if (!_isGzip)
        {
            return new Payload().Deserialize(body, marshaller);
        }

        using var unpacked = new PooledBuffer();
        Gzip.Decompress(body, options.MaxReceiveMessageSize, unpacked);
        return new Payload().Deserialize(new ReadOnlySequence<byte>(unpacked.Written), marshaller);
    }

    private void Append(string prefix, Metadata metadata)
    {
        foreach (var entry in metadata.Where(ConnectError.IsMetadata))
        {
            http.Response.Headers.Append(prefix + entry.Key, MetadataHeaders.ValueOf(entry));
        }
    }
}
