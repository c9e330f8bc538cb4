using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Cpom.Runtime;

/// <summary>
/// Writes a state too large to be whole in memory once more as text: row after row, each a line of JSON behind a letter that says what it is, in blocks that are
/// compressed one by one, so that they can be read at once on as many processors as there are. The replica of France is 166 MB of JSON; as one text it took a
/// gigabyte of buffers to write.
/// </summary>
/// <remarks>
/// A block: its length compressed, its length as text, four bytes each, little-endian; then its lines, by Brotli. After the last one stands a block of no length.
/// </remarks>
internal sealed class PackedWriter : IDisposable
{
    public const int HeadBytes = 2 * sizeof(int);
    public const byte LineEnd = (byte)'\n';

    /// <summary>Bytes of rows that are compressed together: some two hundred rows of contrats.</summary>
    private const int BlockBytes = 256 * 1024;

    private const int Quality = 1;
    private const int WindowBits = 18;

    private readonly ArrayBufferWriter<byte> _packed = new();
    private readonly ArrayBufferWriter<byte> _block = new(BlockBytes);
    private readonly Utf8JsonWriter _json;

    public PackedWriter() => _json = new(_block);

    /// <param name="kind">An ASCII letter.</param>
    public void Add<T>(char kind, T row)
    {
        if (_block.WrittenCount >= BlockBytes)
        {
            Close();
        }

        Write(kind, row, typeof(T));
    }

    public void AddAll<T>(char kind, IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            Add(kind, row);
        }
    }

    /// <summary>A row that is read with the one before it, and stays in its block.</summary>
    /// <param name="kind">An ASCII letter.</param>
    /// <param name="type">As what it is written: what it is read as.</param>
    public void AddBelow(char kind, object? row, Type type) => Write(kind, row, type);

    /// <summary>Nothing is added after it.</summary>
    public Snapshot ToSnapshot(long position)
    {
        if (_block.WrittenCount > 0)
        {
            Close();
        }

        _packed.GetSpan(HeadBytes)[..HeadBytes].Clear();
        _packed.Advance(HeadBytes);
        return new(StateJson.Format, position, _packed.WrittenMemory);
    }

    public void Dispose() => _json.Dispose();

    private void Write(char kind, object? row, Type type)
    {
        _block.Write([(byte)kind]);
        _json.Reset(_block);
        JsonSerializer.Serialize(_json, row, type, StateJson.Options);
        _json.Flush();
        _block.Write([LineEnd]);
    }

    private void Close()
    {
        var lines = _block.WrittenSpan;
        var space = _packed.GetSpan(HeadBytes + BrotliEncoder.GetMaxCompressedLength(lines.Length));
        if (!BrotliEncoder.TryCompress(lines, space[HeadBytes..], out var length, Quality, WindowBits))
        {
            throw new InvalidOperationException("A block did not fit into the most that it can take.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(space, length);
        BinaryPrimitives.WriteInt32LittleEndian(space[sizeof(int)..], lines.Length);
        _packed.Advance(HeadBytes + length);
        _block.ResetWrittenCount();
    }
}
