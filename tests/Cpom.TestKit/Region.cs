using Cpom.Sample;

namespace Cpom.TestKit;

/// <summary>One file of the sequence that a region goes through.</summary>
public sealed record Delivery(string Path, bool Complete = false, bool Sign = false)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>The small fictional region, as the files that an agency receives day after day.</summary>
public static class Region
{
    /// <param name="folder">Receives the files.</param>
    /// <param name="days">Days of change after the stock.</param>
    public static IReadOnlyList<Delivery> Write(string folder, int days, ulong seed = 1)
    {
        var summary = SampleRegion.Write(new() { Directory = folder, Scale = SampleScale.Mini, Days = days, Seed = seed });
        var stock = summary.Days[0].Directory;
        return
        [
            new(Only(stock, "finess-structures-*")),
            new(Only(stock, "finess-activites-*")),
            new(Only(stock, "finess_cs1600102_*")),
            new(Only(stock, "MEN_HAPI_*")),
            new(Only(stock, "contrats.csv")),
            new(Only(stock, "engagements.csv")),
            new(Only(stock, "contrats.csv"), Sign: true),
            .. summary.Days.Skip(1).SelectMany(day => Day(day.Directory)),
        ];
    }

    private static IEnumerable<Delivery> Day(string folder) =>
    [
        new(Only(folder, "finess-structures-*"), Complete: true),
        new(Only(folder, "finess-activites-*"), Complete: true),
        new(Only(folder, "finess_cs1600102_*"), Complete: true),
        new(Only(folder, "MEN_HAPI_*"), Complete: true),
    ];

    private static string Only(string folder, string pattern) => Directory.GetFiles(folder, pattern).Single();
}
