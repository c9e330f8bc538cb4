namespace Cpom.Sample.Writing;

/// <summary>
/// A write-only stream of deflate blocks: each chunk of what is written becomes one block with the fixed code, and
/// matches stay inside the chunk. It keeps the checksum and the length that gzip asks for.
/// </summary>
internal sealed class DeflateBlocks(Stream target) : Stream
{
    private const int ChunkSize = 256 * 1024;

    private readonly FixedDeflate _deflate = new(target);
    private readonly byte[] _chunk = new byte[ChunkSize];
    private int _filled;
    private uint _crc = 0xFFFFFFFF;
    private long _length;

    /// <summary>Finished CRC-32 of what was written.</summary>
    public uint Crc => ~_crc;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes written, before compression.</summary>
    public override long Length => _length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, ChunkSize - _filled);
            buffer[..taken].CopyTo(_chunk.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
            if (_filled == ChunkSize)
            {
                WriteChunk(last: false);
            }
        }
    }

    /// <summary>Takes in a part that was compressed before, byte for byte.</summary>
    public void Append(DeflatedPart part)
    {
        End(last: false);
        part.CopyTo(target);
        _crc = ~Crc32.Combine(~_crc, part.Crc, part.Length);
        _length += part.Length;
    }

    /// <summary>Writes what is left and ends on a byte; after the last block nothing may follow.</summary>
    public void End(bool last)
    {
        WriteChunk(last);
        if (!last)
        {
            _deflate.Align();
        }
    }

    /// <summary>Does nothing: a chunk is written when full, so that flushing by a caller cannot change the bytes.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteChunk(bool last)
    {
        var data = _chunk.AsSpan(0, _filled);
        _crc = Crc32.Update(_crc, data);
        _length += _filled;
        _deflate.WriteBlock(data, last);
        _filled = 0;
    }
}
