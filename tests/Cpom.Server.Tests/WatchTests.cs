using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>Who watches the portfolio is told of what a row shows, whichever actor says it. Today is 2 March 2026.</summary>
public sealed class WatchTests
{
    private const string Entite = $"entites/{RunningServer.Entite}";
    private const string Negociation = "negociations/N-1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "Une ligne suivie arrive quand une procédure commence contre son contrat, et quitte le filtre qui n'en veut pas")]
    public async Task Procedures()
    {
        await using var server = await Started();
        using var all = await Following(server, "");
        using var without = await Following(server, "procedures = 0");
        await server.Sanctions.RecordConstatAsync(new()
        {
            Entite = Entite, Numero = "SAN-1", Kind = V1.ManquementKind.Grave, Contrat = RunningServer.Contrat, Faits = "Rien n'est fait.", On = "2026-01-12",
        });
        Assert.Equal(1, (await Row(all)).Procedures);
        Assert.Equal([RunningServer.Contrat], (await Next(without)).Removed);

        var procedure = $"{Entite}/manquements/SAN-1";
        await server.Sanctions.RecordDialogueAsync(new() { Manquement = procedure, CompteRendu = "Rien de prévu.", On = "2026-01-20" });
        var courrier = new V1.Courrier { Numero = "ARS-1", Document = "lettre.pdf", Sha256 = new string('a', 64) };
        await server.Sanctions.SendMiseEnDemeureAsync(new() { Manquement = procedure, Motifs = "Rien n'est fait.", Courrier = courrier, On = "2026-01-31" });
        Assert.Equal([V1.ManquementEtape.MisEnDemeure], (await Row(all)).ProcedureEtapes); // The dialogue changes nothing that a row shows.
    }

    [Fact(DisplayName = "Une ligne suivie arrive quand une négociation s'ouvre, avance, prend du retard ou s'abandonne")]
    public async Task Negociations()
    {
        await using var server = await Started();
        using var watch = await Following(server, "");
        await server.Negociations.OpenNegociationAsync(new() { Fiche = FicheOf() });
        var opened = await Row(watch);
        Assert.Equal((Negociation, V1.NegociationEtape.Ouverte), (opened.Negociation, opened.NegociationEtape));

        await server.Negociations.ReceiveTrameAsync(new() { Negociation = Negociation, On = "2025-12-15" });
        var late = await Row(watch);
        Assert.Equal(V1.NegociationEtape.Autodiagnostic, late.NegociationEtape);
        server.Time.Advance(TimeSpan.FromDays(1));
        while (late.NegociationOverdue == 0)
        {
            late = await Row(watch); // The day that begins also tells the contrat what it has due.
        }

        await server.Negociations.AbandonNegociationAsync(new() { Negociation = Negociation, Reason = "Sans objet." });
        Assert.Empty((await Row(watch)).Negociation);
    }

    [Fact(DisplayName = "Une ligne suivie arrive quand son entité change de nom, entre dans un GHT ou en sort ; ce qu'elle ne montre pas ne l'envoie pas")]
    public async Task Registers()
    {
        await using var server = await Started();
        using var watch = await Following(server, "");
        await server.Send(RunningServer.Entite, new EntiteCommand.Register(RunningServer.Entite, new("Hôpital Galois", "13", "267500452", "Paris", "75"), new(2000, 1, 1), null, server.Node.Today));
        Assert.Equal("Hôpital Galois", (await Row(watch)).Nom);
        await server.Negociations.OpenNegociationAsync(new() { Fiche = FicheOf() });
        Assert.Equal(V1.NegociationEtape.Ouverte, (await Row(watch)).NegociationEtape);

        await server.Negociations.AttachNoteAsync(new() { Negociation = Negociation, Kind = V1.NoteKind.DiagnosticRegional, Titre = "PRS", Reference = "GED-1" });
        await server.Send(RunningServer.Ght, new GhtCommand.State(RunningServer.Ght, "Paris Centre", new(2000, 1, 1), [], server.Node.Today));
        Assert.Empty((await Row(watch)).Ghts);
        await server.Send(RunningServer.Ght, new GhtCommand.State(RunningServer.Ght, "Paris Centre", new(2000, 1, 1), [new(RunningServer.Entite, GhtRole.Membre)], server.Node.Today));
        Assert.Equal([RunningServer.Ght], (await Row(watch)).Ghts);
    }

    [Fact(DisplayName = "R-124 Une ligne suivie arrive quand son entité conclut un autre contrat ou y met fin ; le portefeuille le filtre et le compte")]
    public async Task Autres_contrats()
    {
        await using var server = await Started();
        using var watch = await Following(server, "");
        await server.AutresContrats.RecordAutreContratAsync(new()
        {
            Contrat = new() { Entite = Entite, Numero = "CAQES-1", Objet = "Transports", From = "2026-01-01", Caqes = new() { Volets = { V1.CaqesVolet.Transports } } },
        });
        Assert.Equal((1, false, "signee"), (await Row(watch)) is var row ? (row.AutresContrats, row.HorsContrat, row.Approbation) : default);
        Assert.Equal(1, (await server.Portfolio.QueryAsync(new() { Filter = "autres_contrats > 0 AND hors_contrat = non" })).TotalSize);
        var overall = (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall;
        Assert.Equal((1, 0, 1), (overall.AvecAutreContrat, overall.ApprobationsUnderWay, overall.OriginauxToArchive));

        await server.AutresContrats.EndAutreContratAsync(new() { Entite = Entite, Numero = "CAQES-1", Motif = "Résiliation amiable.", On = "2026-03-01" });
        Assert.Equal(0, (await Row(watch)).AutresContrats);
    }

    private static async Task<RunningServer> Started()
    {
        var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        return server;
    }

    /// <summary>After the rows that there are.</summary>
    private static async Task<AsyncServerStreamingCall<V1.WatchResponse>> Following(RunningServer server, string filter)
    {
        var call = server.Portfolio.Watch(new() { Filter = filter });
        Assert.Single((await Next(call)).Rows);
        return call;
    }

    private static async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
        return call.ResponseStream.Current;
    }

    private static async Task<V1.PortfolioRow> Row(AsyncServerStreamingCall<V1.WatchResponse> call) => Assert.Single((await Next(call)).Rows);

    private static V1.NegociationFiche FicheOf() => new()
    {
        Numero = "N-1", Route = V1.NegociationRoute.Renouvellement, Niveau = V1.Niveau.Departemental, Pilote = "75", Negociateur = "Mme Diallo",
        Structures = { new V1.StructureNegociee { Entite = RunningServer.Entite, Precedent = "75-C1", Contrat = "75-C2" } },
    };
}
