using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Benchmarks;

/// <summary>
/// P5: how long after a movement of money is stored (its command has been answered) a client that watches over gRPC has the contrat's new row.
/// Between them: relay, the contrat's own commit, replica, stream. One movement at a time.
/// </summary>
internal static class WatchDelay
{
    private const int WarmUp = 20;
    private const int MovementsPerRound = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Run(Report report, int rounds)
    {
        var region = await Region.With(FinancingRound.Contrats);
        using var client = new Client(region.Grpc);
        using var stop = new CancellationTokenSource();
        using var watch = client.Portfolio.Watch(new() { AfterLogPosition = region.Node.Portfolio.Current.Position }, cancellationToken: stop.Token);
        var direct = new List<double>();
        var relayed = new List<double>();
        for (var i = 0; i < WarmUp + (rounds * MovementsPerRound); i++)
        {
            var contrat = i % region.Contrats;
            var own = await Delay(watch, contrat, () => region.Tell(Region.NumeroOf(contrat), Dismiss(region, contrat)));
            var act = await Delay(watch, contrat, () => region.Tell(Ledger.FinessOf(contrat), Movement(contrat, i)));
            if (i >= WarmUp)
            {
                direct.Add(own);
                relayed.Add(act);
            }
        }

        await stop.CancelAsync();
        report.Add(Row.Of("P5", "commit of a contrat's own event to its row at a Watch client, p99", "ms", new(new Sample(direct).At(0.99)), null, Target.AtMost(20)));
        report.Add(Row.Of("P5", "the same, p50", "ms", new(new Sample(direct).Median), null, target: null));
        report.Add(Row.Of("P5", "commit of an act at its entity, relayed and committed again, to the contrat's row at a Watch client, p99", "ms", new(new Sample(relayed).At(0.99)), null, Target.AtMost(20)));
        report.Add(Row.Of("P5", "the same, p50", "ms", new(new Sample(relayed).Median), null, target: null));
    }

    private static async Task<double> Delay(AsyncServerStreamingCall<WatchResponse> watch, int contrat, Func<Task> commit)
    {
        await commit();
        return await Rounds.Seconds(async () =>
        {
            do
            {
                if (!await watch.ResponseStream.MoveNext(default).WaitAsync(Patience))
                {
                    throw new InvalidOperationException("The watch has ended.");
                }
            }
            while (watch.ResponseStream.Current.Rows.All(row => row.Numero != Region.NumeroOf(contrat)));
        }) * 1_000;
    }

    /// <summary>An event of the contrat alone, which asks nothing of any other actor.</summary>
    private static ContratCommand.DismissItem Dismiss(Region region, int contrat) => new(
        region.Node.Portfolio.Current.Contrats[Region.NumeroOf(contrat)].State.PendingByLigne.Values.First(), "banc", Ledger.Day);

    private static EntiteCommand.StateFinancements Movement(int contrat, int number) => new(
        Ledger.FinessOf(contrat), Ledger.Day, [new([new(Ledger.Day, Ledger.Movement(Ledger.FinessOf(contrat), number))], null, Ledger.Proof(number))]);
}
