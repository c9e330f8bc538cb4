using System.Diagnostics;
using Cpom.Runtime.Intake;
using Cpom.Server;
using Cpom.Storage;

namespace Cpom.Benchmarks;

/// <summary>One day's FINESS+ files into a node of its own process, as a server imports them; and the bare pass over the same files.</summary>
internal static class FinessDay
{
    private const int BarePasses = 3;

    /// <param name="connection">The log, which holds the days before.</param>
    public static async Task Run(string connection, IReadOnlyList<string> files)
    {
        using var stop = new CancellationTokenSource();
        await using var node = CpomNode.Over(await PostgresEventStore.Open(connection), TimeProvider.System);
        var following = Task.WhenAll(node.RunPortfolio(stop.Token), node.RunRelay(stop.Token));
        await Settle(node, await node.Store.LastPosition(default));
        var importer = new FileImporter(node);
        var seconds = await Rounds.Seconds(async () =>
        {
            foreach (var file in files)
            {
                var report = await importer.Import(
                    file, Path.GetFileName(file), new(Complete: true, Sign: false, "banc"), new Progress<ImportProgress>(), default);
                if (report.Refused is not null)
                {
                    throw new InvalidOperationException($"{file} was refused: {report.Refused}");
                }

                await Settle(node, report.Position);
            }
        });
        Child.Say("peak", Process.GetCurrentProcess().PeakWorkingSet64);
        Child.Say("bytes", files.Sum(file => BareJsonPass.Over(file).Bytes));
        var passes = new List<double>();
        for (var i = 0; i < BarePasses; i++)
        {
            passes.Add(await Rounds.Seconds(() => Task.Run(() => files.Sum(file => BareJsonPass.Over(file).Tokens))));
        }

        Child.Say("bare", new Sample(passes).Median);
        Child.Say("seconds", seconds);
        await stop.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task Settle(CpomNode node, long position) => await node.Portfolio.WaitFor(await node.Settle(position, default), default);
}
