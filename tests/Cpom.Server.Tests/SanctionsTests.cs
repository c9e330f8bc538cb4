using Cpom.Domain.Entites;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>Procedures and refusal to sign, as a caller of the whole server sees them. Today is 2 March 2026.</summary>
public sealed class SanctionsTests
{
    private const string Entite = $"entites/{RunningServer.Entite}";
    private const string Numero = "SAN-2026-01";
    private const string Name = $"{Entite}/manquements/{Numero}";

    private static readonly V1.Courrier Courrier = new() { Numero = "ARS-2026-7", Document = "lettre.pdf", Sha256 = new string('a', 64) };

    [Fact(DisplayName = "R-112 Une inexécution suit son cours jusqu'au recouvrement ; une pénalité au-dessus du plafond nomme sa règle")]
    public async Task Penalty()
    {
        await using var server = await Started(V1.ManquementKind.Inexecution, 1);
        var list = await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.ReponseMiseEnDemeure } });
        var due = Assert.Single(list.Echeances);
        Assert.Equal(("2026-02-28", "L-10", V1.EcheanceStade.Depassee, Entite.Replace("entites", "manquements", StringComparison.Ordinal)), (due.DueOn, due.Rule, due.Stade, due.Actor));
        Assert.Equal("1 mois après la réception de la mise en demeure (31/01/2026)", due.Computed);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "procedures > 0" })).TotalSize);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.EnProcedure);

        var decide = new V1.DecideSanctionRequest { Manquement = Name, Sanction = new() { Penalite = "100000.01" }, Motifs = "Aucune réponse.", Courrier = Courrier };
        await server.Sanctions.RecordProduitsAsync(new() { Entite = Entite, ClosedOn = "2025-12-31", Montant = "2000000.00", Source = "Compte financier 2025" });
        var above = await Assert.ThrowsAsync<RpcException>(async () => await server.Sanctions.DecideSanctionAsync(decide));
        var detail = RunningServer.DetailOf<V1.RefusalDetail>(above);
        Assert.Equal((StatusCode.FailedPrecondition, V1.RefusalCode.PenaliteAboveCeiling, "R-112"), (above.StatusCode, detail.Code, detail.Rule));

        decide.Sanction.Penalite = "100000.00";
        Assert.True((await server.Sanctions.DecideSanctionAsync(decide)).Recorded.Changed);
        Assert.False((await server.Sanctions.DecideSanctionAsync(decide)).Recorded.Changed);
        await server.Sanctions.RecordNotificationAsync(new() { Manquement = Name, Courrier = new() { Numero = "AR-1" } });
        var paid = await server.Sanctions.StartRecouvrementAsync(new() { Manquement = Name, Caisse = "CPAM 75", Courrier = Courrier, On = "2026-04-03" });
        await server.Settle(paid.Recorded.LogPosition);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "procedure = recouvrement AND procedure != mis-en-demeure" })).TotalSize);
        var overall = (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall;
        Assert.Equal((1, 0), (overall.EnRecouvrement, overall.MisEnDemeure));
        var shown = (await server.Sanctions.GetManquementAsync(new() { Name = Name })).Manquement;
        Assert.Equal((V1.ManquementEtape.Recouvrement, "2026-04-02", "100000.00"), (shown.Etape, shown.PaymentDueOn, shown.Sanctions[0].Sanction.Penalite));
        Assert.Equal(Numero, Assert.Single((await server.Sanctions.ListManquementsAsync(new() { Contrat = RunningServer.Contrat, Departement = "75", Ght = RunningServer.Ght })).Manquements).Numero);
        Assert.Equal(0, (await server.Sanctions.ListManquementsAsync(new() { Kinds = { V1.ManquementKind.Grave } })).TotalSize);
    }

    [Fact(DisplayName = "L-11 Un manquement grave résilie le contrat, qui quitte la vigueur, et l'entité doit de nouveau en avoir un")]
    public async Task Termination()
    {
        await using var server = await Started(V1.ManquementKind.Grave);
        await server.Submit(RunningServer.Money("1000.00", "R1"));
        var decided = await server.Sanctions.DecideSanctionAsync(new()
        {
            Manquement = Name, Sanction = new() { Resiliation = "2026-03-02" }, Motifs = "Aucune mesure.", Courrier = Courrier,
        });
        await server.Settle(decided.Recorded.LogPosition);
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal(V1.ContratStatut.Resilie, contrat.Statut);
        Assert.Equal(V1.ContratStatut.EnVigueur, (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = new() { ValidOn = "2026-03-01" } })).Contrat.Statut);
        Assert.Contains((await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat })).Events, e => e.Description == $"Résilié au 02/03/2026 (procédure {Numero})");
        Assert.Equal(RunningServer.Entite, Assert.Single((await server.Portfolio.ListAlertsAsync(new())).Alerts).Entite);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut })).Overall.Resilies);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "statut = resilie" })).TotalSize);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Avenants.OpenAvenantAsync(new()
        {
            Contrat = RunningServer.Contrat, DateEffet = "2026-06-01", Motif = V1.AvenantMotif.SocleCommun, AllPending = true, RequestId = "r1",
        }));
        Assert.Equal(V1.RefusalCode.ContratTerminated, RunningServer.DetailOf<V1.RefusalDetail>(refused).Code);
    }

    [Fact(DisplayName = "R-101 Un an après le PRS l'arrêté fait entrer en vigueur ; avant, le refus dit jusqu'à quand signer")]
    public async Task Arrete()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        await server.Sanctions.AdoptPrsAsync(new() { Nom = "PRS 2023-2028", AdoptedOn = "2025-02-15" });
        var request = new V1.FixByArreteRequest
        {
            Contrat = RunningServer.Contrat, Prs = "PRS 2023-2028", Courrier = Courrier, On = "2026-02-15", Penalites = "Cinq pour cent au plus.", Engagements = { RunningServer.Engagement() },
        };
        var early = RunningServer.DetailOf<V1.RefusalDetail>(await Assert.ThrowsAsync<RpcException>(async () => await server.Sanctions.FixByArreteAsync(request)));
        Assert.Equal((V1.RefusalCode.ArreteUnfit, "R-101"), (early.Code, early.Rule));
        Assert.Contains("15/02/2026", early.Detail, StringComparison.Ordinal);
        request.On = "2026-02-16";
        var fixed_ = await server.Sanctions.FixByArreteAsync(request);
        await server.Settle(fixed_.Recorded.LogPosition);
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal((V1.ContratStatut.EnVigueur, 1), (contrat.Statut, contrat.Engagements.Count));
    }

    [Fact(DisplayName = "R-103 Une clinique reste hors contrat, avec ses conséquences ; un hôpital public ne le peut pas")]
    public async Task Hors_contrat()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        const string Clinique = "750100042";
        await server.Send(Clinique, new EntiteCommand.Register(Clinique, new("Clinique du Parc", "72", null, "Paris", "75"), new(2000, 1, 1), null, server.Node.Today));
        var declared = await server.Sanctions.DeclareHorsContratAsync(new() { Entite = $"entites/{Clinique}", Motif = "Refus écrit." });
        await server.Settle(declared.Recorded.LogPosition);
        var list = await server.Sanctions.ListHorsContratAsync(new() { Departement = "75" });
        Assert.Equal($"entites/{Clinique}", Assert.Single(list.Entites).Entite);
        Assert.Equal(["R-104", "R-104", "R-104", "R-105"], list.Consequences.Select(c => c.Rule));
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.HorsContrat);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Sanctions.DeclareHorsContratAsync(new() { Entite = Entite, Motif = "Refus." }));
        Assert.Equal("R-102", RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule);
        await server.Sanctions.WithdrawHorsContratAsync(new() { Entite = $"entites/{Clinique}", Motif = "Erreur." });
    }

    /// <summary>A contrat in force with one engagement, and a mise en demeure received on 31 January.</summary>
    private static async Task<RunningServer> Started(V1.ManquementKind kind, params int[] engagements)
    {
        var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = RunningServer.Engagement() });
        await server.OpenAndSign();
        await server.Sanctions.RecordConstatAsync(new()
        {
            Entite = Entite, Numero = Numero, Kind = kind, Contrat = RunningServer.Contrat, Engagements = { engagements }, Faits = "Rien n'est fait.", On = "2026-01-12",
        });
        await server.Sanctions.RecordDialogueAsync(new() { Manquement = Name, CompteRendu = "Rien de prévu.", On = "2026-01-20" });
        var sent = await server.Sanctions.SendMiseEnDemeureAsync(new() { Manquement = Name, Motifs = "Rien n'est fait.", Courrier = Courrier, On = "2026-01-31" });
        Assert.Equal("2026-02-28", sent.AnswerDueOn);
        await server.Settle(sent.Recorded.LogPosition);
        return server;
    }
}
