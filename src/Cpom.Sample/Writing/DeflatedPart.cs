namespace Cpom.Sample.Writing;

/// <summary>
/// A text compressed once, kept in a file that goes when this is disposed, to stand in many gzip files: the part of the
/// country that no day changes is then copied, not written again.
/// </summary>
internal sealed class DeflatedPart : IDisposable
{
    private readonly FileStream _file;

    private DeflatedPart(FileStream file) => _file = file;

    /// <summary>Finished CRC-32 of the text.</summary>
    public uint Crc { get; private set; }

    /// <summary>Bytes of the text.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Writes pieces side by side, as many at a time as there are processors, and joins them in their order: the bytes do
    /// not depend on how many those are. What is held at once is one compressed piece per processor.
    /// </summary>
    public static DeflatedPart Write(string path, int pieces, Action<int, Stream> write, CancellationToken cancellation)
    {
        var part = new DeflatedPart(new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose));
        try
        {
            var wave = new Piece[Environment.ProcessorCount];
            for (var from = 0; from < pieces; from += wave.Length)
            {
                var first = from;
                var count = Math.Min(wave.Length, pieces - first);
                Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i => wave[i] = Piece.Of(target => write(first + i, target)));
                for (var i = 0; i < count; i++)
                {
                    part.Add(wave[i]);
                }
            }

            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    public void CopyTo(Stream target)
    {
        _file.Position = 0;
        _file.CopyTo(target, 1024 * 1024);
    }

    public void Dispose() => _file.Dispose();

    private void Add(Piece piece)
    {
        piece.Bytes.WriteTo(_file);
        Crc = Length == 0 ? piece.Crc : Crc32.Combine(Crc, piece.Crc, piece.Length);
        Length += piece.Length;
    }

    private sealed record Piece(MemoryStream Bytes, uint Crc, long Length)
    {
        public static Piece Of(Action<Stream> write)
        {
            var bytes = new MemoryStream();
            var blocks = new DeflateBlocks(bytes);
            write(blocks);
            blocks.End(last: false);
            return new Piece(bytes, blocks.Crc, blocks.Length);
        }
    }
}
