using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>Engagements at work, as a caller of the whole server sees them.</summary>
public sealed class EngagementsTests
{
    private const string Source = "déclaration de la structure";

    [Fact(DisplayName = "R-043 Les valeurs se renseignent année par année, et l'engagement en retard se voit dans le portefeuille")]
    public async Task Values_and_risk()
    {
        await using var server = await Started();
        server.Time.Advance(new DateTimeOffset(2027, 2, 1, 6, 0, 0, TimeSpan.Zero) - server.Time.GetUtcNow());
        var late = await server.Engagements.RecordValeurAsync(Value("13,5"));
        Assert.Equal(V1.EngagementStatut.EnRetard, late.Statut);
        var at = new V1.AsOf { MinLogPosition = late.Recorded.LogPosition };
        var found = Assert.Single((await server.Engagements.ListEngagementsAsync(new() { OnlyAtRisk = true, AsOf = at })).Engagements);
        Assert.Equal((RunningServer.Contrat, 2, 2027, V1.EngagementStatut.EnRetard, true), (found.Contrat, found.Number, found.Annee, found.Statut, found.AtRisk));
        Assert.Equal(("15", "13,5", Source, "2027-02-01"), (found.Valeurs[0].Cible, found.Valeurs[0].Valeur, found.Valeurs[0].Source, found.Valeurs[0].On));
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "engagements_at_risk = 1" })).Rows.Single().Figures.EngagementsAtRisk);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.EngagementsAtRisk);
        var last = (await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat })).Events[^1];
        Assert.Equal("Engagement 2 à risque : indicateur 1 en retard en 2027", last.Description);

        var corrected = await server.Engagements.RecordValeurAsync(Value("15"));
        Assert.Equal(V1.EngagementStatut.Tenu, corrected.Statut);
        Assert.False((await server.Engagements.RecordValeurAsync(Value("15"))).Recorded.Changed);
        Assert.Empty((await server.Engagements.ListEngagementsAsync(new() { OnlyAtRisk = true })).Engagements);
        Assert.Equal(1, (await server.Engagements.ListEngagementsAsync(new() { Statuts = { V1.EngagementStatut.Tenu }, Annee = 2027, Departement = "75", Ght = RunningServer.Ght })).TotalSize);
        Assert.Equal(0, (await server.Engagements.ListEngagementsAsync(new() { Departement = "93" })).TotalSize);
    }

    [Fact(DisplayName = "R-043 Une valeur qui n'est pas de l'indicateur est refusée, avec sa règle")]
    public async Task Refused()
    {
        await using var server = await Started();
        server.Time.Advance(new DateTimeOffset(2027, 2, 1, 6, 0, 0, TimeSpan.Zero) - server.Time.GetUtcNow());
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Engagements.RecordValeurAsync(Value("oui")));
        var detail = RunningServer.DetailOf<V1.RefusalDetail>(refused);
        Assert.Equal((StatusCode.InvalidArgument, V1.RefusalCode.ValeurUnfit, "R-043"), (refused.StatusCode, detail.Code, detail.Rule));
    }

    [Fact(DisplayName = "R-109 Une évaluation dit l'issue des engagements et cite son document")]
    public async Task Evaluation()
    {
        await using var server = await Started();
        var bilan = new V1.Bilan { Remarques = "à mi-parcours", Document = new() { Nom = "bilan.pdf", Sha256 = new string('a', 64) } };
        bilan.Lignes.Add(new V1.BilanLigne { Engagement = 2, Appreciation = V1.EngagementStatut.EnRetard, Remarque = "recrutement en cours" });
        var recorded = await server.Echeances.RecordEvaluationAsync(new() { Contrat = RunningServer.Contrat, Number = 1, Bilan = bilan });
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = new() { MinLogPosition = recorded.Recorded.LogPosition } })).Contrat;
        Assert.Equal((1, bilan), (contrat.Bilans[0].Evaluation, contrat.Bilans[0].Bilan));
    }

    private static async Task<RunningServer> Started()
    {
        var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        var engagement = RunningServer.Engagement(2);
        engagement.Indicateurs.Clear();
        engagement.Indicateurs.Add(new V1.Indicateur
        {
            Libelle = "Taux de recours", ModeCalcul = "actes / séjours", Unite = "%", Source = "PMSI", ValeurReference = "12", AnneeReference = 2025, Cibles = { "15", "18", "20", "", "" },
        });
        await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = engagement });
        await server.OpenAndSign();
        return server;
    }

    private static V1.RecordValeurRequest Value(string valeur) =>
        new() { Contrat = RunningServer.Contrat, Engagement = 2, Indicateur = 1, Annee = 2027, Valeur = valeur, Source = Source };
}
