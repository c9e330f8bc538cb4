using System.Globalization;
using Cpom.Server;
using Cpom.TestKit;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Cpom.Resilience.Tests;

/// <summary>
/// The promise of the project, against the death of its process: each act exactly once, with its proof. CPOM_SEED repeats a run.
/// </summary>
public sealed class KilledImportTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    /// <summary>Far more than any step needs: past it something is stuck, and the test says at which position.</summary>
    private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(90);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CPOM_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    [Fact(DisplayName = "Tué vingt fois en plein import, le serveur finit avec le journal d'une journée tranquille, événement par événement")]
    public async Task Twenty_kills_change_nothing()
    {
        var seed = Seed;
        output.WriteLine($"CPOM_SEED={seed}");
        using var folder = new TemporaryFolder();
        var deliveries = Region.Write(folder.File("region"));
        var ends = await Undisturbed(deliveries, folder.File("quiet"));
        await Disturbed(deliveries, ends, new Random(seed), folder.File("killed"));
        await Log.Settle(folder.File("killed"));

        var (quiet, killed) = (await Log.Histories(folder.File("quiet")), await Log.Histories(folder.File("killed")));
        Assert.True(quiet.Values.Sum(h => h.Count) > Kills * 10, "The region is too small to be killed at different points.");
        Assert.Equal(quiet.Keys, killed.Keys);
        foreach (var (actor, history) in quiet)
        {
            Assert.True(history.SequenceEqual(killed[actor]), Difference(actor, history, killed[actor], seed));
        }
    }

    /// <summary>Imports in this process. Answers the log position at which the effects of each file have come to their end.</summary>
    private static async Task<IReadOnlyList<long>> Undisturbed(IReadOnlyList<Delivery> deliveries, string dataFolder)
    {
        var ends = new List<long>();
        await using var app = await Log.Open(dataFolder);
        using var importer = new Importer(CpomServer.AddressesOf(app).Grpc);
        foreach (var delivery in deliveries)
        {
            await importer.Import(delivery);
            ends.Add(await Log.Settle(app.Services.GetRequiredService<CpomNode>()));
        }

        return ends;
    }

    /// <summary>Imports into a process that is killed when its log reaches each of the points: while it records, or while effects follow.</summary>
    private async Task Disturbed(IReadOnlyList<Delivery> deliveries, IReadOnlyList<long> ends, Random random, string dataFolder)
    {
        var points = new Queue<long>(Enumerable.Range(0, Kills).Select(_ => random.NextInt64(1, ends[^1])).Order());
        var server = await ServerProcess.Start(dataFolder);
        try
        {
            for (var i = 0; i < deliveries.Count; i++)
            {
                var isReported = false;
                while (points.TryPeek(out var point) && point <= ends[i])
                {
                    points.Dequeue();
                    isReported = await ImportUntil(point, deliveries[i], isReported, server);
                    server.Dispose();
                    output.WriteLine($"killed at {point} of {ends[^1]}, in {deliveries[i].Name}{(isReported ? ", after its report" : string.Empty)}");
                    server = await ServerProcess.Start(dataFolder);
                }

                if (!isReported)
                {
                    using var importer = new Importer(server.Grpc);
                    await importer.Import(deliveries[i]).WaitAsync(StepMax);
                }
            }

            await server.Stop(new CancellationTokenSource(StepMax).Token);
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Kills the server once its log has reached a point. Answers whether the import had been reported as done by then.</summary>
    private static async Task<bool> ImportUntil(long point, Delivery delivery, bool isReported, ServerProcess server)
    {
        using var importer = new Importer(server.Grpc);
        var import = isReported ? Task.CompletedTask : importer.Import(delivery);
        var reached = importer.WaitFor(point, CancellationToken.None);
        if (await Task.WhenAny(reached, Task.Delay(StepMax)) != reached)
        {
            throw new TimeoutException($"The log has not come to {point} in {delivery.Name}, but to {await importer.Position()}. The server said:\n{server.Printed}");
        }

        await reached;
        server.Kill();
        try
        {
            await import;
            return true;
        }
        catch (RpcException gone) when (gone.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled)
        {
            return false;
        }
    }

    private static string Difference(string actor, IReadOnlyList<string> quiet, IReadOnlyList<string> killed, int seed)
    {
        var at = Enumerable.Range(0, Math.Max(quiet.Count, killed.Count)).First(i => quiet.ElementAtOrDefault(i) != killed.ElementAtOrDefault(i));
        var isOrder = quiet.Order(StringComparer.Ordinal).SequenceEqual(killed.Order(StringComparer.Ordinal));
        return $"""
            {actor} differs from its event {at + 1} on{(isOrder ? ", in order only" : string.Empty)} (CPOM_SEED={seed}):
            quiet  ({quiet.Count}): {quiet.ElementAtOrDefault(at) ?? "nothing"}
            killed ({killed.Count}): {killed.ElementAtOrDefault(at) ?? "nothing"}
            """;
    }
}
