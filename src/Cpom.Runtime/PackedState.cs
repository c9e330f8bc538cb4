using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Cpom.Runtime;

/// <summary>
/// Writes a state too large to be whole in memory once more as text: row after row, each a line of JSON behind a letter that says what it is,
/// compressed on its way. The replica of France is 166 MB of JSON; as one text it took a gigabyte of buffers to write.
/// </summary>
internal sealed class PackedWriter : IDisposable
{
    /// <summary>Bytes of rows that go to the compressor together.</summary>
    private const int BlockBytes = 64 * 1024;

    private readonly MemoryStream _packed = new();
    private readonly BrotliStream _compressor;
    private readonly ArrayBufferWriter<byte> _block = new(BlockBytes);
    private readonly Utf8JsonWriter _json;

    public PackedWriter()
    {
        _compressor = new(_packed, CompressionLevel.Fastest, leaveOpen: true);
        _json = new(_block);
    }

    /// <param name="kind">An ASCII letter.</param>
    public void Add<T>(char kind, T row) => Add(kind, row, typeof(T));

    /// <param name="kind">An ASCII letter.</param>
    /// <param name="type">As what it is written: what it is read as.</param>
    public void Add(char kind, object? row, Type type)
    {
        _block.Write([(byte)kind]);
        _json.Reset(_block);
        JsonSerializer.Serialize(_json, row, type, StateJson.Options);
        _json.Flush();
        _block.Write([PackedReader.LineEnd]);
        if (_block.WrittenCount >= BlockBytes)
        {
            Compress();
        }
    }

    /// <summary>Nothing is added after it.</summary>
    public Snapshot ToSnapshot(long position)
    {
        _block.Write([PackedReader.LastLine, PackedReader.LineEnd]);
        Compress();
        _compressor.Dispose();
        return new(StateJson.Format, position, _packed.GetBuffer().AsMemory(0, (int)_packed.Length));
    }

    public void Dispose()
    {
        _compressor.Dispose();
        _json.Dispose();
    }

    private void Compress()
    {
        _compressor.Write(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }
}

/// <summary>Reads what <see cref="PackedWriter"/> wrote, one line in memory at a time. A text that comes back often is kept once.</summary>
internal sealed class PackedReader : IDisposable
{
    public const byte LineEnd = (byte)'\n';
    public const byte LastLine = (byte)'.';

    private readonly BrotliStream _content;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _lineEnd;

    /// <summary>Texts are shared from here on, by what is read on this thread.</summary>
    public PackedReader(Snapshot snapshot)
    {
        _content = new(ReadableOf(snapshot.Content), CompressionMode.Decompress);
        SharedText.Current = new();
    }

    /// <summary>The state that a snapshot of this build holds, or null where it cannot be read: a cache that is no use is folded anew, not an error.</summary>
    public static T? TryRead<T>(Snapshot snapshot, Func<PackedReader, T> read)
        where T : class
    {
        if (snapshot.Format != StateJson.Format)
        {
            return null;
        }

        try
        {
            using var reader = new PackedReader(snapshot);
            return read(reader);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Goes to the next line. Null after the last.</summary>
    /// <exception cref="InvalidDataException">The lines end before the one that is marked as the last.</exception>
    public char? Next()
    {
        _start = _lineEnd;
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf(LineEnd);
        while (length < 0)
        {
            var seen = _end - _start;
            Fill();
            length = _buffer.AsSpan(seen, _end - seen).IndexOf(LineEnd) is >= 0 and var at ? seen + at : -1;
        }

        _lineEnd = _start + length + 1;
        return length > 0 && _buffer[_start] != LastLine ? (char)_buffer[_start] : null;
    }

    /// <summary>What the line holds.</summary>
    public T Read<T>() => (T)Read(typeof(T));

    /// <summary>What the line holds.</summary>
    public object Read(Type type) => JsonSerializer.Deserialize(_buffer.AsSpan(_start + 1, _lineEnd - _start - 2), type, StateJson.Options)!;

    public void Dispose()
    {
        SharedText.Current = null;
        _content.Dispose();
    }

    /// <summary>The line that has begun moves to the front; a longer one than the buffer doubles it.</summary>
    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = _content.Read(_buffer, _end, _buffer.Length - _end);
        if (count == 0)
        {
            throw new InvalidDataException("The snapshot ends before its last line.");
        }

        _end += count;
    }

    private static MemoryStream ReadableOf(ReadOnlyMemory<byte> content) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);
}
