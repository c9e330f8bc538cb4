using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>One contrat for all members of a GHT, as a caller of the whole server sees it.</summary>
public sealed class ContratsUniquesTests
{
    private const string Ght = $"ghts/{RunningServer.Ght}";
    private const string Membre = "750200016";
    private const string SiteOfMembre = "750200024";
    private const string President = "750300010";

    [Fact(DisplayName = "L-05 De la demande de tous au contrat en vigueur de tous, puis un membre donne son préavis")]
    public async Task Whole_way()
    {
        await using var server = await Members();
        await Ask(server, RunningServer.Entite, "2025-08-01");
        Assert.Equal((V1.DemandeStatut.Incomplete, ""), ((await Status(server)).Statut, (await Status(server)).ReceivedOn));
        await Ask(server, Membre, "2025-08-20");
        var received = await Status(server);
        Assert.Equal((V1.DemandeStatut.Recue, "2025-08-20", "2025-09-20"), (received.Statut, received.ReceivedOn, received.DueOn));
        Assert.Contains("autorisé", received.Missing, StringComparison.Ordinal);

        var early = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = Fiche(), OpenedOn = "2025-10-15" }));
        Assert.Equal((V1.RefusalCode.ContratUniqueUnfit, "L-05"), (RunningServer.DetailOf<V1.RefusalDetail>(early).Code, RunningServer.DetailOf<V1.RefusalDetail>(early).Rule));

        await Settle(server, (await server.ContratsUniques.AnswerContratUniqueAsync(new() { Ght = Ght, Granted = true, On = "2025-09-10" })).Recorded);
        await Opinions(server);
        Assert.Equal((V1.DemandeStatut.Accordee, "", RunningServer.Entite), await Status(server) is var s ? (s.Statut, s.Missing, s.Signataire) : default);

        var (mistaken, fiche) = ("contrats/75-C9", Fiche());
        fiche.Numero = "75-C9"; // Given up, it is none of those that count.
        await Settle(server, (await server.Contrats.OpenContratAsync(new() { Fiche = fiche, OpenedOn = "2025-11-20" })).Recorded);
        await Settle(server, (await server.Contrats.AbandonContratAsync(new() { Contrat = mistaken, Reason = "Numéro de trop", On = "2025-11-20" })).Recorded);

        await server.OpenAndSign(Fiche());
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal([RunningServer.Entite, Membre], contrat.Groupe.Membres);
        Assert.Contains(SiteOfMembre, contrat.Sites.Select(site => site.Site));

        // An act of a member reaches it once; its own contrat is refused, and the group shows the one of all.
        var rc = RunningServer.Rc("R-9", 4);
        rc.Finess = SiteOfMembre;
        await server.Submit(rc);
        Assert.Equal([SiteOfMembre], (await server.Contrats.ListPendingItemsAsync(new() { Contrat = RunningServer.Contrat })).Items.Select(i => i.Finess));
        var own = RunningServer.Fiche("75-C2");
        own.Entite = Membre;
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = own }));
        Assert.Equal(V1.RefusalCode.ContratOfGroupeOverlaps, RunningServer.DetailOf<V1.RefusalDetail>(refused).Code);
        var ght = (await server.Ghts.GetGhtAsync(new() { Name = Ght })).Ght;
        Assert.Equal((2, RunningServer.Contrat), (ght.Contrats, ght.ContratUnique)); // The one that was given up is told with its statut.
        Assert.All(ght.Membres, m => Assert.Equal((2, true), (m.Contrats.Count, m.Obligation is null)));

        await Settle(server, (await server.ContratsUniques.NotifyRetraitAsync(new() { Contrat = RunningServer.Contrat, Entite = $"entites/{Membre}", On = "2026-02-01" })).Recorded);
        await Settle(server, (await server.ContratsUniques.FixRetraitAsync(
            new() { Contrat = RunningServer.Contrat, Entite = $"entites/{Membre}", Modalites = "Reprise par le membre.", On = "2026-03-01" })).Recorded);
        var rows = await server.Portfolio.QueryAsync(new() { Filter = $"contrat_unique = oui AND membres : {Membre} AND retraits > 0" });
        Assert.Equal((RunningServer.Ght, 1), Assert.Single(rows.Rows) is var row ? (row.ContratUnique, row.Retraits) : default);
        var overall = (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Ght })).Overall;
        Assert.Equal((1, 1), (overall.ContratsUniques, overall.Retraits));
        var left = Assert.Single((await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat.Groupe.Retraits);
        Assert.Equal(("2029-01-01", "2026-03-01", ""), (left.EffetOn, left.FixedOn, left.LeftOn));
        var due = await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.EffetRetrait } });
        Assert.Equal("2029-01-01", Assert.Single(due.Echeances).DueOn);
    }

    [Fact(DisplayName = "L-05 Un mois de silence refuse, de lui-même ; le contrat propre d'un membre empêche le contrat unique")]
    public async Task Silence_and_own()
    {
        await using var server = await Members();
        await Ask(server, RunningServer.Entite, "2026-02-27");
        await Ask(server, Membre, "2026-02-28");
        Assert.Equal(Ght, Assert.Single((await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.ReponseContratUnique }, Ght = RunningServer.Ght })).Echeances).Actor);
        var asked = await server.Node.Store.LastPosition(CancellationToken.None);
        server.Time.Advance(TimeSpan.FromDays(40));
        await server.Node.Portfolio.WaitFor(asked + 3, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)); // It comes close, falls due, is over.
        Assert.Equal(V1.DemandeStatut.Refusee, (await Status(server)).Statut);
        Assert.True((await Status(server)).Tacit);

        await using var other = await Members();
        await Ask(other, RunningServer.Entite, "2025-08-01");
        await Ask(other, Membre, "2025-08-20");
        await Settle(other, (await other.ContratsUniques.AnswerContratUniqueAsync(new() { Ght = Ght, Granted = true, On = "2025-09-10" })).Recorded);
        await Opinions(other);
        var own = RunningServer.Fiche("75-C2");
        own.Entite = Membre;
        await Settle(other, (await other.Contrats.OpenContratAsync(new() { Fiche = own })).Recorded);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await other.Contrats.OpenContratAsync(new() { Fiche = Fiche() }));
        Assert.Equal(V1.RefusalCode.ContratOfMembreOverlaps, RunningServer.DetailOf<V1.RefusalDetail>(refused).Code);
    }

    [Fact(DisplayName = "L-06 Un groupement qui est une personne morale conclut lui-même ; R-122 chaque membre demande pour lui-même")]
    public async Task Personne()
    {
        await using var server = await Members();
        await server.Send(President, new EntiteCommand.Register(President, new("GCS Paris Nord", "28", null, "Paris", "75"), new(2020, 1, 1), null, server.Node.Today));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.ContratsUniques.AskContratUniqueAsync(
            new() { Ght = Ght, Entite = $"entites/{Membre}", Directeur = "M. Gris", On = "2025-08-01" },
            new Metadata { { "cpom-role", "representant-legal" }, { "cpom-perimetre", $"entite/{RunningServer.Entite}" } }));
        Assert.Equal("R-122", RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule);
        await Ask(server, RunningServer.Entite, "2025-08-01");
        await Ask(server, Membre, "2025-08-20");
        await Settle(server, (await server.ContratsUniques.AnswerContratUniqueAsync(new() { Ght = Ght, Granted = true, On = "2025-09-10" })).Recorded);
        await Opinions(server);
        await Settle(server, (await server.ContratsUniques.AcquirePersonnaliteAsync(new()
        {
            Ght = Ght, Entite = President, Forme = V1.PersonnaliteForme.Gcs, On = "2025-09-01",
            Deliberations = { new V1.Deliberation { Entite = RunningServer.Entite, Reference = "D-1" }, new V1.Deliberation { Entite = Membre, Reference = "D-2" } },
        })).Recorded);
        var support = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = Fiche(), OpenedOn = "2025-10-20" }));
        Assert.Contains(President, RunningServer.DetailOf<V1.RefusalDetail>(support).Detail, StringComparison.Ordinal);
        var fiche = Fiche();
        fiche.Entite = President;
        await Settle(server, (await server.Contrats.OpenContratAsync(new() { Fiche = fiche, OpenedOn = "2025-10-20" })).Recorded);
        var state = server.Node.Portfolio.Current.Contrats["75-C1"].State;
        Assert.Equal([RunningServer.Entite, Membre, President], state.Groupe!.Membres.Order());
        Assert.Equal(3, state.Sites.Count);
    }

    private static V1.Fiche Fiche()
    {
        var fiche = RunningServer.Fiche();
        fiche.Ght = RunningServer.Ght;
        return fiche;
    }

    /// <summary>The group of the server, with one more member that has a site.</summary>
    private static async Task<RunningServer> Members()
    {
        var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.Send(Membre, new EntiteCommand.Register(Membre, new("CH du membre", "13", null, "Paris", "75"), new(2020, 1, 1), null, server.Node.Today));
        await server.Send(SiteOfMembre, new SiteCommand.Register(SiteOfMembre, Membre, new("Site du membre", "355", "Paris", "75"), new(2020, 1, 1), null, server.Node.Today));
        await server.Settle(await server.Send(RunningServer.Ght, new GhtCommand.State(
            RunningServer.Ght, "Paris Nord", new(2020, 1, 1), [new(RunningServer.Entite, GhtRole.Support), new(Membre, GhtRole.Membre)], server.Node.Today)));
        return server;
    }

    private static async Task Ask(RunningServer server, string entite, string on) => await Settle(server, (await server.ContratsUniques.AskContratUniqueAsync(
        new() { Ght = Ght, Entite = $"entites/{entite}", Directeur = "Mme A", Deliberation = "D-1", On = on })).Recorded);

    private static async Task Opinions(RunningServer server)
    {
        foreach (var instance in Enum.GetValues<V1.GhtInstance>().Where(i => i != V1.GhtInstance.Unspecified))
        {
            await Settle(server, (await server.ContratsUniques.RecordGhtAvisAsync(
                new() { Ght = Ght, Avis = new() { Instance = instance, On = "2025-10-01", Motifs = "Projet médical partagé." } })).Recorded);
        }
    }

    private static async Task<V1.ContratUnique> Status(RunningServer server) => (await server.ContratsUniques.GetContratUniqueAsync(new() { Name = Ght })).ContratUnique;

    private static Task Settle(RunningServer server, V1.Recorded recorded) => server.Settle(recorded.LogPosition);
}
