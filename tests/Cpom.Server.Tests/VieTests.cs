using System.Collections.Immutable;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Server.Tests;

/// <summary>The life of a contrat in the filters and counts of the portfolio, on both axes of time. Today is 2 March 2026.</summary>
public sealed class VieTests
{
    private const string Entite = $"entites/{RunningServer.Entite}";

    private static readonly Fiche Fiche = new("75-C1", RunningServer.Entite, PartieKind.Eps, true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);

    private static readonly ContratEvent[] InForce =
    [
        new ContratOpened(new(2025, 10, 1), Fiche, []),
        new ContratSigned(new(2025, 11, 1), Signatory.RepresentantLegal, "Mme A", null),
        new ContratSigned(new(2025, 12, 1), Signatory.DgArs, "M. B", null),
        new ContratEnteredIntoForce(new(2026, 1, 1)),
    ];

    [Fact(DisplayName = "L-02 Un renouvellement demandé se filtre et se compte jusqu'à sa réponse, le jour demandé et comme on le savait")]
    public async Task Renouvellement()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        var before = server.Time.GetUtcNow();
        server.Time.Advance(TimeSpan.FromHours(1));
        var asked = await server.Echeances.AskRenouvellementAsync(new() { Contrat = RunningServer.Contrat, On = "2026-02-01" });
        await server.Settle(asked.Recorded.LogPosition);

        Assert.Equal((1, 1), await Count(server, "renouvellement = a_repondre", new(), t => t.RenouvellementsToAnswer));
        Assert.Equal((0, 0), await Count(server, "renouvellement = a_repondre", new() { ValidOn = "2026-01-31" }, t => t.RenouvellementsToAnswer));
        Assert.Equal((0, 0), await Count(server, "renouvellement = a_repondre", new() { KnownAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(before) }, t => t.RenouvellementsToAnswer));

