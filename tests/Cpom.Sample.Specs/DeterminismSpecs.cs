using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Cpom.Sample.Writing;

namespace Cpom.Sample.Specs;

public sealed class DeterminismSpecs
{
    [Fact(DisplayName = "Même graine : mêmes octets dans chaque fichier")]
    public void Equal_seeds_give_equal_bytes()
    {
        using var one = new WrittenRegion(SampleScale.Mini, days: 4, seed: 7);
        using var two = new WrittenRegion(SampleScale.Mini, days: 4, seed: 7);
        Assert.Equal(one.Hashes().OrderBy(p => p.Key), two.Hashes().OrderBy(p => p.Key));
    }

    [Fact(DisplayName = "Autre graine : aucun fichier n'est égal, hors le socle et les nomenclatures")]
    public void Other_seeds_give_other_bytes()
    {
        using var one = new WrittenRegion(SampleScale.Mini, days: 1, seed: 7);
        using var two = new WrittenRegion(SampleScale.Mini, days: 1, seed: 8);
        var (a, b) = (one.Hashes(), two.Hashes());
        Assert.Equal(a.Keys.Order(), b.Keys.Order());
        Assert.All(a.Where(p => p.Key.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)), p => Assert.NotEqual(p.Value, b[p.Key])); // What is beside the days is the same for all.
    }

    [Fact(DisplayName = "La culture de la machine ne change rien")]
    public void Culture_has_no_say()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        using var one = new WrittenRegion(SampleScale.Mini, days: 2);
        try
        {
            // A culture of our own: invariant globalization gives every named one the same data.
            var strange = (System.Globalization.CultureInfo)before.Clone();
            strange.NumberFormat.NegativeSign = "~";
            strange.DateTimeFormat.DateSeparator = "!";
            System.Globalization.CultureInfo.CurrentCulture = strange;
            using var two = new WrittenRegion(SampleScale.Mini, days: 2);
            Assert.Equal(one.Hashes().OrderBy(p => p.Key), two.Hashes().OrderBy(p => p.Key));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact(DisplayName = "Les octets de la graine 1 sont ceux de toutes les machines")]
    public void Bytes_are_those_seen_on_the_first_machine()
    {
        // Changes with any change of the generator, and then on purpose: run, look at the files, and renew it.
        using var region = new WrittenRegion(SampleScale.Mini, days: 2);
        var all = string.Join('\n', region.Hashes().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key.Replace('\\', '/') + " " + p.Value));
        Assert.Equal("86A89F1EAB9D692972887BF2D7D2BC863DFA2B340D611BE7194A154834299555", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all))));
    }

    [Theory(DisplayName = "Le gzip maison se relit avec celui de la plateforme")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(700_000)]
    public void Gzip_is_read_back(int length)
    {
        // Half noise, half repetition, so that literals of all lengths, near and far matches all occur.
        var random = new SampleRandom(3);
        var data = new byte[length];
        for (var i = 0; i < length; i++)
        {
            data[i] = i > 300 && random.Below(40) != 0 ? data[i - 1 - i / 1000 % 299] : (byte)random.Below(256);
        }

        using var packed = new MemoryStream();
        SteadyGzip.Write(packed, zip => zip.Write(data));

        using var unpacked = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress))
        {
            zip.CopyTo(unpacked);
        }

        Assert.Equal(data, unpacked.ToArray());
    }
}
