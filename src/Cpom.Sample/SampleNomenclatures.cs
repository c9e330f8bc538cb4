using Cpom.Sample.Writing;

namespace Cpom.Sample;

/// <summary>
/// The lists that give the region's codes their labels and their rules, in the form of the files that an agency has: the AMM as the
/// ANS publishes them, the RC triplets as docs/templates/nomenclature-rc.csv. The codes are those that the sample uses; the labels are worded for it.
/// Written beside the days, because a list is not the news of one day.
/// </summary>
public static class SampleNomenclatures
{
    internal const string Pattern = "nomenclature-*.csv";

    /// <summary>The two files that <see cref="SampleRegion.Write"/> leaves, by their full paths. Import them first: what follows is checked against them.</summary>
    public static IReadOnlyList<string> PathsOf(SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [AmmOf(options), RcOf(options)];
    }

    internal static void Write(SampleOptions options)
    {
        using (var amm = File.Create(AmmOf(options)))
        {
            NomenclatureWriters.WriteAmm(amm);
        }

        using var rc = File.Create(RcOf(options));
        NomenclatureWriters.WriteRc(rc, options.BaseDate);
    }

    private static string AmmOf(SampleOptions options) => Path.Combine(options.Directory, $"nomenclature-amm-{Text.Compact(options.BaseDate)}.csv");

    private static string RcOf(SampleOptions options) => Path.Combine(options.Directory, $"nomenclature-rc-{Text.Compact(options.BaseDate)}.csv");
}
