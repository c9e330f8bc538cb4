using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>Histories and explanations of campaigns, négociations and procedures, as a caller of the whole server sees them. Today is 2 March 2026.</summary>
public sealed class HistoriesTests
{
    private const string Campagne = "campagnes/2026";
    private const string Manquement = $"entites/{RunningServer.Entite}/manquements/S-1";

    [Fact(DisplayName = "L'histoire d'une campagne et d'une négociation se lit par pages, et telle qu'elle était connue")]
    public async Task Campaign_and_negotiation()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.Campagnes.OpenCampagneAsync(new() { Code = "2026", Nom = "Campagne 2026", On = "2026-01-05" });
        await server.Campagnes.PlanVagueAsync(new() { Campagne = Campagne, Vague = 1, Annee = 2026, Entites = { RunningServer.Entite } });
        var fiche = new V1.NegociationFiche
        {
            Numero = "N-1", Route = V1.NegociationRoute.Initial, Niveau = V1.Niveau.Departemental, Pilote = "75", Negociateur = "Mme Diallo",
            Structures = { new V1.StructureNegociee { Entite = RunningServer.Entite } },
        };
        await server.Settle((await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche })).Recorded.LogPosition);
        var histories = new V1.HistoriesService.HistoriesServiceClient(server.Channel);
        var first = await histories.ListActorHistoryAsync(new() { Name = Campagne, PageSize = 1 });
        Assert.Equal(("campagne-opened.1", "2026-01-05", "Campagne ouverte : Campagne 2026"), (Assert.Single(first.Events).Event, first.Events[0].ValidOn, first.Events[0].Description));
        var rest = await histories.ListActorHistoryAsync(new() { Name = Campagne, PageToken = first.NextPageToken, PageSize = 10 });
        Assert.Equal(["Vague 1 planifiée pour 2026", $"Vague 1 : {RunningServer.Entite} inscrite(s)"], rest.Events.Select(e => e.Description));
        Assert.Empty(rest.NextPageToken);
        var known = new V1.AsOf { KnownAt = first.Events[0].RecordedAt };
        Assert.True((await histories.ListActorHistoryAsync(new() { Name = Campagne, AsOf = known })).Events.Count >= 1);
        Assert.Contains("Mme Diallo", Assert.Single((await histories.ListActorHistoryAsync(new() { Name = "negociations/N-1" })).Events).Description, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await histories.ListActorHistoryAsync(new() { Name = "negociations/N-2" }));
        Assert.Equal((StatusCode.NotFound, V1.RefusalCode.NegociationUnknown), (unknown.StatusCode, RunningServer.DetailOf<V1.RefusalDetail>(unknown).Code));

        var told = (await server.Campagnes.ExplainCampagneAsync(new() { Campagne = Campagne })).Demarches;
        var letter = told.Single(d => d.Libelle.StartsWith("Enregistrer le départ", StringComparison.Ordinal));
        Assert.Equal((1, "R-065"), (letter.Vague, letter.Refusal.Rule));
        Assert.Contains(told, d => d.Refusal is null && d.Roles.Contains(V1.Role.DelegueDepartemental) && d.Libelle == "Nommer le négociateur de 1 structure");
    }

    [Fact(DisplayName = "R-113 L'histoire d'une procédure est la sienne, et ce qui l'empêche d'avancer a sa règle")]
    public async Task Procedure()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        foreach (var numero in new[] { "S-1", "S-2" })
        {
            var constat = new V1.RecordConstatRequest { Entite = $"entites/{RunningServer.Entite}", Contrat = RunningServer.Contrat, Numero = numero, Kind = V1.ManquementKind.Grave, Faits = "Faits", On = "2026-02-01" };
            await server.Settle((await server.Sanctions.RecordConstatAsync(constat)).Recorded.LogPosition);
        }

        var histories = new V1.HistoriesService.HistoriesServiceClient(server.Channel);
        Assert.Equal("Manquement constaté au contrat 75-C1 : Faits", Assert.Single((await histories.ListActorHistoryAsync(new() { Name = Manquement })).Events).Description);
        var told = (await server.Sanctions.ExplainManquementAsync(new() { Manquement = Manquement })).Demarches;
        Assert.Equal("R-116", told.Single(d => d.Libelle == "Mettre en demeure").Refusal.Rule);
        Assert.Equal("R-113", told.Single(d => d.Libelle == "Décider la résiliation").Refusal.Rule);
        Assert.Null(told.Single(d => d.Libelle == "Enregistrer un échange avec la structure").Refusal);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await server.Sanctions.ExplainManquementAsync(new() { Manquement = Manquement + "9" }));
        Assert.Equal(V1.RefusalCode.ManquementUnknown, RunningServer.DetailOf<V1.RefusalDetail>(unknown).Code);
    }
}
