using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Cpom.Runtime;

/// <summary>Reads what <see cref="PackedWriter"/> wrote, its blocks at the same time. A text that comes back often is kept once.</summary>
internal static class PackedReader
{
    /// <summary>The longest block that is believed: a row of a replica has never come near it.</summary>
    private const int BlockMax = 1 << 28;

    /// <summary>The state that a snapshot of this build holds, or null where it cannot be read: a cache that is no use is folded anew, not an error.</summary>
    /// <param name="read">The rows of one block; on several threads at once.</param>
    /// <param name="join">What the blocks held, in the order in which they were written.</param>
    public static TState? TryRead<TPart, TState>(Snapshot snapshot, Func<PackedLines, TPart> read, Func<IReadOnlyList<TPart>, TState> join)
        where TState : class
    {
        if (snapshot.Format != StateJson.Format || BlocksOf(snapshot.Content) is not { } blocks)
        {
            return null;
        }

        var (parts, shared) = (new TPart[blocks.Count], new SharedText());
        var whole = Parallel.For(0, blocks.Count, (i, others) =>
        {
            if (!TryRead(blocks[i], shared, read, out parts[i]))
            {
                others.Stop();
            }
        });
        return whole.IsCompleted ? join(parts) : null;
    }

    private sealed record Block(ReadOnlyMemory<byte> Packed, int Length);

    /// <returns>Null where the content does not end as it should.</returns>
    private static List<Block>? BlocksOf(ReadOnlyMemory<byte> content)
    {
        var blocks = new List<Block>();
        while (content.Length >= PackedWriter.HeadBytes)
        {
            var packed = BinaryPrimitives.ReadInt32LittleEndian(content.Span);
            var length = BinaryPrimitives.ReadInt32LittleEndian(content.Span[sizeof(int)..]);
            content = content[PackedWriter.HeadBytes..];
            if (packed == 0)
            {
                return content.IsEmpty ? blocks : null;
            }

            if (packed < 0 || packed > content.Length || length is < 0 or > BlockMax)
            {
                return null;
            }

            blocks.Add(new(content[..packed], length));
            content = content[packed..];
        }

        return null;
    }

    private static bool TryRead<TPart>(Block block, SharedText shared, Func<PackedLines, TPart> read, out TPart part)
    {
        var text = ArrayPool<byte>.Shared.Rent(block.Length);
        SharedText.Current = shared;
        try
        {
            var isWhole = BrotliDecoder.TryDecompress(block.Packed.Span, text, out var length) && length == block.Length;
            part = isWhole ? read(new(text.AsMemory(0, length))) : default!;
            return isWhole;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidDataException or InvalidOperationException)
        {
            part = default!;
            return false;
        }
        finally
        {
            SharedText.Current = null;
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}

/// <summary>The lines of one block.</summary>
internal sealed class PackedLines(ReadOnlyMemory<byte> text)
{
    private ReadOnlyMemory<byte> _rest = text;
    private ReadOnlyMemory<byte> _line;

    /// <summary>Goes to the next line. Null after the last.</summary>
    /// <exception cref="InvalidDataException">The last line has no end.</exception>
    public char? Next()
    {
        if (_rest.IsEmpty)
        {
            return null;
        }

        var end = _rest.Span.IndexOf(PackedWriter.LineEnd);
        if (end <= 0)
        {
            throw new InvalidDataException("A line without its end, or without its kind.");
        }

        (_line, _rest) = (_rest[..end], _rest[(end + 1)..]);
        return (char)_line.Span[0];
    }

    /// <summary>What the line holds.</summary>
    public T Read<T>() => (T)Read(typeof(T));

    /// <summary>What the line holds.</summary>
    public object Read(Type type) => JsonSerializer.Deserialize(_line.Span[1..], type, StateJson.Options)!;
}
