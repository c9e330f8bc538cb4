using System.Text;

namespace Cpom.Fuzz;

/// <summary>A sample with edits: of its structure first, then of its bytes, then of its compression, then of its name.</summary>
internal static class MutatedFile
{
    /// <summary>Of a compression bomb: far more than the samples hold, far less than the machine does.</summary>
    private const int BombBytes = 64 * 1024 * 1024;

    private enum Layer
    {
        Structure,
        Bytes,
        Compression,
        Name,
    }

    private static readonly Func<byte[], Random, byte[]>[] OnBytes =
    [
        (b, r) => b[..r.Next(b.Length + 1)],
        (b, r) => [.. b[..^Math.Min(b.Length, r.Next(1, 4))]],
        Flip, Flip,
        (b, r) => Splice(b, r, [0xFF]), (b, r) => Splice(b, r, [0xC3]), (b, r) => Splice(b, r, [0xED, 0xA0, 0x80]), (b, r) => Splice(b, r, [0]), (b, r) => Splice(b, r, new byte[r.Next(1, 5_000)]),
        (b, _) => [0xEF, 0xBB, 0xBF, .. b],
        (b, _) => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(b))],
        (b, _) => Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(b)),
        (b, _) => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(b)),
        (b, _) => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(b)),
        (_, _) => [],
        (_, r) => Noise(r),
    ];

    private static readonly Func<byte[], Random, byte[]>[] OnCompressed =
    [
        (b, r) => b[..r.Next(b.Length + 1)],
        (b, _) => b[..^Math.Min(b.Length, 4)],
        Flip, Flip,
        (b, _) => [.. b, .. b],
        (b, r) => [.. b, .. Tokens.Gzip(Noise(r))],
        (b, r) => [.. b, .. Noise(r)],
        (b, _) => [.. b, 0, 0, 0, 0],
        (b, _) => [.. b, .. Tokens.Gzip(new byte[BombBytes])],
        (_, _) => Tokens.Gzip(new byte[BombBytes]),
        (b, _) => Tokens.Gzip(b),
        (_, _) => Tokens.Gzip([]),
        (_, _) => [0x1F, 0x8B],
        (_, _) => [0x1F, 0x8B, 8, 0xFF, 0, 0, 0, 0, 0, 0],
    ];

    /// <param name="others">Whose names a file may be sent under.</param>
    public static SampleFile Make(SampleFile sample, IReadOnlyList<SampleFile> others, IEnumerable<Random> steps)
    {
        var drawn = steps.Select(random => (Layer: LayerOf(random, sample.IsGzip), Random: random)).OrderBy(s => s.Layer).ToList();
        var content = sample.IsGzip ? Tokens.Gunzip(sample.Content) : sample.Content;
        content = Structure(content, [.. drawn.Where(s => s.Layer == Layer.Structure).Select(s => s.Random)]);
        foreach (var (_, random) in drawn.Where(s => s.Layer == Layer.Bytes))
        {
            content = random.Pick(OnBytes)(content, random);
        }

        var packed = drawn.Where(s => s.Layer == Layer.Compression).ToList();
        content = sample.IsGzip || packed.Count > 0 ? Tokens.Gzip(content) : content;
        foreach (var (_, random) in packed)
        {
            content = random.Pick(OnCompressed)(content, random);
        }

        var name = drawn.Where(s => s.Layer == Layer.Name).Aggregate(sample.Name, (n, s) => Rename(n, s.Random, others));
        return new(name, content);
    }

    private static Layer LayerOf(Random random, bool isGzip) => random.Next(100) switch
    {
        < 76 => Layer.Structure,
        < 87 => Layer.Bytes,
        < 93 => isGzip || random.Chance(30) ? Layer.Compression : Layer.Bytes,
        _ => Layer.Name,
    };

    private static byte[] Structure(byte[] content, IReadOnlyList<Random> steps)
    {
        if (steps.Count == 0 || content.Length == 0)
        {
            return content;
        }

        var text = Tokens.Read(content);
        var first = text.TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n').FirstOrDefault();
        var (tokens, mutations, between) = first switch
        {
            '{' or '[' => (Tokens.Json(text), JsonMutations.All, ""),
            '<' => (Tokens.Xml(text), XmlMutations.All, ""),
            _ => ([.. text.Split('\n')], CsvMutations.All, "\n"),
        };
        foreach (var random in steps.Where(_ => tokens.Count > 0))
        {
            random.Pick(mutations)(tokens, random);
        }

        return Tokens.Write(string.Join(between, tokens));
    }

    private static string Rename(string name, Random random, IReadOnlyList<SampleFile> others) => random.Next(4) switch
    {
        0 => random.Pick(["a", "x.zip", "é😀.csv", "a;b\n.csv", ".", new string('n', 255), "finess-activites-journalier-99999999.json", "MEN_HAPI_0000_00_00.CSV", "stock_20269999-0000.xml"]),
        1 => name.Replace("2026", random.Pick(["0000", "9999", "2025", "٢٠٢٦"]), StringComparison.Ordinal),
        _ => random.Pick(others).Name,
    };

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (var n = random.Next(1, 4); n > 0 && flipped.Length > 0; n--)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Splice(byte[] bytes, Random random, byte[] foreign)
    {
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. foreign, .. bytes[at..]];
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 2_000)];
        random.NextBytes(noise);
        return noise;
    }
}
