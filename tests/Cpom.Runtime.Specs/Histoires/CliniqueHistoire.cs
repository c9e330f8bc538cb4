using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>A private hospital for profit, which may stay without a contrat: it has one that is terminated, and after it one that is renewed.</summary>
public sealed class CliniqueHistoire(ITestOutputHelper output)
{
    private const string Resilie = "92-2020-3";
    private const string Ancien = "92-2023-3";
    private const string Nouveau = "92-2028-3";
    private const string Procedure = "P-2022-3";

    private static readonly Structure Tilleuls = new("920000003", "Clinique des Tilleuls", "72", "92", ["920100031"]);
    private static readonly Fiche Premier = Tilleuls.Fiche(Resilie, PartieKind.PriveLucratif, new(2020, 1, 1));
    private static readonly Fiche Deuxieme = Tilleuls.Fiche(Ancien, PartieKind.PriveLucratif, new(2023, 7, 1));
    private static readonly Fiche Troisieme = Tilleuls.Fiche(Nouveau, PartieKind.PriveLucratif, new(2028, 7, 1));

    [Fact(DisplayName = "R-103 R-104 R-115 L-11 R-109 L-01 R-111 Histoire d'une clinique, hors contrat, résiliée, puis renouvelée, de 2018 à 2028")]
    public async Task Clinique()
    {
        await using var h = Histoire.Begin(new(2018, 9, 3), output);
        await HorsContrat(h);
        await PremierContrat(h);
        await Manque(h);
        await Revient(h);
        await Vit(h);
        await Renouvelle(h);
        await Scenes.ChangeDeRegime(h, Tilleuls, Deuxieme, Troisieme);
    }

    private static async Task HorsContrat(Histoire h)
    {
        h.Chapter("Hors contrat");
        await h.When("la clinique est connue, avec son autorisation", [.. Tilleuls.Register(h.Day), Tilleuls.Autorise("AMM", "C01", h.Day)]);
        await h.Then("il lui faudrait un contrat (R-001)", view => Tilleuls.Of(view).RequiredBy?.Rule == "R-001");
        await h.When("elle déclare rester hors contrat (R-103)", (Tilleuls.Ej, new EntiteCommand.DeclareHorsContrat("Ne souhaite pas contracter", h.Day)));
        await h.Then("l'alerte s'éteint, et ses autorisations restent suivies (R-105)", view => Tilleuls.Of(view).RequiredBy is null && view.Sites[Tilleuls.Sites[0]].Autorisations == 1);
        h.On(new(2019, 9, 2));
        await h.When("le tarif d'autorité lui pèse (R-104) : elle demande un contrat", (Tilleuls.Ej, new EntiteCommand.WithdrawHorsContrat("Demande un contrat", h.Day)));
        await h.Then("l'alerte revient", view => Tilleuls.Of(view).RequiredBy?.Rule == "R-001");
    }

    private static async Task PremierContrat(Histoire h)
    {
        h.Chapter("Le premier contrat");
        await h.When("le projet s'ouvre, avec un engagement", (Resilie, Tilleuls.Open(Premier, h.Day)), (Resilie, new ContratCommand.AddEngagement(Tilleuls.Engagement(1, "Chirurgie ambulatoire"), h.Day)));
        await h.Refused("il serait transmis sans l'avis de la conférence médicale", "R-095", Resilie, new ContratCommand.Transmit(null, Document("contrat.pdf"), h.Day));
        h.On(new(2019, 11, 4));
        await h.When("l'avis est joint, la déléguée valide, les parties signent", Conclut(Resilie, h.Day));
        await h.Then("le contrat est en vigueur", view => IsInForce(view, Resilie) && Tilleuls.Of(view).RequiredBy is null);
        h.On(new(2022, 2, 7));
        await h.When("elle donne sa valeur de 2021 : 62 %, pour 60 promis", Valeur(Resilie, 1, 2021, "62", h.Day));
        await h.Then("l'engagement est tenu (R-043)", view => Statut(view, Resilie, 1, 2021) == EngagementStatut.Tenu);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement grave");
        h.On(new(2022, 9, 5));
        await h.When("des soins sont facturés qui n'ont pas eu lieu : manquement grave, mise en demeure (L-11)", MiseEnDemeure(
            Tilleuls, new(Procedure, ManquementKind.Grave, Resilie, [], "Facturation fictive", h.Day), Premier, [1], "Faits établis par le contrôle."));
        await h.Refused("l'agence résilierait avant la fin du délai", "R-113", Tilleuls.Ej, Decide(new Sanction.Resiliation(new(2022, 11, 1)), h.Day));
        h.On(new(2022, 10, 6));
        await h.Refused("l'agence punirait d'une pénalité ce qui est grave", "R-116", Tilleuls.Ej, Decide(new Sanction.Penalite(10_000m), h.Day));
        await h.When("le mois passe sans mesure corrective : le contrat est résilié au 1er novembre", (Tilleuls.Ej, Decide(new Sanction.Resiliation(new(2022, 11, 1)), h.Day)));
        await h.Then("il vit encore ce jour, et l'agence sait déjà que la clinique sera sans contrat (R-001)",
            view => Tilleuls.EnVigueur(view, h.Day) is not null && Tilleuls.Of(view).RequiredBy?.Rule == "R-001");
        h.On(new(2022, 11, 1));
        await h.Then("au 1er novembre elle n'en a plus", view => Tilleuls.EnVigueur(view, h.Day) is null && Contrat(view, Resilie).LastDay == new DateOnly(2022, 10, 31));
        await h.Refused("elle demanderait le renouvellement d'un contrat résilié", "R-115", Resilie, Demande(Resilie, h.Day).Item2);

        static ManquementsCommand.DecideSanction Decide(Sanction sanction, DateOnly on) => new(Procedure, sanction, "Aucune mesure n'a été prise", Lettre("DEC-3"), on);
    }

