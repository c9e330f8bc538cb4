using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace Cpom.Sample.Specs;

/// <summary>A region written to a folder of its own, and read back with parsers that are not the writers.</summary>
public sealed class WrittenRegion : IDisposable
{
    public WrittenRegion(SampleScale scale, int days, ulong seed = 1, DateOnly? baseDate = null, Func<SampleOptions, SampleOptions>? change = null)
    {
        Options = new SampleOptions { Directory = Directory.CreateTempSubdirectory("cpom-sample-").FullName, Scale = scale, Seed = seed, Days = days };
        Options = baseDate is { } date ? Options with { BaseDate = date } : Options;
        Options = change?.Invoke(Options) ?? Options;
        Summary = SampleRegion.Write(Options);
    }

    private readonly ConcurrentDictionary<int, XElement> _rc = new();

    public SampleOptions Options { get; }

    public SampleSummary Summary { get; }

    public IEnumerable<int> Days => Options.Rounds();

    /// <summary>Relative path → sha-256 of every file.</summary>
    public IReadOnlyDictionary<string, string> Hashes() => Directory
        .EnumerateFiles(Options.Directory, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Options.Directory, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));

    public string Find(int day, string pattern) => Directory.GetFiles(Path.Combine(Options.Directory, $"jour-{day}"), pattern).Single();

    public JsonDocument Json(int day, string kind)
    {
        using var zip = new GZipStream(File.OpenRead(Find(day, $"finess-{kind}-journalier-*.json.gz")), CompressionMode.Decompress);
        return JsonDocument.Parse(zip);
    }

    /// <summary>The RC file of a day, parsed once; specs only read it.</summary>
    public XElement Rc(int day) => _rc.GetOrAdd(day, d => XDocument.Load(Find(d, "finess_cs1600102_stock_*.xml")).Root!);

    /// <summary>A CSV as rows of column → value; the sample quotes as RFC 4180 says.</summary>
    public List<Dictionary<string, string>> Csv(int day, string pattern)
    {
        var lines = File.ReadAllLines(Find(day, pattern));
        var header = Fields(lines[0]);
        return lines.Skip(1).Select(l => header.Zip(Fields(l)).ToDictionary(p => p.First, p => p.Second)).ToList();
    }

    public static DateOnly Date(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(Options.Directory, recursive: true);

    private static List<string> Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ';' && !quoted)
            {
                fields.Add("");
            }
            else
            {
                fields[^1] += c;
            }
        }

        return fields;
    }
}

/// <summary>One idf region with three days, written once for all its specs.</summary>
public sealed class IdfFixture : IDisposable
{
    public WrittenRegion Region { get; } = new(SampleScale.Idf, days: 3);

    public void Dispose() => Region.Dispose();
}
