using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>What is due, as a caller of the whole server sees it while days pass.</summary>
public sealed class EcheancesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // Evidence is missing after this; nothing is measured by it.

    [Fact(DisplayName = "R-109 Une évaluation qui manque se voit venir, se dit dépassée d'elle-même, se suit, et s'enregistre en retard")]
    public async Task Overdue_and_done_late()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var fiche = RunningServer.Fiche();
        (fiche.DateEffet, fiche.DateFin) = ("2023-03-03", "2028-03-02"); // In its third year, the eve of an evaluation.
        await server.OpenAndSign(fiche);
        var list = await server.Echeances.ListEcheancesAsync(new());
        Assert.Equal(
            [
                ("2024-03-03", V1.EcheanceStade.Depassee), ("2025-03-03", V1.EcheanceStade.Depassee), ("2026-03-03", V1.EcheanceStade.Proche),
                ("2027-03-02", V1.EcheanceStade.AVenir), ("2027-03-03", V1.EcheanceStade.AVenir), ("2028-03-02", V1.EcheanceStade.AVenir),
            ],
            list.Echeances.Select(e => (e.DueOn, e.Stade)));
        Assert.Equal("36 mois après la date d'effet du contrat (03/03/2023)", list.Echeances[2].Computed);
        Assert.Equal("12 mois avant la date de fin du contrat (02/03/2028)", list.Echeances[3].Computed);

        using var watch = server.Portfolio.Watch(new() { AfterLogPosition = list.LogPosition, Filter = "overdue = 3" });
        server.JumpTo(new(2026, 3, 4));
        V1.PortfolioRow? row = null;
        while (row is null)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
            row = watch.ResponseStream.Current.Rows.SingleOrDefault();
        }

        Assert.Equal((3, "2024-03-03"), (row.Figures.Overdue, row.Figures.NextDueOn));
        var overdue = (await server.Echeances.ListEcheancesAsync(new() { Stades = { V1.EcheanceStade.Depassee } })).Echeances;
        Assert.Equal([1, 2, 3], overdue.Select(e => e.Number));
        Assert.All(overdue, e => Assert.Equal((RunningServer.Contrat, V1.EcheanceKind.Evaluation, "R-109"), (e.Contrat, e.Kind, e.Rule)));
        Assert.Equal(3, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.Overdue);
        var history = (await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat })).Events.Where(e => e.Author == "horloge").ToList();
        Assert.Equal(["2024-03-04", "2025-03-04", "2026-01-03", "2026-03-03", "2026-03-04"], history.Select(e => e.ValidOn));
        Assert.Equal("Évaluation 3 : dépassée (échéance du 03/03/2026)", history[^1].Description);

        var recorded = await server.Echeances.RecordEvaluationAsync(new() { Contrat = RunningServer.Contrat, Number = 3 });
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = new() { MinLogPosition = recorded.Recorded.LogPosition } })).Contrat;
        var done = contrat.Echeances[2];
        Assert.Equal((V1.EcheanceStade.Faite, "2026-03-04", true), (done.Stade, done.DoneOn, done.Late));
        Assert.Equal(2, contrat.Figures.Overdue);
        Assert.False((await server.Echeances.RecordEvaluationAsync(new() { Contrat = RunningServer.Contrat, Number = 3 })).Recorded.Changed);

        // Once it is over, nobody makes up for the two that are missing (decision 0048).
        var atTheEnd = new V1.AsOf { ValidOn = "2028-03-03" };
        Assert.Equal(0, (await server.Portfolio.QueryAsync(new() { Filter = "overdue > 0", AsOf = atTheEnd })).TotalSize);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "statut = echu AND next_due_on = 9999-12-31", AsOf = atTheEnd })).TotalSize);
        Assert.Equal(0, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement, AsOf = atTheEnd })).Overall.Overdue);
        Assert.Equal(0, (await server.Echeances.ListEcheancesAsync(new() { AsOf = atTheEnd })).TotalSize);
        Assert.Equal("2026-03-04", Assert.Single((await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = atTheEnd })).Contrat.Echeances).DoneOn);
    }

    [Fact(DisplayName = "Les échéances se demandent par territoire, nature, stade et jour, page par page")]
    public async Task Filters_and_pages()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        Assert.Equal(3, (await server.Echeances.ListEcheancesAsync(new() { Departement = "75", Ght = RunningServer.Ght, Contrat = RunningServer.Contrat })).TotalSize);
        Assert.Equal(0, (await server.Echeances.ListEcheancesAsync(new() { Departement = "93" })).TotalSize);
        Assert.Equal(0, (await server.Echeances.ListEcheancesAsync(new() { Ght = "AUTRE" })).TotalSize);
        Assert.Equal(0, (await server.Echeances.ListEcheancesAsync(new() { Until = "2028-06-30" })).TotalSize);
        Assert.Equal(2, (await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.Fin, V1.EcheanceKind.Evaluation } })).TotalSize);
        Assert.Equal(0, (await server.Echeances.ListEcheancesAsync(new() { Stades = { V1.EcheanceStade.Faite } })).TotalSize);
        var later = await server.Echeances.ListEcheancesAsync(new() { AsOf = new() { ValidOn = "2030-01-01" } });
        Assert.Equal([V1.EcheanceStade.Depassee, V1.EcheanceStade.Depassee, V1.EcheanceStade.AVenir], later.Echeances.Select(e => e.Stade));

        var first = await server.Echeances.ListEcheancesAsync(new() { PageSize = 2 });
        var second = await server.Echeances.ListEcheancesAsync(new() { PageSize = 2, PageToken = first.NextPageToken });
        Assert.Equal((2, 1, 3, ""), (first.Echeances.Count, second.Echeances.Count, second.TotalSize, second.NextPageToken));
        await Assert.ThrowsAsync<RpcException>(async () => await server.Echeances.ListEcheancesAsync(new() { Until = "demain" }));
        await Assert.ThrowsAsync<RpcException>(async () => await server.Echeances.ListEcheancesAsync(new() { Contrat = "contrats/inconnu" }));
    }

    [Fact(DisplayName = "L-02 Le renouvellement se demande et s'accorde ; un refus sans motif nomme sa règle")]
    public async Task Renewal()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        await server.Echeances.AskRenouvellementAsync(new() { Contrat = RunningServer.Contrat, On = "2026-02-01" });
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Echeances.AnswerRenouvellementAsync(new() { Contrat = RunningServer.Contrat }));
        var detail = RunningServer.DetailOf<V1.RefusalDetail>(refused);
        Assert.Equal((V1.RefusalCode.RenouvellementRefusalUnreasoned, "L-02"), (detail.Code, detail.Rule));
        refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Echeances.AnswerRenouvellementAsync(new() { Contrat = RunningServer.Contrat, Granted = true }));
        Assert.Equal("R-110", RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule);
        var report = new V1.Bilan { Document = new() { Nom = "rapport-final.pdf", Sha256 = new string('a', 64) } };
        await server.Engagements.RecordRapportFinalAsync(new() { Contrat = RunningServer.Contrat, Bilan = report });
        var granted = await server.Echeances.AnswerRenouvellementAsync(new() { Contrat = RunningServer.Contrat, Granted = true });
        await server.Settle(granted.Recorded.LogPosition);
        var left = (await server.Echeances.ListEcheancesAsync(new())).Echeances;
        Assert.Equal([V1.EcheanceKind.Evaluation, V1.EcheanceKind.Fin], left.Select(e => e.Kind)); // Until a contrat renews it.
        Assert.Equal(V1.EcheanceStade.AVenir, left[^1].Stade);
    }
}
