using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>The one compression spoken here, besides <c>identity</c>.</summary>
internal static class Gzip
{
    public const string Name = "gzip";
    public const string Identity = "identity";

    /// <summary>What a refusal of another encoding offers instead.</summary>
    public const string Accepted = "identity,gzip";

    private const int ChunkSize = 8192;

    public static void Compress(ReadOnlySpan<byte> payload, PooledBuffer into)
    {
        using var gzip = new GZipStream(new BufferStream(into), CompressionLevel.Fastest);
        gzip.Write(payload);
    }

    /// <summary>Stops at the limit, so that a small message cannot unfold into all of the memory.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past <paramref name="lengthMax"/> bytes, INTERNAL for what is not gzip.</exception>
    public static void Decompress(in ReadOnlySequence<byte> payload, int? lengthMax, PooledBuffer into)
    {
        using var compressed = new PooledBuffer();
        foreach (var segment in payload)
        {
            compressed.Write(segment.Span);
        }

        try
        {
            using var gzip = new GZipStream(AsStream(compressed), CompressionMode.Decompress);
            for (var read = gzip.Read(into.GetSpan(ChunkSize)); read > 0; read = gzip.Read(into.GetSpan(ChunkSize)))
            {
                into.Advance(read);
                MessageLimit.CheckReceived(into.Length, lengthMax);
            }
        }
        catch (InvalidDataException failure)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The compressed message is not valid gzip.", failure));
        }
    }

    private static MemoryStream AsStream(PooledBuffer buffer) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer.Written, out var array) && array.Array is { } bytes
            ? new MemoryStream(bytes, array.Offset, array.Count, writable: false)
            : throw new InvalidOperationException("A pooled buffer is always an array.");

    /// <summary>Lets a stream write into a buffer.</summary>
    private sealed class BufferStream(PooledBuffer buffer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

        public override void Write(byte[] bytes, int offset, int count) => buffer.Write(bytes.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
