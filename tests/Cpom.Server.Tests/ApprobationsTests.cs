using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>What leads to a signature and follows it, over the wire.</summary>
public sealed class ApprobationsTests
{
    private static readonly V1.Document Scan = new() { Nom = "contrat.pdf", Sha256 = new string('c', 64) };

    [Fact(DisplayName = "Un contrat se consulte, se valide, se transmet, se signe, s'archive, se notifie et se communique ; chaque étape se lit")]
    public async Task The_whole_way()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);

        var first = await Assert.ThrowsAsync<RpcException>(async () => await TestKit.Approbations.Sign(server.Contrats, opened.Name));
        Assert.Equal((V1.RefusalCode.ConsultationMissing, "R-091"), (DetailOf(first).Code, DetailOf(first).Rule));
        Assert.Equal("a_consulter", await Statut(server));

        await TestKit.Approbations.OfEps(server.Approbations, opened.Name, "2025-11-01");
        await server.Approbations.TransmitTexteAsync(new() { Name = opened.Name, Texte = Scan, On = "2025-11-02" });
        Assert.Equal("a_signer", await Statut(server));
        await TestKit.Approbations.Sign(server.Contrats, opened.Name);
        await server.Approbations.RecordOriginauxAsync(new() { Name = opened.Name, Forme = V1.OriginauxForme.Papier, Nombre = 2 });
        await server.Approbations.RecordArchiveAsync(new() { Name = opened.Name, Delegation = "DD 75", Scan = Scan });
        await server.Approbations.AssignNotificationAsync(new() { Contrat = opened.Name, By = V1.Notifiant.Structure, Personne = "Mme A" });
        await server.Approbations.NotifyCaisseAsync(new() { Contrat = opened.Name, On = "2026-01-10" });
        await server.Approbations.RecordDemandeAccesAsync(new() { Contrat = opened.Name, Reference = "D-1", Demandeur = "Une association", On = "2026-02-01" });
        var answered = await server.Approbations.AnswerDemandeAccesAsync(new() { Contrat = opened.Name, Reference = "D-1", Communicated = true, On = "2026-02-03" });

        var contrat = (await server.Contrats.GetContratAsync(new() { Name = opened.Name, AsOf = new() { MinLogPosition = answered.Recorded.LogPosition } })).Contrat;
        var approbation = (await server.Approbations.GetApprobationAsync(new() { Name = opened.Name })).Approbation;
        Assert.Equal(contrat.Approbation, approbation);
        Assert.Equal(("2025-11-02", "DD 75", Scan), (approbation.TransmittedOn, approbation.ArchiveDelegation, approbation.Scan));
        Assert.Equal(V1.Role.DelegueDepartemental, approbation.ValidatedBy);
        Assert.All(approbation.Exigences, e => Assert.Equal(e.Blocks, e.Met));
        Assert.Equal([1, 2, 3], approbation.ParapheesDgArs);
        Assert.Equal(("CPAM du département 75", "2026-01-10"), (contrat.Formalites.Caisse, contrat.Formalites.NotifiedOn));
        Assert.True(Assert.Single(contrat.Formalites.Demandes).Communicated);
        Assert.Equal("signee", await Statut(server));
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "original = archive AND caisse = informee" })).TotalSize);
        Assert.Equal(0, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.CaissesToNotify);
        var history = await server.Contrats.ListHistoryAsync(new() { Contrat = opened.Name });
        Assert.Contains(history.Events, e => e.Description.StartsWith("Contrat : contenu validé par Mme V", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Un contrat repris est en vigueur sans ses pièces, et sa caisse reste à informer")]
    public async Task Taken_over()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        await server.Contrats.SignContratAsync(new() { Contrat = opened.Name, Party = V1.Signatory.RepresentantLegal, SignedBy = "Mme A", On = "2025-12-01", Reprise = true });
        var signed = await server.Contrats.SignContratAsync(new() { Contrat = opened.Name, Party = V1.Signatory.DgArs, SignedBy = "M. B", On = "2025-12-02", Reprise = true });
        await server.Settle(signed.Recorded.LogPosition);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "original = a_archiver AND caisse = a_informer" })).TotalSize);
        var over = new V1.AsOf { ValidOn = "2031-01-01" }; // Who pays needs not be told any more; who asks for the text is still shown it.
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "original = a_archiver AND caisse = sans_objet", AsOf = over })).TotalSize);
        Assert.Equal(0, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement, AsOf = over })).Overall.CaissesToNotify);
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.CaissesToNotify);

        var thrown = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Approbations.RecordOriginauxAsync(new() { Name = opened.Name, Forme = V1.OriginauxForme.Papier, Nombre = 1 }));
        Assert.Equal((StatusCode.InvalidArgument, V1.RefusalCode.OriginauxWrongCount), (thrown.StatusCode, DetailOf(thrown).Code));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await server.Approbations.GetApprobationAsync(new() { Name = $"{opened.Name}/avenants/4" }));
        Assert.Equal(V1.RefusalCode.AvenantUnknown, DetailOf(unknown).Code);
    }

    private static V1.RefusalDetail DetailOf(RpcException thrown) => RunningServer.DetailOf<V1.RefusalDetail>(thrown);

    private static async Task<string> Statut(RunningServer server)
    {
        await server.Settle(await server.Node.Store.LastPosition(default));
        foreach (var statut in ApprobationStatus.Approbations)
        {
            if ((await server.Portfolio.QueryAsync(new() { Filter = $"approbation = {statut}" })).TotalSize == 1)
            {
                return statut;
            }
        }

        return "";
    }
}
