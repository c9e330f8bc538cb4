using System.Buffers;
using Google.Protobuf;
using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>Hands the bytes of one received message to its deserializer.</summary>
internal sealed class Payload : DeserializationContext
{
    private ReadOnlySequence<byte> _bytes;

    public override int PayloadLength => checked((int)_bytes.Length);

    public override byte[] PayloadAsNewBuffer() => _bytes.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _bytes;

    /// <exception cref="RpcException">INTERNAL when the bytes are not that message.</exception>
    public T Deserialize<T>(in ReadOnlySequence<byte> bytes, Marshaller<T> marshaller)
    {
        _bytes = bytes;
        try
        {
            return marshaller.ContextualDeserializer(this);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The message cannot be parsed.", failure));
        }
        finally
        {
            _bytes = default;
        }
    }
}
