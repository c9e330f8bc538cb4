using System.Diagnostics;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using Cpom.Server;
using Cpom.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.Benchmarks;

/// <summary>A whole server over an existing log, from the start of its process until its replica and its relay have caught up.</summary>
internal static class Start
{
    private const string ReplicaSnapshot = "portfolio";

    public static async Task Run(string connection, int contrats)
    {
        using var folder = new TemporaryFolder();
        await using var app = await CpomServer.Build(
            new() { DataFolder = folder.Path, Postgres = connection, HttpPort = 0, GrpcPort = 0, LogLevel = LogLevel.Warning }, new());
        await app.StartAsync();
        var node = app.Services.GetRequiredService<CpomNode>();
        var last = await node.Store.LastPosition(default);
        await node.Portfolio.WaitFor(await node.Settle(last, default), default);
        Child.Say("seconds", (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds);

        var replica = await AtRest(Pause);
        await Rounds.InFlight(64, contrats, async i =>
        {
            // Refused, and so nothing is recorded; but the contrat is now resident.
            if (await node.Actors.Execute(Region.NumeroOf(i), new ContratCommand.DismissItem("-", "banc", Ledger.Day), Ledger.By(Domain.Cause.Unknown), default) is not Outcome.Refused)
            {
                throw new InvalidOperationException("An item that does not exist was dismissed.");
            }
        });
        Child.Say("replica", replica);
        Child.Say("resident", (await AtRest(Pause) - replica) / (double)contrats);
        while (await node.Store.ReadSnapshot(ReplicaSnapshot, default) is not { } left || last - left.Position >= Math.Max(new PortfolioOptions().SnapshotEvery, last / 8))
        {
            await Pause();
        }

        Child.Say("snapshot", 1);
        await app.StopAsync();

        Task Pause() => node.Store.WaitForAppend(last, default); // Nothing comes: the store's polling interval passes.
    }

    /// <summary>What lives once it changes no more: at some starts 20 MB of it come only in the seconds after the server is ready.</summary>
    private static async Task<long> AtRest(Func<Task> pause)
    {
        var (before, now) = (0L, Live());
        while (Math.Abs(now - before) > now / 100)
        {
            await pause();
            (before, now) = (now, Live());
        }

        return now;
    }

    /// <summary>In bytes, without what the collector keeps free between what lives: that differs by megabytes from one kind of collector to the other.</summary>
    private static long Live()
    {
        for (var pass = 0; pass < 2; pass++) // What had a finalizer goes with the second.
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return heap.HeapSizeBytes - heap.FragmentedBytes;
    }
}
