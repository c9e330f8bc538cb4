using System.IO.Compression;
using System.Text;
using Cpom.Sample.Writing;

namespace Cpom.Sample.Faults;

/// <summary>Changes what a gzip file holds, as a stream: the file stays sound, only its text is another.</summary>
internal static class GzipEdit
{
    private const int BufferSize = 1024 * 1024;

    public static void Prepend(string path, byte[] bytes) => Rewrite(path, (from, to) =>
    {
        to.Write(bytes);
        from.CopyTo(to);
    });

    /// <summary>Every occurrence of each key becomes what it is drifted to.</summary>
    public static void Replace(string path, IReadOnlyList<KeyDrift> drifts)
    {
        var pairs = drifts.Select(d => (From: Encoding.UTF8.GetBytes(d.From), To: Encoding.UTF8.GetBytes(d.To))).ToList();
        Rewrite(path, (from, to) => Replace(from, to, pairs));
    }

    // What could be the beginning of a key at the end of the buffer is kept for the next one.
    private static void Replace(Stream from, Stream to, List<(byte[] From, byte[] To)> pairs)
    {
        var longest = pairs.Max(p => p.From.Length);
        var buffer = new byte[BufferSize];
        var filled = 0;
        for (var read = -1; read != 0;)
        {
            read = from.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var done = CopyReplaced(buffer.AsSpan(0, filled), to, pairs, read == 0 ? 0 : longest - 1);
            buffer.AsSpan(done, filled - done).CopyTo(buffer);
            filled -= done;
        }
    }

    private static int CopyReplaced(ReadOnlySpan<byte> text, Stream to, List<(byte[] From, byte[] To)> pairs, int kept)
    {
        var at = 0;
        while (true)
        {
            var (next, pair) = (-1, pairs[0]);
            foreach (var candidate in pairs)
            {
                var found = text[at..].IndexOf(candidate.From);
                (next, pair) = found >= 0 && (next < 0 || found < next) ? (found, candidate) : (next, pair);
            }

            if (next < 0)
            {
                var end = Math.Max(at, text.Length - kept);
                to.Write(text[at..end]);
                return end;
            }

            to.Write(text.Slice(at, next));
            to.Write(pair.To);
            at += next + pair.From.Length;
        }
    }

    private static void Rewrite(string path, Action<Stream, Stream> write)
    {
        var aside = path + ".part";
        using (var from = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        using (var to = File.Create(aside))
        {
            SteadyGzip.Write(to, zip => write(from, zip));
        }

        File.Move(aside, path, overwrite: true);
    }
}