    private static async Task Revient(Histoire h)
    {
        h.Chapter("Un nouveau contrat");
        h.On(new(2023, 2, 6));
        await h.When("la direction a changé : un nouveau projet s'ouvre, qui ne renouvelle rien, avec deux engagements",
            (Ancien, Tilleuls.Open(Deuxieme, h.Day)),
            (Ancien, new ContratCommand.AddEngagement(Tilleuls.Engagement(1, "Chirurgie ambulatoire"), h.Day)),
            (Ancien, new ContratCommand.AddEngagement(Tilleuls.Engagement(2, "Facturation contrôlée"), h.Day)));
        h.On(new(2023, 5, 15));
        await h.When("l'avis est joint, la déléguée valide, les parties signent", Conclut(Ancien, h.Day));
        await h.Then("l'obligation est remplie ; il vivra sous le régime de 2018", view => Tilleuls.Of(view).RequiredBy is null && Contrat(view, Ancien).Regime.Code == "2018");
    }

    private static async Task Vit(Histoire h)
    {
        h.Chapter("La vie du contrat");
        h.On(new(2025, 2, 3));
        await h.When("elle donne ses valeurs de 2024 : 61 % et 55 %, pour 60 promis de chacun", Valeur(Ancien, 1, 2024, "61", h.Day), Valeur(Ancien, 2, 2024, "55", h.Day));
        await h.Then("le premier engagement est tenu, le second en retard (R-043)",
            view => Statut(view, Ancien, 1, 2024) == EngagementStatut.Tenu && Statut(view, Ancien, 2, 2024) == EngagementStatut.EnRetard);
        h.On(new(2025, 6, 30));
        await h.When("la deuxième évaluation annuelle a lieu", Evalue(Ancien, 2, h.Day, EngagementStatut.Tenu, EngagementStatut.EnRetard));
        await h.Then("elle est faite, depuis le décret de 2025 comme avant : le contrat qui court garde ses règles (R-109, décision 0005)",
            view => Echeance(view, Ancien, EcheanceKind.Evaluation, 2) is { Rule: "R-109" } evaluation && evaluation.DoneOn == h.Day);
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("Le renouvellement");
        h.On(new(2027, 6, 21));
        await h.When("elle demande le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        h.On(new(2027, 8, 23));
        await h.Then("deux mois après, son rapport final manque (R-110)", view => IsOverdue(view, Ancien, EcheanceKind.RapportFinal));
        await h.When("elle le remet", Rapport(Ancien, h.Day, EngagementStatut.Tenu, EngagementStatut.Tenu));
        h.On(new(2027, 10, 4));
        await h.When("l'agence accorde dans ses quatre mois", Accorde(Ancien, h.Day));
        await h.Then("la réponse est faite ; le terme reste une échéance, tant que nul contrat ne suit",
            view => Echeance(view, Ancien, EcheanceKind.ReponseRenouvellement).DoneOn == h.Day && Echeance(view, Ancien, EcheanceKind.Fin).DoneOn is null);
        await h.Refused("le nouveau contrat s'ouvrirait sans dire ce que devient le second engagement", "R-111", Nouveau,
            Tilleuls.Suite(h, Troisieme, Ancien, [new(1, EngagementIssue.Poursuivi, null)]));
        await h.When("il s'ouvre : le premier engagement est poursuivi, le second abandonné",
            (Nouveau, Tilleuls.Suite(h, Troisieme, Ancien, [new(1, EngagementIssue.Poursuivi, null), new(2, EngagementIssue.Abandonne, "Devenu l'usage")])));
        await h.Then("ce qui se poursuit part de ce qu'il a atteint, 61 % en 2024 (R-111)",
            view => Contrat(view, Nouveau).Engagements.Values.Single().Indicateurs[0] is { ValeurReference: "61", AnneeReference: 2024 });
        h.On(new(2028, 4, 10));
        await h.When("l'avis est joint, la déléguée valide, les parties signent", Conclut(Nouveau, h.Day));
    }

    private static (string, object)[] Conclut(string contrat, DateOnly on) =>
        [Consult(contrat, Instance.ConferenceMedicale, ConsultationKind.Avis, on), Valide(contrat, on), .. SignBoth(contrat, on, on)];
}
