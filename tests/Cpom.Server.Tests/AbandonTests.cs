using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>A project that is given up, over the wire.</summary>
public sealed class AbandonTests
{
    private const string Reason = "Ouvert sur la mauvaise entité";

    [Fact(DisplayName = "Un projet abandonné ne reçoit plus rien, se compte et se lit à part ; un autre s'ouvre à sa place, sous un autre numéro")]
    public async Task Given_up()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        var abandoned = await server.Contrats.AbandonContratAsync(new() { Contrat = opened.Name, Reason = Reason, On = "2026-03-01" });
        await server.Settle(abandoned.Recorded.LogPosition);
        var other = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche("75-C2") });
        await server.Settle(other.Recorded.LogPosition);
        await server.Submit(RunningServer.Rc("RC-1", 8));
        Assert.Equal(V1.Volet.A2V2, Assert.Single((await server.Contrats.GetContratAsync(new() { Name = other.Name })).Contrat.Volets).Volet);

        var read = (await server.Contrats.GetContratAsync(new() { Name = opened.Name })).Contrat;
        Assert.Equal((V1.ContratStatut.Abandonne, "2026-03-01", Reason), (read.Statut, read.AbandonedOn, read.AbandonReason));
        Assert.Empty(read.Volets);
        Assert.Empty(read.Warnings);
        Assert.Equal(opened.Name, Assert.Single((await server.Portfolio.QueryAsync(new() { Filter = "statut = abandonne AND approbation = sans_objet" })).Rows).Name);
        Assert.Equal((2, 1), await Counted(server));
        Assert.Empty((await server.Contrats.ExplainAsync(new() { Contrat = opened.Name })).Demarches);
        var history = await server.Contrats.ListHistoryAsync(new() { Contrat = opened.Name });
        Assert.Equal($"Projet abandonné : {Reason}", Assert.Single(history.Events, e => e.Event == "contrat-abandoned.1").Description);
    }

    [Fact(DisplayName = "Ce qui est signé ne s'abandonne pas ; à un contrat abandonné on ne demande plus rien, et qui le suit l'apprend")]
    public async Task Refused_and_watched()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        await server.OpenAndSign();
        Assert.Equal(V1.RefusalCode.AbandonUnfit, await RefusedBy(async () => await server.Contrats.AbandonContratAsync(new() { Contrat = RunningServer.Contrat, Reason = Reason })));

        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche("75-C2") });
        await server.Settle(opened.Recorded.LogPosition);
        using var watch = server.Portfolio.Watch(new() { Filter = "numero = 75-C2" });
        Assert.True(await watch.ResponseStream.MoveNext(default));
        await server.Contrats.AbandonContratAsync(new() { Contrat = opened.Name, Reason = Reason });
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(default).WaitAsync(TimeSpan.FromSeconds(30)));
        }
        while (watch.ResponseStream.Current.Rows.All(row => row.Statut != V1.ContratStatut.Abandonne));

        Assert.Equal(V1.RefusalCode.ContratAbandoned, await RefusedBy(async () => await server.Contrats.AddEngagementAsync(new() { Contrat = opened.Name, Engagement = RunningServer.Engagement() })));
        Assert.Equal(V1.RefusalCode.ContratAbandoned, await RefusedBy(async () => await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche("75-C2") })));
    }

    [Fact(DisplayName = "R-011 Le projet abandonné, sa négociation donne un autre numéro, et ne compte plus avec lui")]
    public async Task Its_negociation_goes_on()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var negociation = new V1.NegociationFiche
        {
            Numero = "N-1", Route = V1.NegociationRoute.Initial, Niveau = V1.Niveau.Departemental, Pilote = "75", Negociateur = "Mme Diallo",
            Structures = { new V1.StructureNegociee { Entite = RunningServer.Entite, Contrat = "75-C1" } },
        };
        await server.Settle((await server.Negociations.OpenNegociationAsync(new() { Fiche = negociation })).Recorded.LogPosition);
        var fiche = RunningServer.Fiche();
        fiche.Negociation = "N-1";
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = fiche });
        await server.Settle(opened.Recorded.LogPosition);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut })).Overall.EnNegociation);
        var choice = new V1.ChooseIssueRequest { Negociation = "negociations/N-1", Issue = V1.NegociationIssue.Contrat, Contrat = "75-C2" };
        Assert.Equal(V1.RefusalCode.IssueContratOpen, await RefusedBy(async () => await server.Negociations.ChooseIssueAsync(choice)));

        await server.Settle((await server.Contrats.AbandonContratAsync(new() { Contrat = opened.Name, Reason = Reason })).Recorded.LogPosition);
        Assert.Equal(0, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut })).Overall.EnNegociation);
        Assert.True((await server.Negociations.ChooseIssueAsync(choice)).Recorded.Changed);
    }

    private static async Task<(int Contrats, int Abandonnes)> Counted(RunningServer server)
    {
        var overall = (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut })).Overall;
        return (overall.Contrats, overall.Abandonnes);
    }

    private static async Task<V1.RefusalCode> RefusedBy(Func<Task> call) =>
        RunningServer.DetailOf<V1.RefusalDetail>(await Assert.ThrowsAsync<RpcException>(call)).Code;
}
