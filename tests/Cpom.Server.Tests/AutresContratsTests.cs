using Cpom.Domain.Entites;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>Other contracts, as a caller of the whole server sees them.</summary>
public sealed class AutresContratsTests
{
    private const string Entite = $"entites/{RunningServer.Entite}";

    [Fact(DisplayName = "L-07 Un contrat montre les autres contrats valables de son entité ; R-130 un CLS de sa commune est un avertissement")]
    public async Task Annexed()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        await Record(server, new() { Numero = "CAQES-2026", Objet = "Bon usage", From = "2026-01-01", Caqes = new() { Volets = { V1.CaqesVolet.Capes } } });
        await Record(server, new() { Numero = "CLS-1", Objet = "Paris nord", From = "2026-01-01", To = "2028-12-31", Cls = new() { Communes = { "Paris" } } });
        await Record(server, new() { Numero = "ANCIEN", Objet = "Terminé", From = "2020-01-01", To = "2020-12-31", Autre = new() });
        await Record(server, new() { Numero = "CLIN-1", Objet = "Attractivité", From = "2026-01-01", Cliniciens = new() { Max = 1, Nature = "postes vacants", Specialites = { "radiologie" } } });
        var concluded = await server.AutresContrats.ConcludeClinicienAsync(new() { Entite = Entite, Numero = "CLIN-1", Clinicien = new() { Reference = "C-1", Specialite = "radiologie" } });
        await server.Settle(concluded.Recorded.LogPosition);
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal(["CAQES-2026", "CLIN-1", "CLS-1"], contrat.AutresContrats.Select(c => c.Numero));
        Assert.Contains(contrat.Warnings, w => w.Rule == "R-130");
        var list = await server.AutresContrats.ListAutresContratsAsync(new() { Entite = Entite, Departement = "75", All = true });
        Assert.Equal(["ANCIEN", "CAQES-2026", "CLIN-1", "CLS-1"], list.Contrats.Select(c => c.Numero));
        Assert.Equal("C-1", Assert.Single(list.Contrats[2].Cliniciens.Conclus).Reference);
        var more = await Assert.ThrowsAsync<RpcException>(async () => await server.AutresContrats.ConcludeClinicienAsync(
            new() { Entite = Entite, Numero = "CLIN-1", Clinicien = new() { Reference = "C-2", Specialite = "radiologie" } }));
        Assert.Equal("R-128", RunningServer.DetailOf<V1.RefusalDetail>(more).Rule);
        var ended = await server.AutresContrats.EndAutreContratAsync(new() { Entite = Entite, Numero = "CAQES-2026", Motif = "Fusion." });
        await server.Settle(ended.Recorded.LogPosition);
        Assert.Equal(2, (await server.AutresContrats.ListAutresContratsAsync(new())).TotalSize);
    }

    [Fact(DisplayName = "R-126 Un PREF sans annexe 2 volet 3 empêche la signature ; R-127 un CREF n'est pas signé ici")]
    public async Task Pref()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await Record(server, new() { Numero = "PREF-1", Objet = "Équilibre", From = "2025-01-01", Pref = new() { Modalites = "Équilibre en 2028." } });
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.OpenAndSign());
        Assert.Equal((V1.RefusalCode.PrefUnwritten, "R-126"), (RunningServer.DetailOf<V1.RefusalDetail>(refused).Code, RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule));
        var told = (await server.Contrats.ExplainAsync(new() { Contrat = RunningServer.Contrat })).Demarches;
        Assert.Equal("R-126", told.Single(d => d.Libelle == "signer pour la structure").Refusal.Rule);
        var cref = await Assert.ThrowsAsync<RpcException>(async () => await Record(server, new() { Numero = "CREF-1", Objet = "x", From = "2026-01-01", Cref = new() }));
        Assert.Equal("R-127", RunningServer.DetailOf<V1.RefusalDetail>(cref).Rule);
    }

    [Fact(DisplayName = "R-126 Avec un engagement à l'annexe 2, volet 3, il se signe")]
    public async Task Written()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await Record(server, new() { Numero = "PREF-1", Objet = "Équilibre", From = "2025-01-01", Pref = new() { Modalites = "Équilibre en 2028." } });
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        var engagement = RunningServer.Engagement();
        engagement.Volet = V1.Volet.A2V3;
        await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = engagement });
        await server.OpenAndSign();
        Assert.Equal(V1.ContratStatut.EnVigueur, (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat.Statut);
    }

    [Fact(DisplayName = "L-09 Du FIR sans contrat se voit parmi les alertes et dans le portefeuille, jusqu'à sa convention, dont une procédure peut être l'objet")]
    public async Task Fir()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.Submit(RunningServer.Money("40000.00", "A"), RunningServer.Money("-250.25", "B"));
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        await server.Send(RunningServer.Entite, new EntiteCommand.NoteContratInForce("75-AUTRE", server.Node.Today, server.Node.Today)); // Nothing but the money is left to be told of.
        await server.Send("759999999", new EntiteCommand.Register("759999999", new("Clinique du Lac", "73", null, "Paris", "75"), new(2020, 1, 1), null, server.Node.Today));
        await server.Settle(await server.Send("759999999", new EntiteCommand.RequireContrat("R-001", "titulaire d'autorisations", server.Node.Today)));
        var alerts = await server.Portfolio.ListAlertsAsync(new() { PageSize = 1 });
        Assert.Equal("R-001", Assert.Single(alerts.Alerts).Obligation.Rule); // An obligation comes before money, whatever its number.
        alerts = await server.Portfolio.ListAlertsAsync(new() { PageSize = 1, PageToken = alerts.NextPageToken });
        var fir = Assert.Single(Assert.Single(alerts.Alerts).Fir);
        Assert.Equal((2026, "39749.75"), (fir.Campagne, fir.Montant));
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "fir_sans_contrat > 39000" })).TotalSize);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.EntitesFir);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Ght })).Totals.Sum(t => t.EntitesFir));

        await Record(server, new() { Numero = "FIR-1", Objet = "Équipe mobile", From = "2026-01-01", ConventionFir = new() { Lignes = { $"{RunningServer.Entite}/FIN/2026/2026-02/FIR/2.3.1/R/A" } } });
        Assert.Equal(0, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.EntitesFir);
        Assert.Equal(0, (await server.Portfolio.QueryAsync(new() { Filter = "fir_sans_contrat > 0" })).TotalSize);

        var constat = new V1.RecordConstatRequest { Entite = Entite, Numero = "SAN-1", Kind = V1.ManquementKind.Grave, Convention = "FIR-1", Faits = "Aucune équipe.", On = "2026-02-01" };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Sanctions.RecordConstatAsync(constat));
        Assert.Equal((V1.RefusalCode.ConventionOnlyFir, "L-09"), (RunningServer.DetailOf<V1.RefusalDetail>(refused).Code, RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule));
        constat.Kind = V1.ManquementKind.Fir;
        Assert.True((await server.Sanctions.RecordConstatAsync(constat)).Recorded.Changed);
    }

    private static async Task Record(RunningServer server, V1.AutreContrat contrat)
    {
        contrat.Entite = Entite;
        var recorded = await server.AutresContrats.RecordAutreContratAsync(new() { Contrat = contrat });
        await server.Settle(recorded.Recorded.LogPosition);
    }
}
