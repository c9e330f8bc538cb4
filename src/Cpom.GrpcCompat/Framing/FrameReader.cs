using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>
/// Reads length-prefixed messages ("PROTOCOL-HTTP2.md", Length-Prefixed-Message): one flag byte, four bytes of length, big endian, the message.
/// Never holds more than one message, and never more than the limit.
/// </summary>
/// <param name="isGzip">Whether the peer announced gzip; only then may the compressed flag be set.</param>
internal sealed class FrameReader(PipeReader pipe, int? lengthMax, bool isGzip)
{
    public const int PrefixLength = 5;

    private const byte CompressedFlag = 1;

    private readonly Payload _payload = new();
    private bool _isEnded;

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="RpcException">INTERNAL for a malformed frame, RESOURCE_EXHAUSTED for a message past the limit.</exception>
    public async ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class
    {
        while (!_isEnded)
        {
            var read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
            var (consumed, examined) = (read.Buffer.Start, read.Buffer.End);
            try
            {
                if (TryTake(read.Buffer, out var flags, out var body))
                {
                    (consumed, examined) = (body.End, body.End);
                    _isEnded = read.IsCompleted && body.End.Equals(read.Buffer.End);
                    return Deserialize(flags, body, marshaller);
                }

                if (read.IsCompleted)
                {
                    _isEnded = true;
                    return read.Buffer.IsEmpty ? null : throw Malformed("The stream ends in the middle of a message.");
                }
            }
            finally
            {
                pipe.AdvanceTo(consumed, examined);
            }

            if (read.IsCanceled)
            {
                throw new OperationCanceledException("The read was cancelled.");
            }
        }

        return null;
    }

    /// <summary>The one message of a stream that has exactly one.</summary>
    public async ValueTask<T> ReadSingle<T>(Marshaller<T> marshaller, CancellationToken cancellation)
        where T : class
    {
        var message = await Read(marshaller, cancellation).ConfigureAwait(false) ?? throw Malformed("The message is missing.");

        // The end of the stream is waited for: answering before it has come would make the transport reset the stream.
        return await Read(marshaller, cancellation).ConfigureAwait(false) is null
            ? message
            : throw Malformed("Only one message was expected.");
    }

    private bool TryTake(in ReadOnlySequence<byte> buffer, out byte flags, out ReadOnlySequence<byte> body)
    {
        (flags, body) = (0, default);
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        flags = prefix[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        MessageLimit.CheckReceived(length, lengthMax);
        if (buffer.Length < PrefixLength + length)
        {
            return false;
        }

        body = buffer.Slice(PrefixLength, length);
        return true;
    }

    private T Deserialize<T>(byte flags, in ReadOnlySequence<byte> body, Marshaller<T> marshaller)
    {
        if (flags == 0)
        {
            return _payload.Deserialize(body, marshaller);
        }

        if (flags != CompressedFlag || !isGzip)
        {
            throw Malformed(flags == CompressedFlag
                ? "The message is compressed but no encoding was announced."
                : "The message has unknown flags.");
        }

        using var unpacked = new PooledBuffer();
        Gzip.Decompress(body, lengthMax, unpacked);
        return _payload.Deserialize(new ReadOnlySequence<byte>(unpacked.Written), marshaller);
    }

    private static RpcException Malformed(string detail) => new(new Status(StatusCode.Internal, detail));
}
