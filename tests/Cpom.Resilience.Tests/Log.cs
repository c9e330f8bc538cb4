using Cpom.Server;
using Cpom.Storage;
using Cpom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cpom.Resilience.Tests;

/// <summary>What a data folder holds, as text that two runs can be compared by.</summary>
public static class Log
{
    /// <summary>See <see cref="Histories.Of"/>.</summary>
    public static async Task<SortedDictionary<string, IReadOnlyList<string>>> ReadHistories(string dataFolder)
    {
        await using var store = await SqliteEventStore.Open(Path.Combine(dataFolder, CpomServer.DatabaseName), TimeProvider.System, CancellationToken.None);
        return Histories.Of(await Histories.ReadLog(store, CancellationToken.None));
    }

    /// <summary>Lets the effects of everything recorded come to their end, in a server of this process. Answers the newest position.</summary>
    public static async Task<long> Settle(string dataFolder)
    {
        await using var app = await Open(dataFolder);
        return await Settle(app.Services.GetRequiredService<CpomNode>());
    }

    /// <summary>A server of this process over a data folder, started.</summary>
    public static async Task<WebApplication> Open(string dataFolder)
    {
        var options = new ServerOptions { DataFolder = dataFolder, HttpPort = 0, GrpcPort = 0, LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning };
        var app = await CpomServer.Build(options, new(node => new FileImporter(node)));
        await app.StartAsync();
        return app;
    }

    /// <summary>Effects are facts too and may have effects: settled is when a round adds nothing.</summary>
    public static async Task<long> Settle(CpomNode node)
    {
        long before = -1;
        var last = await node.Store.LastPosition(CancellationToken.None);
        while (before < last)
        {
            await node.Settle(last, CancellationToken.None);
            (before, last) = (last, await node.Store.LastPosition(CancellationToken.None));
        }

        return last;
    }
}
