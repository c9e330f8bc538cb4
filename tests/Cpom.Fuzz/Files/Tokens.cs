using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Cpom.Fuzz;

/// <summary>
/// A file's bytes as characters of the same number (Latin-1), so that structure can be edited with strings and what is not text survives.
/// </summary>
internal static partial class Tokens
{
    public static string Read(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Write(string carried) => Encoding.Latin1.GetBytes(carried);

    /// <summary>Text in UTF-8, carried. What is no Unicode becomes the bytes that a careless program would write for it.</summary>
    public static string Carry(string text)
    {
        var carried = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (char.IsSurrogate(text[i]) && !isPair)
            {
                carried.Append((char)(0xE0 | (text[i] >> 12))).Append((char)(0x80 | ((text[i] >> 6) & 0x3F))).Append((char)(0x80 | (text[i] & 0x3F)));
                continue;
            }

            var length = isPair ? 2 : 1;
            carried.Append(Read(Encoding.UTF8.GetBytes(text.Substring(i, length))));
            i += length - 1;
        }

        return carried.ToString();
    }

    public static List<string> Json(string text) => [.. JsonToken().Matches(text).Select(m => m.Value)];

    public static List<string> Xml(string text) => [.. XmlToken().Matches(text).Select(m => m.Value)];

    public static byte[] Gzip(byte[] plain)
    {
        using var whole = new MemoryStream();
        using (var writer = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write(plain);
        }

        return whole.ToArray();
    }

    public static byte[] Gunzip(byte[] packed)
    {
        using var reader = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        reader.CopyTo(whole);
        return whole.ToArray();
    }

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|[{}\[\],:]|[^\s{}\[\],:""]+|\s+|""", RegexOptions.Singleline)]
    private static partial Regex JsonToken();

    [GeneratedRegex("<[^>]*>|[^<]+|<", RegexOptions.Singleline)]
    private static partial Regex XmlToken();
}
