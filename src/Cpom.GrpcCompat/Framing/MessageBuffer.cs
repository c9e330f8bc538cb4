using System.Buffers;
using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>Collects one serialized message, for where its length must be known before its first byte is sent.</summary>
internal sealed class MessageBuffer(int? lengthMax) : SerializationContext, IDisposable
{
    private readonly PooledBuffer _buffer = new();

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public override void SetPayloadLength(int payloadLength) => MessageLimit.CheckSent(payloadLength, lengthMax);

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void Complete() => MessageLimit.CheckSent(_buffer.Length, lengthMax);

    public override void Complete(byte[] payload)
    {
        _buffer.Write(payload);
        Complete();
    }

    public void Dispose() => _buffer.Dispose();
}
