using System.Globalization;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;

namespace Cpom.Benchmarks;

/// <summary>P7: a server's start over a log of 5,000 contrats in force and 170,000 actors in all, its replica's snapshot being there.</summary>
internal static class StartUp
{
    private const int Contrats = FinancingRound.Contrats;
    private const int Known = 170_000;
    private const int KiloByte = 1024;
    private const int SitesPerEntite = 4;
    private const int BatchCount = 4_096;

    public static async Task Run(Report report, int rounds)
    {
        var region = await Region.With(Contrats);
        var items = region.Pending();
        await AddSites(region, Known - (Contrats * 4));
        await region.Settle(await region.Node.Store.LastPosition(default));
        var events = await region.Node.Store.LastPosition(default);
        await Region.CloseAll(); // One node at a time.

        var (seconds, resident, replica) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            using var child = Child.Start("start", region.Connection, Contrats.ToString(CultureInfo.InvariantCulture));
            await child.Figure("snapshot");
            if (round > 0) // The first one found no snapshot, and left one.
            {
                seconds.Add(await child.Figure("seconds"));
                resident.Add(await child.Figure("resident") / KiloByte);
                replica.Add(await child.Figure("replica") / (KiloByte * KiloByte));
            }
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{Contrats:#,0} contrats with {items / Contrats} items each, {Known:#,0} actors, {events:#,0} events");
        report.Add(Row.Of("P7", $"start of the process until it is ready, {what}", "s", new(seconds), reference: null, Target.AtMost(5)));
        report.Add(Row.Of("P7", "heap per contrat that becomes resident", "KB", new(resident), reference: null, Target.AtMost(20)));
        report.Add(Row.Of("P7", "heap of the whole server when ready, its replica of everything included", "MB", new(replica), reference: null, target: null));
    }

    /// <summary>Sites of entities without a contrat, four each, as their actors would have recorded them.</summary>
    private static async Task AddSites(Region region, int count)
    {
        await using var store = await PostgresEventStore.Open(region.Connection);
        foreach (var batch in Enumerable.Range(0, count).Chunk(BatchCount))
        {
            await store.Append([.. batch.Select(Registered)], default);
        }
    }

    private static Append Registered(int site)
    {
        var finess = (800_000_000 + site).ToString(CultureInfo.InvariantCulture);
        var entite = (770_000_000 + (site / SitesPerEntite)).ToString(CultureInfo.InvariantCulture);
        var registered = new SiteEvent.SiteRegistered(Ledger.Day, finess, entite, new($"Site {site}", "355", null, "75"));
        return new($"{Site.Category}-{finess}", 0, [EventCodec.Encode(registered)], Ledger.By(Domain.Cause.Unknown));
    }
}
