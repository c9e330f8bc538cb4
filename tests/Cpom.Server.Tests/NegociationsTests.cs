using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>A campaign and its négociations as a caller of the whole server goes through them, to the signatures.</summary>
public sealed class NegociationsTests
{
    private const string Campagne = "campagnes/2026";
    private const string Negociation = "negociations/N-1";

    [Fact(DisplayName = "R-075 De la lettre de janvier à la signature : ce que les deux ont accepté est ce que dit le contrat, et ses signatures closent la négociation")]
    public async Task From_letter_to_signature()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await Launch(server);
        await Open(server);
        var unready = await Assert.ThrowsAsync<RpcException>(async () => await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation }));
        Assert.Equal(V1.RefusalCode.TrameMissing, RunningServer.DetailOf<V1.RefusalDetail>(unready).Code);
        var next = (await server.Negociations.ExplainNegociationAsync(new() { Negociation = Negociation })).Demarches;
        Assert.Equal(["Enregistrer la réception de la trame par la structure (J+0)", "Joindre une note", "Changer de négociateur", "Abandonner la négociation"], next.Where(d => d.Refusal is null).Select(d => d.Libelle));
        Assert.Equal("R-077", next.First(d => d.Refusal is not null).Refusal.Rule);
        await Negotiate(server);

        var fiche = RunningServer.Fiche();
        (fiche.DateEffet, fiche.DateFin, fiche.Negociation) = ("2026-09-01", "2031-08-31", "N-1");
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = fiche });
        await server.Settle(opened.Recorded.LogPosition);
        var renumbered = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Negociations.ChooseIssueAsync(new() { Negociation = Negociation, Issue = V1.NegociationIssue.Contrat, Contrat = "75-C9" }));
        Assert.Equal((V1.RefusalCode.IssueContratOpen, "R-011"), (RunningServer.DetailOf<V1.RefusalDetail>(renumbered).Code, RunningServer.DetailOf<V1.RefusalDetail>(renumbered).Rule));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Sign(server, V1.Signatory.RepresentantLegal, "2026-03-02"));
        Assert.Equal((V1.RefusalCode.SyntheseBinds, "R-075"), (RunningServer.DetailOf<V1.RefusalDetail>(refused).Code, RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule));

        await server.Settle((await Accept(server, V1.RapportAuteur.Agence)).LogPosition);
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal(("N-1", "Réduire le délai d'attente"), (contrat.Fiche.Negociation, Assert.Single(contrat.Engagements).Objectif));
        var row = Assert.Single((await server.Portfolio.QueryAsync(new() { Filter = "negociation = signature" })).Rows);
        Assert.Equal((Negociation, V1.NegociationEtape.Signature), (row.Negociation, row.NegociationEtape));
        Assert.Equal(1, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Departement })).Overall.EnNegociation);

        await TestKit.Approbations.OfEps(server.Approbations, opened.Name, "2026-03-02");
        await Sign(server, V1.Signatory.RepresentantLegal, "2026-03-02");
        var signed = await Sign(server, V1.Signatory.DgArs, "2026-03-02");
        await server.Settle(signed.Recorded.LogPosition);
        var negociation = (await server.Negociations.GetNegociationAsync(new() { Name = Negociation })).Negociation;
        Assert.Equal(V1.NegociationEtape.Signee, negociation.Etape);
        Assert.All(negociation.Echeances, e => Assert.Equal(V1.EcheanceStade.Faite, e.Stade));
        Assert.Equal(RunningServer.Contrat, Assert.Single(negociation.Dossiers).Contrat);
        Assert.Contains(negociation.Warnings, w => w.Rule == "R-010");
    }

    [Fact(DisplayName = "R-082 Une négociation en retard se voit dans la région, se prolonge, et n'est plus en retard")]
    public async Task Late_and_extended()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await Launch(server);
        await Open(server);
        await server.Negociations.ReceiveTrameAsync(new() { Negociation = Negociation, On = "2025-10-15" });
        await server.Negociations.WriteSectionAsync(new() { Negociation = Negociation, Volet = V1.Volet.A1V2, Auteur = V1.RapportAuteur.Structure, Texte = "Parcours", On = "2025-11-20" });
        await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, On = "2025-12-01" });
        var done = await server.Negociations.AttachNoteAsync(new() { Negociation = Negociation, Kind = V1.NoteKind.DiagnosticRegional, Titre = "PRS", Reference = "GED-1" });
        await server.Settle(done.Recorded.LogPosition);
        var late = await server.Negociations.ListNegociationsAsync(new() { Late = true, Departement = "75" });
        Assert.Equal((Negociation, true, "2026-02-12"), (Assert.Single(late.Negociations).Name, late.Negociations[0].Late, late.Negociations[0].NextDueOn));
        Assert.Equal((V1.NegociationEtape.Analyse, 1, 1), (late.Counts[0].Etape, late.Counts[0].Negociations, late.Counts[0].Late));
        var due = (await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.FinNegociation } })).Echeances;
        Assert.Equal((Negociation, V1.EcheanceStade.Depassee, "120 jours après la réception de la trame du rapport (15/10/2025)"), (Assert.Single(due).Actor, due[0].Stade, due[0].Computed));

        var alone = await Assert.ThrowsAsync<RpcException>(async () => await server.Negociations.ProlongNegociationAsync(new() { Negociation = Negociation, Rang = 1, Motif = "fusion" }));
        Assert.Equal("R-083", RunningServer.DetailOf<V1.RefusalDetail>(alone).Rule);
        var prolonged = await server.Negociations.ProlongNegociationAsync(new() { Negociation = Negociation, Rang = 1, Motif = "fusion", Agreed = true });
        await server.Settle(prolonged.Recorded.LogPosition);
        Assert.Empty((await server.Negociations.ListNegociationsAsync(new() { Late = true })).Negociations);
        Assert.Equal(1, Assert.Single((await server.Negociations.ListNegociationsAsync(new() { Campagne = "2026", Entite = RunningServer.Entite })).Negociations).Prolongations);
    }

    [Fact(DisplayName = "R-067 Volet par volet : remis, rendu, analysé, partagé ; de chacun on lit qui l'a écrit et à qui il est ouvert, et ce qui manque est refusé")]
    public async Task Volet_by_volet()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await Launch(server);
        await Open(server);
        await server.Negociations.ReceiveTrameAsync(new() { Negociation = Negociation, On = "2026-01-05" });
        await Refused(V1.RefusalCode.RapportEmpty, async () => await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, On = "2026-01-20" }));
        var named = new Metadata { { Gateway.AuthorHeader, "Mme Roy" } };
        await server.Negociations.WriteSectionAsync(new() { Negociation = Negociation, Volet = V1.Volet.A1V2, Auteur = V1.RapportAuteur.Structure, Texte = "Parcours", On = "2026-01-18" }, named);
        await server.Negociations.WriteSectionAsync(
            new() { Negociation = Negociation, Volet = V1.Volet.A2V3, Auteur = V1.RapportAuteur.Structure, Texte = "Finances", Redacteur = "M. Petit", On = "2026-01-19" }, named);
        await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, On = "2026-01-20", Volets = { V1.Volet.A1V2 } });
        await Refused(V1.RefusalCode.AnalyseMissing, async () => await server.Negociations.ShareDiagnosticAsync(new() { Negociation = Negociation, On = "2026-01-25", Volets = { V1.Volet.A1V2 } }));
        await Refused(V1.RefusalCode.VoletNotHandedOver, async () => await server.Negociations.ShareDiagnosticAsync(new() { Negociation = Negociation, On = "2026-01-25", Volets = { V1.Volet.A2V3 } }));
        await server.Negociations.WriteSectionAsync(new() { Negociation = Negociation, Volet = V1.Volet.A1V2, Auteur = V1.RapportAuteur.Agence, Texte = "Rien à ajouter", On = "2026-01-24" });
        await server.Negociations.ShareDiagnosticAsync(new() { Negociation = Negociation, On = "2026-01-25", Volets = { V1.Volet.A1V2 } });
        await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, On = "2026-01-26" });
        var returned = await server.Negociations.ReturnRapportAsync(new() { Negociation = Negociation, Reason = "comptes arrêtés", On = "2026-01-28", Volets = { V1.Volet.A2V3 } });
        await server.Settle(returned.Recorded.LogPosition);

        var dossier = Assert.Single((await server.Negociations.GetNegociationAsync(new() { Name = Negociation })).Negociation.Dossiers);
        Assert.Equal((12, "2026-01-26", ""), (dossier.Volets.Count, dossier.RapportOn, dossier.DiagnosticOn));
        Assert.Equal(
            new V1.RapportVolet { Volet = V1.Volet.A1V2, Etape = V1.VoletEtape.Partage, EcritOn = "2026-01-18", EcritBy = "Mme Roy", RemisOn = "2026-01-20", AnalyseOn = "2026-01-24", PartageOn = "2026-01-25" },
            dossier.Volets.Single(v => v.Volet == V1.Volet.A1V2));
        Assert.Equal(
            new V1.RapportVolet { Volet = V1.Volet.A2V3, Etape = V1.VoletEtape.EnRedaction, OpenFor = V1.RapportAuteur.Structure, EcritOn = "2026-01-19", EcritBy = "M. Petit", RenduOn = "2026-01-28", RenduMotif = "comptes arrêtés" },
            dossier.Volets.Single(v => v.Volet == V1.Volet.A2V3));
        var brief = Assert.Single((await server.Negociations.ListNegociationsAsync(new() { VoletEtape = V1.VoletEtape.EnRedaction })).Negociations);
        Assert.Equal((1, 0, 0, 1), (brief.VoletsEnRedaction, brief.VoletsRemis, brief.VoletsAnalyses, brief.VoletsPartages));
        Assert.Empty((await server.Negociations.ListNegociationsAsync(new() { VoletEtape = V1.VoletEtape.Remis })).Negociations);
        var told = (await server.Negociations.ExplainNegociationAsync(new() { Negociation = Negociation })).Demarches.Where(d => d.Volet == V1.Volet.A2V3);
        Assert.Equal(["Corriger le volet A2.V3", "Remettre le volet A2.V3 à l'agence"], told.Where(d => d.Refusal is null).Select(d => d.Libelle));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, Volets = { (V1.Volet)99 } }));
        Assert.Equal(StatusCode.InvalidArgument, unknown.StatusCode);
    }

    [Fact(DisplayName = "R-088 Un contrat qui n'est pas « socle commun » ne se signe pas à nouveau : refusé dès le choix, et dit d'avance")]
    public async Task Only_a_bridge_is_signed_again()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        var fiche = new V1.NegociationFiche
        {
            Numero = "N-1", Route = V1.NegociationRoute.Renouvellement, Niveau = V1.Niveau.Departemental, Pilote = "75", Negociateur = "Mme Diallo",
            Structures = { new V1.StructureNegociee { Entite = RunningServer.Entite, Precedent = "75-C1" } },
        };
        await server.Settle((await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche })).Recorded.LogPosition);
        var told = (await server.Negociations.ExplainNegociationAsync(new() { Negociation = Negociation })).Demarches;
        Assert.Equal("R-088", Assert.Single(told, d => d.Libelle.Contains("à nouveau", StringComparison.Ordinal)).Refusal.Rule);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Negociations.ChooseIssueAsync(new() { Negociation = Negociation, Issue = V1.NegociationIssue.Resignature, Contrat = "75-C2" }));
        Assert.Equal((V1.RefusalCode.IssueUnfit, "R-088"), (RunningServer.DetailOf<V1.RefusalDetail>(refused).Code, RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule));
        Assert.True((await server.Negociations.ChooseIssueAsync(new() { Negociation = Negociation, Issue = V1.NegociationIssue.Avenant })).Recorded.Changed);
    }

    [Fact(DisplayName = "R-085 Une campagne propose les structures dont le contrat finit, une fois, et dit où en sont ses lettres")]
    public async Task Campaign()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        var proposed = (await server.Campagnes.ProposeStructuresAsync(new() { Annee = 2030 })).Proposals;
        Assert.Equal((RunningServer.Entite, RunningServer.Contrat, "2030-12-31", false), (Assert.Single(proposed).Entite, proposed[0].Contrat, proposed[0].DateFin, proposed[0].Pont));
        await server.Campagnes.OpenCampagneAsync(new() { Code = "2030", Nom = "Campagne 2030" });
        var planned = await server.Campagnes.PlanVagueAsync(new() { Campagne = "campagnes/2030", Vague = 1, Annee = 2030, Entites = { RunningServer.Entite } });
        await server.Settle(planned.Recorded.LogPosition);
        Assert.Empty((await server.Campagnes.ProposeStructuresAsync(new() { Annee = 2030 })).Proposals);
        var unnamed = await Assert.ThrowsAsync<RpcException>(async () => await server.Campagnes.SendLettreAsync(new() { Campagne = "campagnes/2030", Vague = 1 }));
        Assert.Equal((V1.RefusalCode.NegociateurMissing, "R-065"), (RunningServer.DetailOf<V1.RefusalDetail>(unnamed).Code, RunningServer.DetailOf<V1.RefusalDetail>(unnamed).Rule));
        await server.Settle((await server.Campagnes.NameNegociateurAsync(new() { Campagne = "campagnes/2030", Vague = 1, Negociateur = "Mme Diallo" })).Recorded.LogPosition);
        var campagne = (await server.Campagnes.GetCampagneAsync(new() { Name = "campagnes/2030" })).Campagne;
        Assert.Equal((1, 0, 1, "2030-01-31"), (campagne.Vagues[0].Structures, campagne.Vagues[0].Unnamed, campagne.Vagues[0].Unsent, campagne.Vagues[0].Lettres.DueOn));
        Assert.Equal(("Mme Diallo", "75"), (Assert.Single(campagne.Structures).Negociateur, campagne.Structures[0].Departement));
        Assert.Equal("2030", Assert.Single((await server.Campagnes.ListCampagnesAsync(new())).Campagnes).Code);
    }

    private static async Task Refused(V1.RefusalCode code, Func<Task> call)
    {
        var detail = RunningServer.DetailOf<V1.RefusalDetail>(await Assert.ThrowsAsync<RpcException>(call));
        Assert.Equal((code, "R-067"), (detail.Code, detail.Rule));
    }

    private static async Task Launch(RunningServer server)
    {
        await server.Campagnes.OpenCampagneAsync(new() { Code = "2026", Nom = "Campagne 2026" });
        await server.Campagnes.PlanVagueAsync(new() { Campagne = Campagne, Vague = 1, Annee = 2026, Entites = { RunningServer.Entite } });
        await server.Campagnes.NameNegociateurAsync(new() { Campagne = Campagne, Entites = { RunningServer.Entite }, Negociateur = "Mme Diallo" });
        await server.Settle((await server.Campagnes.SendLettreAsync(new() { Campagne = Campagne, Vague = 1, On = "2026-01-20", Reference = "L-1" })).Recorded.LogPosition);
    }

    private static async Task Open(RunningServer server)
    {
        var fiche = new V1.NegociationFiche
        {
            Numero = "N-1", Campagne = "2026", Route = V1.NegociationRoute.Initial, Niveau = V1.Niveau.Departemental, Pilote = "75",
            Structures = { new V1.StructureNegociee { Entite = RunningServer.Entite, Contrat = "75-C1" } },
        };
        await server.Settle((await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche })).Recorded.LogPosition);
    }

    private static async Task Negotiate(RunningServer server)
    {
        await server.Negociations.ReceiveTrameAsync(new() { Negociation = Negociation, On = "2026-02-01" });
        await server.Negociations.WriteSectionAsync(new()
        {
            Negociation = Negociation, Volet = V1.Volet.A1V2, Auteur = V1.RapportAuteur.Structure, Texte = "Parcours",
            Chiffres = { new V1.Chiffre { Libelle = "Délai moyen", Valeur = "12 jours", Source = "SAE" } },
        });
        await server.Negociations.AnswerQuestionAsync(new() { Negociation = Negociation, Numero = 4, Oui = true });
        await server.Negociations.ProposeEngagementAsync(new() { Negociation = Negociation, By = V1.RapportAuteur.Structure, Engagement = RunningServer.Engagement() });
        await server.Negociations.HandOverRapportAsync(new() { Negociation = Negociation, On = "2026-02-20" });
        await server.Negociations.WriteSectionAsync(new() { Negociation = Negociation, Volet = V1.Volet.A1V2, Auteur = V1.RapportAuteur.Agence, Texte = "Rien à ajouter", On = "2026-02-25" });
        await server.Negociations.ShareDiagnosticAsync(new() { Negociation = Negociation, On = "2026-02-25" });
        await server.Negociations.RecordRencontreAsync(new() { Negociation = Negociation, CompteRendu = "Au siège", On = "2026-02-26" });
        await server.Negociations.WriteSyntheseAsync(new() { Negociation = Negociation, Synthese = new() { Forces = "f", Faiblesses = "f", Opportunites = "o", Menaces = "m", Enjeux = "e" } });
        await Accept(server, V1.RapportAuteur.Structure);
    }

    private static async Task<V1.Recorded> Accept(RunningServer server, V1.RapportAuteur by) =>
        (await server.Negociations.AcceptSyntheseAsync(new() { Negociation = Negociation, By = by })).Recorded;

    private static async Task<V1.SignContratResponse> Sign(RunningServer server, V1.Signatory party, string on) =>
        await server.Contrats.SignContratAsync(new() { Contrat = RunningServer.Contrat, Party = party, SignedBy = "Mme A", On = on, AnnexesParaphees = { 1, 2, 3 } });
}
