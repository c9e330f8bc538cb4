using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>Private hospitals: one without profit, which must have a contrat, and one for profit, which may stay without.</summary>
public sealed class PriveHistoires(ITestOutputHelper output)
{
    [Fact(DisplayName = "R-101 R-102 R-095 L-10 R-111 Histoire d'un ESPIC de huit sites, de 2018 à 2029")]
    public async Task Espic()
    {
        var espic = new Structure("750000002", "Fondation Sainte-Marthe", "61", "75", [.. Enumerable.Range(1, 8).Select(n => $"75010001{n}")]);
        const string contrat = "75-2020-2";
        const string suivant = "75-2025-2";
        await using var h = Histoire.Begin(new(2018, 7, 24), output);

        h.Chapter("L'obligation, et le refus de signer");
        await h.When("le projet régional de santé est adopté, et la fondation connue avec ses huit sites", [("PRS 2018-2022", new PrsCommand.Adopt("PRS 2018-2022", h.Day)), .. espic.Register(h.Day)]);
        await h.When("trois de ses sites sont autorisés", espic.Autorise("AMM", "M01", h.Day), espic.Autorise("AMM", "M01", h.Day, site: 3), espic.Autorise("AMM", "P01", h.Day, site: 7));
        await h.Then("il lui faut un contrat (R-001)", view => espic.Of(view).RequiredBy?.Rule == "R-001");
        await h.Refused("elle se dirait hors contrat", "R-102", espic.Ej, new EntiteCommand.DeclareHorsContrat("Ne souhaite pas contracter", h.Day));
        var fiche = espic.Fiche(contrat, PartieKind.Espic, new(2020, 1, 1));
        await h.When("l'agence ouvre son projet de contrat, qu'elle ne signe pas", (contrat, espic.Open(fiche, h.Day)));
        var arrete = new ContratCommand.FixByArrete(
            new(Lettre("ARR-1"), new(2019, 7, 23), "Pénalités de l'article L. 6114-1", null), [espic.Engagement(1, "Accueil des urgences")], new("PRS 2018-2022", new(2018, 7, 24)));
        h.On(new(2019, 7, 23));
        await h.Refused("l'agence fixerait les engagements par arrêté avant que l'année soit passée", "R-101", contrat, arrete);
        h.On(new(2019, 7, 25));
        await h.When("un an après le PRS, elle les fixe par arrêté", (contrat, arrete with { Arrete = arrete.Arrete with { On = h.Day } }));
        await h.Then("l'engagement de l'arrêté est dans le contrat", view => Contrat(view, contrat).Engagements.ContainsKey(1));

        h.Chapter("La vie du contrat");
        h.On(new(2021, 6, 1));
        await h.When("une activité est reconnue sur le cinquième site", espic.Reconnait("11-75-RC5", 20, h.Day, site: 4));
        await h.Then("elle attend un avenant (R-056)", view => Contrat(view, contrat).PendingByLigne.Count == 1);
        await h.When("l'avenant est ouvert", (contrat, new ContratCommand.OpenAvenant("a1", new(2021, 9, 1), AvenantMotif.SocleCommun, AllPending: true, [], AcceptConflicts: false, h.Day)));
        await h.Refused("il serait signé sans l'avis de la conférence médicale", "R-095", contrat, SignAvenant(contrat, 1, h.Day)[0].Item2);
        await h.When("l'avis est joint, et l'avenant signé", [Consult(contrat, Instance.ConferenceMedicale, ConsultationKind.Avis, h.Day, avenant: 1), .. SignAvenant(contrat, 1, h.Day)]);
        h.On(new(2021, 9, 2));
        await h.Then("il est intégré", view => Contrat(view, contrat).Avenants[1].End == AvenantEnd.Integrated);

        h.Chapter("Le manquement, justifié");
        h.On(new(2022, 3, 31));
        await h.When("l'inexécution est constatée, et la fondation mise en demeure après dialogue",
            (espic.Ej, new ManquementsCommand.RecordConstat(
                espic.Ej, new("P-2022-2", ManquementKind.Inexecution, contrat, [1], "Urgences fermées la nuit", h.Day), new(contrat, espic.Ej, fiche.DateEffet, fiche.DateFin, [1]))),
            (espic.Ej, new ManquementsCommand.RecordDialogue("P-2022-2", new(h.Day, "Recrutements annoncés", null))),
            (espic.Ej, new ManquementsCommand.SendMiseEnDemeure("P-2022-2", new(h.Day, "Le service n'est pas rendu.", Lettre("MED-7")))));
        await h.Then("elle a un mois, jusqu'au 30 avril : avril n'a pas de 31 (L-10)", view => espic.Manquement(view, "P-2022-2").ReponseDueOn == new DateOnly(2022, 4, 30));
        h.On(new(2022, 4, 20));
        await h.When("elle se justifie, et la procédure est classée", (espic.Ej, new ManquementsCommand.AcceptJustification("P-2022-2", "Service rouvert", Lettre("CLA-7"), h.Day)));

        h.Chapter("Le renouvellement");
        h.On(new(2023, 12, 18));
        await h.When("elle demande le renouvellement", (contrat, new ContratCommand.AskRenouvellement(h.Day)));
        h.On(new(2024, 3, 4));
        await h.When("elle remet son rapport final, l'agence accorde, et le contrat suivant s'ouvre, encore sous le régime de 2018",
            (contrat, new ContratCommand.RecordRapportFinal(new([new(1, EngagementStatut.Tenu, null)], null, Document("rapport.pdf")), h.Day)),
            (contrat, new ContratCommand.AnswerRenouvellement(Granted: true, null, h.Day)));
        await h.When("l'engagement se poursuit", (suivant, espic.Open(espic.Fiche(suivant, PartieKind.Espic, new(2025, 1, 1)), h.Day) with
        {
            Reconduction = new(contrat, [new(1, EngagementIssue.Poursuivi, null)], [], h.Read(view => ReconductionRules.Prove(Contrat(view, contrat)))),
        }));
        h.On(new(2024, 10, 7));
        await h.When("cette fois, elle signe", [
            Consult(suivant, Instance.ConferenceMedicale, ConsultationKind.Avis, h.Day),
            (suivant, new ContratCommand.Validate(null, Role.DelegueDepartemental, "M. Faure", h.Day)),
            .. SignBoth(suivant, h.Day, h.Day)]);
        h.On(new(2028, 12, 20));
        await h.When("quatre ans plus tard elle demande un autre renouvellement", (suivant, new ContratCommand.AskRenouvellement(h.Day)));
        h.On(new(2029, 4, 25));
        await h.Then("sous le régime de 2018, le silence de l'agence n'accorde rien : sa réponse est en retard (L-01)",
            view => Contrat(view, suivant) is { Suivi.Renouvellement.Answer: null } c && ContratEcheances.Of(c).Any(e => e.Rule == "L-01" && c.Suivi.Rappels.IsOverdue(e)));
    }

