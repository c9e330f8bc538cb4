
namespace Cpom.Benchmarks;

/// <summary>
/// P3: a HAPI file of 50,000 lines for 5,000 contrats in force, from the file on disk until all 50,000 new pending items are in the view that
/// queries see: read twice, recorded by 5,000 entities, relayed, recorded by 5,000 contrats, folded. Against one SQL statement.
/// </summary>
internal static class FinancingRound
{
    public const int Contrats = 5_000;

    /// <summary>Each round leaves its items pending: more of them would measure ever fuller contrats.</summary>
    private const int RoundsMax = 3;

    public static async Task Run(Report report, int rounds)
    {
        var region = await Region.With(Contrats);
        await using var reference = await SetBasedItems.Open(Databases.New(), Contrats);
        var recorded = new List<double>();
        var samples = await Rounds.Interleave(Math.Min(rounds, RoundsMax), () => Round(region, recorded), reference.Round);
        const string What = "50,000 financing lines on 5,000 contrats, file to queryable items";
        report.Add(Row.Of("P3", $"{What}, against one SQL statement", "s", samples[0], samples[1], Target.RatioAtMost(3)));
        report.Add(Row.Of("P3", What, "s", samples[0], reference: null, Target.AtMost(5)));
        report.Add(Row.Of("P3", "of which until the entities have recorded it", "s", new(recorded.Skip(1)), reference: null, target: null));
    }

    private static async Task<double> Round(Region region, List<double> recorded)
    {
        var file = region.WriteCampagne();
        var pending = region.Pending();
        var seconds = await Rounds.Seconds(async () => recorded.Add(await region.Import(file)));
        return region.Pending() - pending == Contrats * Region.LignesPerContrat
            ? seconds
            : throw new InvalidOperationException($"{region.Pending() - pending} items are pending of the round's {Contrats * Region.LignesPerContrat}.");
    }
}