        var report = new V1.Bilan { Document = new() { Nom = "rapport-final.pdf", Sha256 = new string('a', 64) } };
        await server.Engagements.RecordRapportFinalAsync(new() { Contrat = RunningServer.Contrat, Bilan = report, On = "2026-03-01" });
        var granted = await server.Echeances.AnswerRenouvellementAsync(new() { Contrat = RunningServer.Contrat, Granted = true, On = "2026-03-02" });
        await server.Settle(granted.Recorded.LogPosition);
        Assert.Equal((1, 0), await Count(server, "renouvellement = accorde AND rapport_final = oui", new(), t => t.RenouvellementsToAnswer));
        Assert.Equal((1, 1), await Count(server, "renouvellement = a_repondre AND rapport_final = oui", new() { ValidOn = "2026-03-01" }, t => t.RenouvellementsToAnswer));
        Assert.Equal((1, 1), await Count(server, "rapport_final = non", new() { ValidOn = "2026-02-28" }, t => t.RenouvellementsToAnswer));
        Assert.Equal("accorde", Assert.Single((await server.Entites.GetEntiteAsync(new() { Name = Entite })).Entite.Contrats).Renouvellement);
    }

    [Fact(DisplayName = "R-101, R-086 Un contrat fixé par arrêté et un contrat « socle commun » se filtrent, se groupent et se comptent à part")]
    public async Task Arrete_and_socle_commun()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.Settle((await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() })).Recorded.LogPosition);
        var bridge = RunningServer.Fiche("75-C2");
        bridge.Nature = V1.ContratNature.SocleCommun;
        await server.Settle((await server.Contrats.OpenContratAsync(new() { Fiche = bridge })).Recorded.LogPosition);
        await server.Sanctions.AdoptPrsAsync(new() { Nom = "PRS", AdoptedOn = "2025-02-15" });
        var fixing = await server.Sanctions.FixByArreteAsync(new()
        {
            Contrat = RunningServer.Contrat, Prs = "PRS", Courrier = Courrier(), On = "2026-02-16", Penalites = "Cinq pour cent au plus.", Engagements = { RunningServer.Engagement() },
        });
        await server.Settle(fixing.Recorded.LogPosition);

        Assert.Equal((1, 1), await Count(server, "arrete = oui", new(), t => t.Arretes));
        Assert.Equal((0, 0), await Count(server, "arrete = oui", new() { ValidOn = "2026-02-15" }, t => t.Arretes));
        Assert.Equal((1, 1), await Count(server, "nature = socle-commun", new(), t => t.SoclesCommuns));
        var rows = (await server.Portfolio.QueryAsync(new() { OrderBy = "nature" })).Rows;
        Assert.Equal([("75-C1", "ordinaire", "2026-02-16"), ("75-C2", "socle_commun", "")], rows.Select(r => (r.Numero, r.Nature, r.ArreteOn)));
        var totals = (await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Nature })).Totals;
        Assert.Equal([("Ordinaire", 1, 0), ("SocleCommun", 1, 1)], totals.Select(t => (t.Key, t.Contrats, t.SoclesCommuns)));
    }

    [Fact(DisplayName = "R-115 La modification que décide une sanction reste comptée jusqu'à l'avenant qui la fait ; la mise en demeure, jusqu'à la décision")]
    public async Task Modification()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        var procedure = $"{Entite}/manquements/SAN-1";
        await server.Sanctions.RecordConstatAsync(new()
        {
            Entite = Entite, Numero = "SAN-1", Kind = V1.ManquementKind.Grave, Contrat = RunningServer.Contrat, Faits = "Rien n'est fait.", On = "2026-01-12",
        });
        await server.Sanctions.RecordDialogueAsync(new() { Manquement = procedure, CompteRendu = "Rien de prévu.", On = "2026-01-20" });
        var sent = await server.Sanctions.SendMiseEnDemeureAsync(new() { Manquement = procedure, Motifs = "Rien n'est fait.", Courrier = Courrier(), On = "2026-01-31" });
        await server.Settle(sent.Recorded.LogPosition);
        Assert.Equal((1, 1), await Count(server, "procedure = mis_en_demeure AND modification = sans_objet", new(), t => t.MisEnDemeure));

        var decided = await server.Sanctions.DecideSanctionAsync(new()
        {
            Manquement = procedure, Sanction = new() { Modification = "Fermer l'unité." }, Motifs = "Aucune mesure.", Courrier = Courrier(), On = "2026-03-01",
        });
        await server.Settle(decided.Recorded.LogPosition);
        Assert.Equal((0, 0), await Count(server, "procedure = mis_en_demeure", new(), t => t.MisEnDemeure));
        Assert.Equal((1, 1), await Count(server, "modification = a_ouvrir", new(), t => t.ModificationsRequired));
        Assert.Equal((0, 0), await Count(server, "modification = a_ouvrir", new() { ValidOn = "2026-02-28" }, t => t.ModificationsRequired));

        await server.Submit(RunningServer.Rc("RC-1", 8));
        var opened = await server.Avenants.OpenAvenantAsync(new()
        {
            Contrat = RunningServer.Contrat, DateEffet = "2026-03-10", Motif = V1.AvenantMotif.Manquement, AllPending = true, RequestId = "a1",
        });
        var signed = await server.Avenants.SignAvenantAsync(new() { Name = opened.Name, Party = V1.Signatory.RepresentantLegal, SignedBy = "Mme A", AnnexesParaphees = { 2 } });
        await server.Settle(signed.Recorded.LogPosition);
        Assert.Equal((1, 1), await Count(server, "modification = en_cours AND avenants_en_signature = 1", new(), t => t.ModificationsRequired));
        signed = await server.Avenants.SignAvenantAsync(new() { Name = opened.Name, Party = V1.Signatory.DgArs, SignedBy = "M. B", AnnexesParaphees = { 2 } });
        await server.Approbations.RecordDemandeAccesAsync(new() { Contrat = RunningServer.Contrat, Reference = "D-1", Demandeur = "Une association" });
        await server.Settle(signed.Recorded.LogPosition);
        Assert.Equal((1, 1), await Count(server, "avenants_signes = 1 AND avenants_en_signature = 0", new(), t => t.AvenantsSignes));
        Assert.Equal((1, 1), await Count(server, "demandes_acces > 0", new(), t => t.DemandesAcces));
        var ght = (await server.Ghts.GetGhtAsync(new() { Name = $"ghts/{RunningServer.Ght}" })).Ght.Totals;
        Assert.Equal((0, 1, 1), (ght.AvenantsEnSignature, ght.AvenantsSignes, ght.DemandesAcces));
    }

    [Fact(DisplayName = "R-118 Le niveau d'un contrat se filtre, se groupe et se compte ; celui d'un projet abandonné ne compte plus")]
    public void Niveau_of_a_contrat()
    {
        ContratRow[] rows =
        [
            On(new(2026, 3, 2), InForce[0], new NiveauSet(new(2025, 10, 2), Niveau.Regional)),
            On(new(2026, 3, 2), InForce[0], new NiveauSet(new(2025, 10, 2), Niveau.Regional), new ContratAbandoned(new(2025, 10, 3), "Erreur")),
            On(new(2026, 3, 2), InForce),
        ];
        Assert.Equal([true, true, false], rows.Select(row => Filter.Compile("niveau = regional")(new(row, default))));
        var (groups, all) = PortfolioSummary.Of(PortfolioGroup.Niveau, PortfolioView.Empty, rows);
        Assert.Equal([("Departemental", 1, 0), ("Regional", 2, 1)], groups.Select(g => (g.Key, g.Contrats, g.Regionaux)));
        Assert.Equal(1, all.Regionaux);
    }

    [Theory(DisplayName = "L-01, L-02 Une demande attend sa réponse même après le terme, et plus après une fin anticipée")]
    [InlineData("2030-01-31", "sans_objet")]
    [InlineData("2030-02-01", "a_repondre")]
    [InlineData("2031-03-01", "a_repondre")]
    [InlineData("2030-07-01", "sans_objet", "resilie")]
    [InlineData("2030-06-30", "a_repondre", "resilie")]
    [InlineData("2030-07-01", "sans_objet", "renouvele")]
    [InlineData("2030-06-30", "a_repondre", "tacite")]
    [InlineData("2030-07-01", "tacite", "tacite")]
    [InlineData("2030-07-01", "refuse", "refuse")]
    public void Asked_and_answered(string day, string expected, string then = "")
    {
        var july = new DateOnly(2030, 7, 1);
        ContratEvent[] after = then switch
        {
            "resilie" => [new ContratTerminated(july, "SAN-1")],
            "renouvele" => [new ContratRenewed(july, "75-C2", new(2031, 1, 1))],
            "tacite" => [new RenouvellementGrantedTacitly(july)],
            "refuse" => [new RenouvellementAnswered(july, false, "Trop tard")],
            _ => [],
        };
        var row = On(DateOnly.ParseExact(day, "yyyy-MM-dd"), [.. InForce, new RenouvellementAsked(new(2030, 2, 1)), .. after]);
        Assert.Equal(expected, VieStatus.RenouvellementOf(row));
    }

    [Theory(DisplayName = "R-115 Une modification est à ouvrir, en cours puis faite ; un avenant abandonné n'y compte pas, et un contrat fini n'en attend plus")]
    [InlineData("2026-02-28", "sans_objet")]
    [InlineData("2026-03-01", "a_ouvrir")]
    [InlineData("2026-04-01", "en_cours", "ouvert")]
    [InlineData("2026-03-31", "a_ouvrir", "ouvert")]
    [InlineData("2026-05-31", "en_cours", "integre")]
    [InlineData("2026-06-01", "faite", "integre")]
    [InlineData("2031-06-01", "faite", "integre")]
    [InlineData("2026-06-01", "a_ouvrir", "abandonne")]
    [InlineData("2031-01-01", "sans_objet")]
    [InlineData("2026-06-01", "a_ouvrir", "integre", 2)]
    public void Required_and_made(string day, string expected, string avenant = "", int decisions = 1)
    {
        var request = new ContratCommand.OpenAvenant("a1", new(2026, 6, 1), AvenantMotif.Manquement, true, [], false, new(2026, 4, 1));
        ContratEvent[] end = avenant switch
        {
            "integre" => [new AvenantIntegrated(new(2026, 6, 1), 1)],
            "abandonne" => [new AvenantAbandoned(new(2026, 5, 1), 1, "Erreur")],
            _ => [],
        };
        ContratEvent[] opened = avenant.Length > 0 ? [new AvenantOpened(new(2026, 4, 1), 1, request, []), .. end] : [];
        var required = Enumerable.Range(1, decisions).Select(n => new ModificationRequired(new(2026, 3, 1), $"SAN-{n}", "Fermer l'unité"));
        Assert.Equal(expected, VieStatus.ModificationOf(On(DateOnly.ParseExact(day, "yyyy-MM-dd"), [.. InForce, .. required, .. opened])));
    }

    private static ContratRow On(DateOnly day, params IEnumerable<ContratEvent> events) => new(
        new("75-C1", (ContratState.Ouvert)events.Aggregate(Contrat.Initial, Contrat.Evolve), ImmutableDictionary<string, ItemTrace>.Empty, 1, 1, default), null, [], day);

    private static V1.Courrier Courrier() => new() { Numero = "ARS-2026-7", Document = "lettre.pdf", Sha256 = new string('a', 64) };

    /// <summary>How many a filter takes, and what the summary counts.</summary>
    private static async Task<(int Rows, int Counted)> Count(RunningServer server, string filter, V1.AsOf asOf, Func<V1.SummaryTotal, int> counted)
    {
        var found = await server.Portfolio.QueryAsync(new() { Filter = filter, AsOf = asOf });
        return (found.TotalSize, counted((await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Ght, AsOf = asOf })).Overall));
    }
}