    [Fact(DisplayName = "R-103 R-104 R-115 L-11 Histoire d'une clinique, hors contrat, sous contrat, puis résiliée, de 2019 à 2029")]
    public async Task Clinique()
    {
        var clinique = new Structure("920000003", "Clinique des Tilleuls", "72", "92", ["920100031"]);
        const string contrat = "92-2021-3";
        const string procedure = "P-2024-3";
        await using var h = Histoire.Begin(new(2019, 9, 2), output);

        h.Chapter("Hors contrat");
        await h.When("la clinique est connue, avec son autorisation", [.. clinique.Register(h.Day), clinique.Autorise("AMM", "C01", h.Day)]);
        await h.Then("il lui faudrait un contrat (R-001)", view => clinique.Of(view).RequiredBy?.Rule == "R-001");
        await h.When("elle déclare rester hors contrat (R-103)", (clinique.Ej, new EntiteCommand.DeclareHorsContrat("Ne souhaite pas contracter", h.Day)));
        await h.Then("l'alerte s'éteint, et ses autorisations restent suivies (R-105)", view => clinique.Of(view).RequiredBy is null && view.Sites[clinique.Sites[0]].Autorisations == 1);
        h.On(new(2020, 9, 1));
        await h.When("le tarif d'autorité lui pèse : elle demande un contrat", (clinique.Ej, new EntiteCommand.WithdrawHorsContrat("Demande un contrat", h.Day)));
        await h.Then("l'alerte revient", view => clinique.Of(view).RequiredBy?.Rule == "R-001");

        h.Chapter("Le contrat");
        var fiche = clinique.Fiche(contrat, PartieKind.PriveLucratif, new(2021, 1, 1));
        await h.When("le projet s'ouvre, avec un engagement", (contrat, clinique.Open(fiche, h.Day)), (contrat, new ContratCommand.AddEngagement(clinique.Engagement(1, "Chirurgie ambulatoire"), h.Day)));
        await h.Refused("il serait transmis sans l'avis de la conférence médicale", "R-095", contrat, new ContratCommand.Transmit(null, Document("contrat.pdf"), h.Day));
        h.On(new(2020, 11, 2));
        await h.When("l'avis est joint, le délégué valide, les parties signent", [
            Consult(contrat, Instance.ConferenceMedicale, ConsultationKind.Avis, h.Day),
            (contrat, new ContratCommand.Validate(null, Role.DelegueDepartemental, "M. Faure", h.Day)),
            .. SignBoth(contrat, h.Day, h.Day)]);
        await h.Then("le contrat est en vigueur", view => IsInForce(view, contrat));

        h.Chapter("Le manquement grave");
        h.On(new(2024, 2, 5));
        await h.When("des soins sont facturés qui n'ont pas eu lieu : manquement grave, mise en demeure (L-11)",
            (clinique.Ej, new ManquementsCommand.RecordConstat(
                clinique.Ej, new(procedure, ManquementKind.Grave, contrat, [], "Facturation fictive", h.Day), new(contrat, clinique.Ej, fiche.DateEffet, fiche.DateFin, [1]))),
            (clinique.Ej, new ManquementsCommand.RecordDialogue(procedure, new(h.Day, "La clinique conteste", null))),
            (clinique.Ej, new ManquementsCommand.SendMiseEnDemeure(procedure, new(h.Day, "Faits établis par le contrôle.", Lettre("MED-3")))));
        await h.Refused("l'agence résilierait avant la fin du délai", "R-113", clinique.Ej, Resilie(h.Day));
        h.On(new(2024, 3, 6));
        await h.When("le mois passe sans mesure corrective : le contrat est résilié au 1er avril", (clinique.Ej, Resilie(h.Day)));
        await h.Then("il cesse d'être en vigueur ce jour-là, et l'entité est de nouveau sans contrat",
            view => Contrat(view, contrat).Suites?.Resilie?.DateEffet == new DateOnly(2024, 4, 1) && clinique.Of(view).RequiredBy?.Rule == "R-001");
        h.On(new(2029, 4, 2));
        await h.Then("cinq ans plus tard elle n'a toujours pas de contrat, et l'agence le voit", view => clinique.Of(view).RequiredBy is not null);

        static ManquementsCommand.DecideSanction Resilie(DateOnly on) => new(procedure, new Sanction.Resiliation(new(2024, 4, 1)), "Aucune mesure n'a été prise", Lettre("DEC-3"), on);
    }
}
