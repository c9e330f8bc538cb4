using Cpom.Sample;

namespace Cpom.Resilience.Tests;

/// <summary>The small fictional region, as the files that an agency receives in two days.</summary>
public static class Region
{
    /// <param name="folder">Receives the files.</param>
    public static IReadOnlyList<Delivery> Write(string folder)
    {
        var summary = SampleRegion.Write(new() { Directory = folder, Scale = SampleScale.Mini, Days = 1 });
        var (stock, next) = (summary.Days[0].Directory, summary.Days[1].Directory);
        return
        [
            new(Only(stock, "finess-structures-*")),
            new(Only(stock, "finess-activites-*")),
            new(Only(stock, "finess_cs1600102_*")),
            new(Only(stock, "MEN_HAPI_*")),
            new(Only(stock, "contrats.csv")),
            new(Only(stock, "engagements.csv")),
            new(Only(stock, "contrats.csv"), Sign: true),
            new(Only(next, "finess-structures-*"), Complete: true),
            new(Only(next, "finess-activites-*"), Complete: true),
            new(Only(next, "finess_cs1600102_*"), Complete: true),
            new(Only(next, "MEN_HAPI_*"), Complete: true),
        ];
    }

    private static string Only(string folder, string pattern) => Assert.Single(Directory.GetFiles(folder, pattern));
}
