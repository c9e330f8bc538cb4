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

    private static async Task Record(RunningServer server, V1.AutreContrat contrat)
    {
        contrat.Entite = Entite;
        var recorded = await server.AutresContrats.RecordAutreContratAsync(new() { Contrat = contrat });
        await server.Settle(recorded.Recorded.LogPosition);
    }
}
