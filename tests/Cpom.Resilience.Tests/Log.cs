using System.Text;
using System.Text.Json;
using Cpom.Runtime;
using Cpom.Server;
using Cpom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cpom.Resilience.Tests;

/// <summary>What a data folder holds, as text that two runs can be compared by.</summary>
public static class Log
{
    private const int PageMax = 1000;

    /// <summary>
    /// Each actor's own history in order, without what differs between any two runs: positions and times of recording. A contrat's history is
    /// that of each of its lines, and of the rest: many sites tell it of their lines at once, in no order among them.
    /// </summary>
    public static async Task<SortedDictionary<string, IReadOnlyList<string>>> Histories(string dataFolder)
    {
        await using var store = await SqliteEventStore.Open(Path.Combine(dataFolder, CpomServer.DatabaseName), TimeProvider.System, CancellationToken.None);
        var histories = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        long position = 0;
        while (await store.ReadLog(position, PageMax, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                var key = KeyOf(stored);
                if (!histories.TryGetValue(key, out var history))
                {
                    histories[key] = history = new List<string>();
                }

                ((List<string>)history).Add(Line(stored));
            }

            position = page[^1].Position;
        }

        return histories;
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

    private static string KeyOf(StoredEvent stored)
    {
        if (!stored.Actor.StartsWith("contrat-", StringComparison.Ordinal))
        {
            return stored.Actor;
        }

        using var payload = JsonDocument.Parse(stored.Payload);
        return payload.RootElement.TryGetProperty("act", out var act) ? $"{stored.Actor} {act.GetProperty("ligneId")}" : stored.Actor;
    }

    private static string Line(StoredEvent stored) => string.Join(
        " | ",
        stored.Name,
        Encoding.UTF8.GetString(stored.Payload.Span),
        stored.ValidOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        stored.Provenance.Author,
        stored.Provenance.Cause.ToString());
}
