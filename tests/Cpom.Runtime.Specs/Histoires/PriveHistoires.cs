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
