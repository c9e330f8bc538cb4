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
    /// <summary>Far more than any step needs: past it something is stuck, and the test says where.</summary>
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
        var (quietFolder, killedFolder) = (folder.File("quiet"), folder.File("killed"));
        var deliveries = Region.Write(folder.File("region"), days: 1);
        var spans = await Undisturbed(deliveries, quietFolder);
        Assert.True(await Disturbed(deliveries, KillPlan.Draw(spans, new Random(seed)), killedFolder) > 0, "No import was under way at a kill.");
        await Log.Settle(killedFolder);

        var (quiet, killed) = (await Log.ReadHistories(quietFolder), await Log.ReadHistories(killedFolder));
        var differences = Histories.Differences(quiet, killed).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences.Prepend($"CPOM_SEED={seed}")));
    }

    /// <summary>Imports in this process, each file after the effects of the one before.</summary>
    private static async Task<IReadOnlyList<Span>> Undisturbed(IReadOnlyList<Delivery> deliveries, string dataFolder)
    {
        var spans = new List<Span>();
        await using var app = await Log.Open(dataFolder);
        using var importer = new Importer(CpomServer.AddressesOf(app).Grpc);
        foreach (var delivery in deliveries)
        {
            var report = await importer.Import(delivery);
            spans.Add(new(spans.LastOrDefault()?.End ?? 0, report.LogPosition, await Log.Settle(app.Services.GetRequiredService<CpomNode>())));
        }

        return spans;
    }

    /// <summary>Imports into a process that is killed at each of the points. Answers how many imports had no report at their kill.</summary>
    private async Task<int> Disturbed(IReadOnlyList<Delivery> deliveries, IReadOnlyList<KillPoint> points, string dataFolder)
    {
        var interrupted = 0;
        var server = await ServerProcess.Start(dataFolder);
        try
        {
            for (var file = 0; file < deliveries.Count; file++)
            {
                var isReported = false;
                foreach (var point in points.Where(point => point.File == file))
                {
                    isReported = await ImportUntil(point, deliveries[file], isReported, server);
                    interrupted += isReported ? 0 : 1;
                    output.WriteLine($"killed at {point} of {deliveries[file].Name}, {(isReported ? "after" : "before")} its report");
                    server.Dispose();
                    server = await ServerProcess.Start(dataFolder);
                }

                if (!isReported)
                {
                    using var importer = new Importer(server.Grpc);
                    await importer.Import(deliveries[file]).WaitAsync(StepMax);
                }
            }

            await server.Stop(new CancellationTokenSource(StepMax).Token);
        }
        finally
        {
            server.Dispose();
        }

        return interrupted;
    }

    /// <summary>
    /// Kills the server once it has come to a point. Answers whether the import had been reported as done by then: a file that is done is not
    /// sent again, and what follows from it must come without its sender.
    /// </summary>
    private static async Task<bool> ImportUntil(KillPoint point, Delivery delivery, bool isReported, ServerProcess server)
    {
        using var importer = new Importer(server.Grpc);
        var messages = 0;
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var import = isReported ? Task.CompletedTask : importer.Import(delivery, _ =>
        {
            if (++messages == point.Progress)
            {
                told.SetResult();
            }
        });
        var reached = point.Progress > 0 ? Task.WhenAny(told.Task, import) : importer.WaitFor(point.Position, CancellationToken.None);
        try
        {
            await reached.WaitAsync(StepMax);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{delivery.Name} has not come to {point}; the log is at {await importer.Position()}. The server said:\n{server.Printed}");
        }

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
}
