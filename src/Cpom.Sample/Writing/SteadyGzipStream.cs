namespace Cpom.Sample.Writing;

/// <summary>
/// A write-only gzip stream (RFC 1952, RFC 1951) whose bytes depend on the input alone. The runtime's own
/// GZipStream is not used on purpose: its compressor chooses differently per processor and per runtime version, and
/// its header names the operating system, so equal seeds would give unequal files.
/// Each chunk becomes one deflate block with the fixed code; matches stay inside the chunk.
/// </summary>
internal sealed class SteadyGzipStream : Stream
{
    private const int ChunkSize = 256 * 1024;

    private readonly Stream _target;
    private readonly FixedDeflate _deflate;
    private readonly byte[] _chunk = new byte[ChunkSize];
    private int _filled;
    private uint _crc = 0xFFFFFFFF;
    private uint _length;
    private bool _closed;

    public SteadyGzipStream(Stream target)
    {
        _target = target;
        _deflate = new FixedDeflate(target);

        // Magic, method 8, no flags, mtime 0, no extra flags, operating system 255 = unknown.
        target.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
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

    /// <summary>Does nothing: a chunk is written when full, so that flushing by a caller cannot change the bytes.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            WriteChunk(last: true);
            _closed = true;
            WriteLittleEndian(~_crc);
            WriteLittleEndian(_length);
            _target.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteChunk(bool last)
    {
        var data = _chunk.AsSpan(0, _filled);
        _crc = Crc32.Update(_crc, data);
        _length += (uint)_filled;
        _deflate.WriteBlock(data, last);
        _filled = 0;
    }

    private void WriteLittleEndian(uint value) =>
        _target.Write([(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)]);
}
