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
        server.JumpTo(new(2027, 2, 1));
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

    [Fact(DisplayName = "R-043 Un contrat échu alerte de ses engagements jusqu'à son rapport final, et pas plus longtemps")]
    public async Task Risk_after_the_term()
    {
        await using var server = await Started();
        server.JumpTo(new(2030, 2, 1));
        await server.Engagements.RecordValeurAsync(Value("13,5"));
        await server.Echeances.AskRenouvellementAsync(new() { Contrat = RunningServer.Contrat });
        var atTheEnd = new V1.AsOf { ValidOn = "2031-01-01" };
        Assert.Equal((1, 1, 1), await AtRisk(atTheEnd));

        var report = new V1.Bilan { Document = new() { Nom = "rapport-final.pdf", Sha256 = new string('a', 64) } };
        report.Lignes.Add(new V1.BilanLigne { Engagement = 2, Appreciation = V1.EngagementStatut.Manque });
        var done = await server.Engagements.RecordRapportFinalAsync(new() { Contrat = RunningServer.Contrat, Bilan = report });
        atTheEnd.MinLogPosition = done.Recorded.LogPosition;
        Assert.Equal((0, 0, 0), await AtRisk(atTheEnd));
        Assert.Equal((1, 1, 1), await AtRisk(new())); // It lasts until the last day.

        async Task<(int, int, int)> AtRisk(V1.AsOf on)
        {
            var rows = (await server.Portfolio.QueryAsync(new() { Filter = "engagements_at_risk > 0", AsOf = on })).TotalSize;
            var listed = await server.Engagements.ListEngagementsAsync(new() { OnlyAtRisk = true, AsOf = on });
            Assert.All(listed.Engagements, e => Assert.True(e.AtRisk));
            return (rows, listed.TotalSize, (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut, AsOf = on })).Overall.EngagementsAtRisk);
        }
    }

    [Fact(DisplayName = "R-043 Une demande redite après sa correction ne corrige rien, et ne porte pas deux valeurs")]
    public async Task Said_again()
    {
        await using var server = await Started();
        server.JumpTo(new(2027, 2, 1));
        var (first, second) = (Value("13,5"), Value("15"));
        (first.RequestId, second.RequestId) = ("v-1", "v-2");
        Assert.True((await server.Engagements.RecordValeurAsync(first)).Recorded.Changed);
        Assert.Equal(V1.EngagementStatut.Tenu, (await server.Engagements.RecordValeurAsync(second)).Statut);
        var again = await server.Engagements.RecordValeurAsync(first);
        Assert.Equal((false, V1.EngagementStatut.Tenu), (again.Recorded.Changed, again.Statut));
        second.RequestId = "v-1";
        var reused = await Assert.ThrowsAsync<RpcException>(async () => await server.Engagements.RecordValeurAsync(second));
        Assert.Equal(V1.RefusalCode.ValeurRequestReused, RunningServer.DetailOf<V1.RefusalDetail>(reused).Code);
    }

    [Fact(DisplayName = "R-043 Une valeur qui n'est pas de l'indicateur est refusée, avec sa règle")]
    public async Task Refused()
    {
        await using var server = await Started();
        server.JumpTo(new(2027, 2, 1));
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

    [Fact(DisplayName = "R-044 Un contrat prend un engagement de la bibliothèque, dont les mots lui viennent d'elle")]
    public async Task Library()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var published = await server.Engagements.PublishBibliothequeAsync(new() { Volet = V1.Volet.A1V2, Version = "2026", Generiques = { Attente } });
        Assert.True(published.Recorded.Changed);
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        var engagement = new V1.Engagement { Number = 1, Volet = V1.Volet.A1V2, Finess = { RunningServer.Entite }, Type = V1.EngagementType.Generique, Generique = new() { Version = "2026", Code = "ATTENTE" } };
        engagement.Indicateurs.Add(new V1.Indicateur { ValeurReference = "40", AnneeReference = 2025, Cibles = { "30", "", "20", "", "" } });
        var added = await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = engagement });
        var contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = new() { MinLogPosition = added.Recorded.LogPosition } })).Contrat;
        Assert.Equal(("Réduire l'attente", "Délai moyen", "minutes", "30"), (contrat.Engagements[0].Objectif, contrat.Engagements[0].Indicateurs[0].Libelle, contrat.Engagements[0].Indicateurs[0].Unite, contrat.Engagements[0].Indicateurs[0].Cibles[0]));
        Assert.Equal(1, Assert.Single((await server.Engagements.ListBibliothequesAsync(new() { Volet = V1.Volet.A1V2, Version = "2026" })).Bibliotheques).Engagements);

        engagement.Objectif = "Réduire l'attente de moitié";
        engagement.Number = 2;
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = engagement }));
        Assert.Equal((V1.RefusalCode.GeneriqueReworded, "R-044"), (RunningServer.DetailOf<V1.RefusalDetail>(refused).Code, RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule));

        var specific = RunningServer.Engagement(3, "Réduire l'attente");
        specific.Type = V1.EngagementType.Specifique;
        specific.Indicateurs.Clear();
        specific.Indicateurs.Add(new V1.Indicateur { Libelle = "Attente", ModeCalcul = "moyenne", Unite = "minutes", Source = "relevé", Cibles = { "1", "", "", "", "" } });
        added = await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = specific });
        contrat = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat, AsOf = new() { MinLogPosition = added.Recorded.LogPosition } })).Contrat;
        Assert.Contains(contrat.Warnings, w => w.Rule == "R-037" && w.Detail.Contains("ATTENTE", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "R-111 Un contrat se renouvelle, avec une issue par engagement, et l'ancien l'apprend")]
    public async Task Renewed()
    {
        await using var server = await Started();
        server.JumpTo(new(2030, 2, 1));
        await server.Engagements.RecordValeurAsync(Value("16"));
        await server.Echeances.AskRenouvellementAsync(new() { Contrat = RunningServer.Contrat });
        var fiche = RunningServer.Fiche("75-C2");
        (fiche.DateEffet, fiche.DateFin) = ("2031-01-01", "2035-12-31");
        var asked = new V1.RenewContratRequest { Former = RunningServer.Contrat, Fiche = fiche, Issues = { new V1.Issue { Engagement = 2, Issue_ = V1.EngagementIssue.Poursuivi } } };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.RenewContratAsync(asked));
        Assert.Equal("R-110", RunningServer.DetailOf<V1.RefusalDetail>(refused).Rule);

        var report = new V1.Bilan { Document = new() { Nom = "rapport-final.pdf", Sha256 = new string('a', 64) } };
        report.Lignes.Add(new V1.BilanLigne { Engagement = 2, Appreciation = V1.EngagementStatut.Tenu });
        await server.Engagements.RecordRapportFinalAsync(new() { Contrat = RunningServer.Contrat, Bilan = report });
        var opened = await server.Contrats.RenewContratAsync(asked);
        Assert.False((await server.Contrats.RenewContratAsync(asked)).Recorded.Changed);
        await server.Settle(opened.Recorded.LogPosition);
        await TestKit.Approbations.OfEps(server.Approbations, opened.Name, "2030-01-15");
        await server.Settle((await TestKit.Approbations.Sign(server.Contrats, opened.Name, "2030-01-20", "2030-01-25")).LogPosition);

        var contrat = (await server.Contrats.GetContratAsync(new() { Name = opened.Name })).Contrat;
        Assert.Equal((RunningServer.Contrat, V1.EngagementIssue.Poursuivi), (contrat.Reconduction.Contrat, contrat.Reconduction.Issues[0].Issue_));
        Assert.Equal(("16", 2027, ""), (contrat.Engagements[0].Indicateurs[0].ValeurReference, contrat.Engagements[0].Indicateurs[0].AnneeReference, contrat.Engagements[0].Indicateurs[0].Cibles[0]));
        var former = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Equal((opened.Name, 1), (former.RenewedBy, former.Figures.Renewed));
        Assert.Equal(V1.EcheanceStade.Faite, former.Echeances.Single(e => e.Kind == V1.EcheanceKind.Fin).Stade);
        Assert.Equal("75-C1", Assert.Single((await server.Portfolio.QueryAsync(new() { Filter = "renewed_by = 75-C2" })).Rows).Numero);
        Assert.Equal("75-C2", Assert.Single((await server.Portfolio.QueryAsync(new() { Filter = "renews = 75-C1" })).Rows).Numero);
    }

    private static V1.Generique Attente => new()
    {
        Code = "ATTENTE",
        Objectif = "Réduire l'attente",
        Indicateurs = { new V1.GeneriqueIndicateur { Libelle = "Délai moyen", ModeCalcul = "somme / passages", Unite = "minutes", Source = "RPU" } },
    };

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
