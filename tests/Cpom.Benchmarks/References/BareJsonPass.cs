using System.IO.Compression;
using System.Text.Json;

namespace Cpom.Benchmarks;

/// <summary>The least that reading a file can cost: gunzip, and every token visited by Utf8JsonReader. Nothing is kept, decoded or checked.</summary>
internal static class BareJsonPass
{
    private const int BufferBytes = 256 * 1024;

    /// <returns>Tokens, and bytes of JSON.</returns>
    public static (long Tokens, long Bytes) Over(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var content = new GZipStream(file, CompressionMode.Decompress);
        var (buffer, filled, tokens, bytes) = (new byte[BufferBytes], 0, 0L, 0L);
        var state = default(JsonReaderState);
        while (true)
        {
            var read = content.Read(buffer, filled, buffer.Length - filled);
            (filled, bytes) = (filled + read, bytes + read);
            var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isFinalBlock: read == 0, state);
            while (reader.Read())
            {
                tokens++;
            }

            if (read == 0)
            {
                return (tokens, bytes);
            }

            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2); // A token longer than the buffer.
            }
        }
    }
}
