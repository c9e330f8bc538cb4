using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>
/// Writes length-prefixed messages. A message that is not compressed is serialized straight into the transport's own buffer;
/// one that is goes through a rented one.
/// </summary>
internal sealed class FrameWriter(IBufferWriter<byte> output, int? lengthMax, bool isGzip) : SerializationContext
{
    private const byte CompressedFlag = 1;

    private PooledBuffer? _buffered;
    private int? _length;
    private bool _compresses;

    /// <summary>Puts one message in the output; flushing it is the caller's.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past the limit.</exception>
    public void Write<T>(T message, Marshaller<T> marshaller, bool mayCompress)
    {
        _compresses = isGzip && mayCompress;
        _length = null;
        try
        {
            marshaller.ContextualSerializer(message, this);
        }
        finally
        {
            _buffered?.Dispose();
        }
    }

    /// <summary>Puts a frame that is not a message (gRPC-Web's trailers, Connect's end of stream).</summary>
    public void WriteRaw(byte flags, ReadOnlySpan<byte> body)
    {
        WritePrefix(flags, body.Length);
        output.Write(body);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        MessageLimit.CheckSent(payloadLength, lengthMax);
        _length = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_compresses || _length is not { } length)
        {
            return _buffered ??= new PooledBuffer();
        }

        WritePrefix(0, length);
        return output;
    }

    public override void Complete()
    {
        if (_buffered is { Length: > 0 } buffered)
        {
            WriteMessage(buffered.Written.Span);
        }
        else if (_compresses || _length is null)
        {
            WriteMessage([]);
        }
    }

    public override void Complete(byte[] payload) => WriteMessage(payload);

    private void WriteMessage(ReadOnlySpan<byte> payload)
    {
        MessageLimit.CheckSent(payload.Length, lengthMax);
        if (!_compresses)
        {
            WriteRaw(0, payload);
            return;
        }

        using var packed = new PooledBuffer();
        Gzip.Compress(payload, packed);
        WriteRaw(CompressedFlag, packed.Written.Span);
    }

    private void WritePrefix(byte flags, int length)
    {
        var prefix = output.GetSpan(FrameReader.PrefixLength);
        prefix[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], length);
        output.Advance(FrameReader.PrefixLength);
    }
}
