using System.Diagnostics;
using System.Globalization;
using Cpom.V1;

namespace Cpom.Benchmarks;

/// <summary>
/// P4: the summary by GHT and the first page of all contrats over gRPC, one call at a time, in turns with an empty call (health) on the same
/// connection and with the same question asked of EF Core over the same data in normalised tables, which is not charged for any gRPC.
/// </summary>
internal static class Questions
{
    private static readonly int[] Sizes = [500, 5_000];

    /// <summary>Calls of each kind before any counts, or as many as fit in the time: the runtime compiles a method well only once it has been called often.</summary>
    private const int WarmUp = 500;

    private static readonly TimeSpan WarmUpMax = TimeSpan.FromSeconds(3);

    private const int CallsPerRound = 30;

    public static async Task Run(Report report, int rounds)
    {
        foreach (var contrats in Sizes)
        {
            var region = await Region.With(contrats);
            var reference = await EfPortfolio.Open(Databases.New(), region.Node.Portfolio.Current);
            using var client = new Client(region.Grpc);
            await Run(report, rounds * CallsPerRound, region, client, reference);
        }
    }

    private static async Task Run(Report report, int calls, Region region, Client client, EfPortfolio reference)
    {
        await Check(region, client, reference);
        var samples = await Alternate(
            calls,
            async () => await client.Health.CheckAsync(new()),
            async () => await client.Portfolio.SummarizeAsync(new() { GroupBy = SummaryGroup.Ght }),
            async () => await client.Portfolio.QueryAsync(new()),
            async () => await reference.Summarize(),
            async () => await reference.Query());
        var contrats = string.Create(CultureInfo.InvariantCulture, $"{region.Contrats:#,0} contrats, {region.Pending():#,0} items, p50");
        report.Add(Row.Of("P4", $"Summarize by GHT, {contrats}, against an empty call", "ms", samples[1], samples[0], Target.RatioAtMost(1.5)));
        report.Add(Row.Of("P4", $"first page of Query, {contrats}, against an empty call", "ms", samples[2], samples[0], Target.RatioAtMost(1.5)));
        report.Add(Row.Of("P4", $"Summarize by GHT, {contrats}, against EF Core", "ms", samples[1], samples[3], Target.RatioAtMost(1 / 20.0)));
        report.Add(Row.Of("P4", $"first page of Query, {contrats}, against EF Core", "ms", samples[2], samples[4], Target.RatioAtMost(1 / 20.0)));
    }

    /// <summary>Both sides answer the same, or the comparison says nothing.</summary>
    private static async Task Check(Region region, Client client, EfPortfolio reference)
    {
        var ours = await client.Portfolio.SummarizeAsync(new() { GroupBy = SummaryGroup.Ght });
        var theirs = await reference.Summarize();
        var page = await client.Portfolio.QueryAsync(new());
        var (rows, total) = await reference.Query();
        if (ours.Overall.Pending != region.Pending()
            || theirs.Sum(t => t.Pending) != region.Pending()
            || decimal.Parse(ours.Overall.PendingAmount, CultureInfo.InvariantCulture) != theirs.Sum(t => t.Montant)
            || total != page.TotalSize
            || !page.Rows.Select(r => r.Numero).SequenceEqual(rows.Select(r => r.Numero)))
        {
            throw new InvalidOperationException($"The two portfolios differ: {ours.Overall} and {theirs.Count} totals, {total} contrats.");
        }
    }

    private static async Task<Sample[]> Alternate(int calls, params Func<Task>[] turns)
    {
        var values = turns.Select(_ => new List<double>()).ToArray();
        var order = Enumerable.Range(0, turns.Length).ToArray();
        var random = new Random(20_261_130);
        foreach (var turn in turns)
        {
            await WarmedUp(turn);
        }

        for (var call = 0; call < calls; call++)
        {
            // In another order each time: what a question of EF Core leaves in the caches is not charged to the one kind of call that follows it.
            random.Shuffle(order);
            foreach (var turn in order)
            {
                values[turn].Add(await Rounds.Seconds(turns[turn]) * 1_000);
            }
        }

        return [.. values.Select(v => new Sample(v))];
    }

    private static async Task WarmedUp(Func<Task> turn)
    {
        var started = Stopwatch.GetTimestamp();
        for (var call = 0; call < WarmUp && Stopwatch.GetElapsedTime(started) < WarmUpMax; call++)
        {
            await turn();
        }
    }
}
