using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>A laboratory: a penalty that the fund recovers, and a second contrat that nothing obliges it to have (L-03).</summary>
public sealed class LaboratoireHistoire(ITestOutputHelper output)
{
    private const string Ancien = "94-2020-5";
    private const string Nouveau = "94-2025-5";
    private const string Procedure = "P-2022-5";

    private static readonly Structure Biologie = new("940000005", "Biologie du Sud", "85", "94", ["940100051"]);
    private static readonly Fiche Premier = Biologie.Fiche(Ancien, PartieKind.Laboratoire, new(2020, 7, 1));
    private static readonly Fiche Second = Biologie.Fiche(Nouveau, PartieKind.Laboratoire, new(2025, 7, 1));

    [Fact(DisplayName = "R-002 R-003 R-043 L-10 R-112 R-113 R-111 L-03 Histoire d'un laboratoire, de 2019 à 2030")]
    public async Task Laboratoire()
    {
        await using var h = Histoire.Begin(new(2019, 9, 2), output);
        await Obligation(h);
        await Manque(h);
        await Recouvre(h);
        await Evalue(h);
        await Renouvelle(h);
        await Scenes.ChangeDeRegime(h, Biologie, Premier, Second);
        await Finit(h);
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation et la signature");
        await h.When("le laboratoire est connu, et autorisé", [.. Biologie.Register(h.Day), Biologie.Autorise("AMM", "AMP", h.Day)]);
        await h.Then("il lui faut un contrat (R-002)", view => Biologie.Of(view).RequiredBy?.Rule == "R-002");
        await h.Refused("son site, sans personnalité juridique, voudrait conclure", "R-003", Ancien, Biologie.Open(Premier with { Partie = PartieKind.Etablissement }, h.Day));
        await h.When("le projet s'ouvre, avec un engagement, et la déléguée valide",
            (Ancien, Biologie.Open(Premier, h.Day)), (Ancien, new ContratCommand.AddEngagement(Biologie.Engagement(1, "Délai des résultats"), h.Day)), Valide(Ancien, h.Day));
        h.On(new(2020, 2, 3));
        await h.When("nulle instance n'est à consulter : les parties signent (R-094)", SignBoth(Ancien, h.Day, h.Day));
        await h.Then("le contrat est en vigueur, l'obligation remplie", view => IsInForce(view, Ancien) && Biologie.Of(view).RequiredBy is null);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement");
        h.On(new(2022, 4, 1));
        await h.Then("ses valeurs de 2021 étaient dues la veille : elles sont en retard (R-043)", view => IsOverdue(view, Ancien, EcheanceKind.Valeurs, 1));
        await h.When("il les donne : 51 %, quand 60 étaient promis", Valeur(Ancien, 1, 2021, "51", h.Day));
        await h.Then("l'engagement est manqué", view => Statut(view, Ancien, 1, 2021) == EngagementStatut.Manque);
        h.On(new(2022, 5, 31));
        await h.When("l'inexécution est constatée : mise en demeure après dialogue (L-10)", MiseEnDemeure(
            Biologie, new(Procedure, ManquementKind.Inexecution, Ancien, [1], "Résultats rendus trop tard", h.Day), Premier, [1], "L'engagement 1 n'est pas tenu."));
        await h.Then("le laboratoire a jusqu'au 30 juin", view => Biologie.Manquement(view, Procedure).ReponseDueOn == new DateOnly(2022, 6, 30));
        h.On(new(2022, 6, 30));
        await h.When("il demande un délai, qui est renouvelé une fois", (Biologie.Ej, new ManquementsCommand.RenewDelai(Procedure, "Automate en commande", Lettre("MED-B"), h.Day)));
        await h.Then("il court jusqu'au 31 juillet, compté d'un trait depuis le 31 mai", view => Biologie.Manquement(view, Procedure).ReponseDueOn == new DateOnly(2022, 7, 31));
        await h.Refused("il le serait une seconde fois", "L-10", Biologie.Ej, new ManquementsCommand.RenewDelai(Procedure, "Automate en panne", Lettre("MED-C"), h.Day));
    }

    private static async Task Recouvre(Histoire h)
    {
        h.Chapter("La pénalité, et son recouvrement");
        var penalite = new ManquementsCommand.DecideSanction(Procedure, new Sanction.Penalite(30_000m), "Engagement 1 inexécuté", Lettre("DEC-5"), new(2022, 8, 1));
        h.On(new(2022, 8, 1));
        await h.Refused("une pénalité serait décidée sans connaître les produits de l'exercice clos", "R-112", Biologie.Ej, penalite);
        await h.When("ils sont enregistrés, la pénalité de 30 000 euros est décidée et notifiée",
            (Biologie.Ej, new ManquementsCommand.RecordProduits(Biologie.Ej, new(2021, 12, 31), 4_000_000m, "Relevé de la caisse", h.Day)),
            (Biologie.Ej, penalite),
            (Biologie.Ej, new ManquementsCommand.RecordNotification(Procedure, Lettre("AR-5"), h.Day)));
        h.On(new(2022, 9, 1));
        await h.Refused("la caisse recouvrerait au dernier jour du mois de paiement", "R-113", Biologie.Ej, Recouvrement(h.Day));
        h.On(new(2022, 9, 2));
        await h.When("le mois passé sans paiement, la caisse recouvre (L-10)", (Biologie.Ej, Recouvrement(h.Day)));
        await h.Then("la pénalité est en recouvrement", view => Biologie.Manquement(view, Procedure).Etape == ManquementEtape.Recouvrement);
        h.On(new(2022, 11, 7));
        await h.When("elle est payée, tard", (Biologie.Ej, new ManquementsCommand.RecordPaiement(Procedure, "Retenue 17", h.Day)));
        await h.Then("la procédure est soldée", view => Biologie.Manquement(view, Procedure).Etape == ManquementEtape.Solde);

        static ManquementsCommand.StartRecouvrement Recouvrement(DateOnly on) => new(Procedure, "CPAM du Val-de-Marne", Lettre("REC-5"), on);
    }

    private static async Task Evalue(Histoire h)
    {
        h.Chapter("L'engagement rattrapé");
        h.On(new(2023, 2, 6));
        await h.When("le laboratoire donne sa valeur de 2022 : 71 %, pour 70 promis", Valeur(Ancien, 1, 2022, "71", h.Day));
        await h.Then("l'engagement est tenu", view => Statut(view, Ancien, 1, 2022) == EngagementStatut.Tenu);
        h.On(new(2023, 6, 26));
        await h.When("la troisième évaluation annuelle a lieu", Pas.Evalue(Ancien, 3, h.Day, EngagementStatut.Tenu));
        await h.Then("elle est faite (R-109)", view => Echeance(view, Ancien, EcheanceKind.Evaluation, 3).DoneOn == h.Day);
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("Le renouvellement, que plus rien n'impose");
        h.On(new(2024, 6, 24));
        await h.When("le laboratoire demande le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        h.On(new(2024, 8, 19));
        await h.When("il remet son rapport final (R-110)", Rapport(Ancien, h.Day, EngagementStatut.Tenu));
        h.On(new(2024, 9, 30));
        await h.When("l'agence accorde", Accorde(Ancien, h.Day));
        h.On(new(2025, 3, 3));
        await h.Then("le décret du 25 février 2025 est paru : le contrat qui court garde le régime de 2018 (décision 0005)", view => Biologie.EnVigueur(view, h.Day)?.Regime.Code == "2018");
        await h.When("les parties veulent continuer, comme les règles le permettent toujours : l'engagement est poursuivi",
            (Nouveau, Biologie.Suite(h, Second, Ancien, [new(1, EngagementIssue.Poursuivi, null)])));
        await h.Then("il part de ce qu'il a atteint, 71 % en 2022 (R-111)",
            view => Contrat(view, Nouveau).Engagements[1].Indicateurs[0] is { ValeurReference: "71", AnneeReference: 2022 });
        h.On(new(2025, 5, 12));
        await h.When("la déléguée valide, les parties signent", [Valide(Nouveau, h.Day), .. SignBoth(Nouveau, h.Day, h.Day)]);
    }

    private static async Task Finit(Histoire h)
    {
        h.Chapter("La fin du second contrat");
        h.On(new(2028, 1, 3));
        await h.When("l'évaluation a lieu, à mi-parcours", Pas.Evalue(Nouveau, 1, h.Day, EngagementStatut.Tenu));
        await h.Then("elle était due au 1er janvier (L-02)", view => Echeance(view, Nouveau, EcheanceKind.Evaluation, 1) is { Rule: "L-02" } e && e.DueOn == new DateOnly(2028, 1, 1) && e.DoneOn == h.Day);
        h.On(new(2030, 7, 8));
        await h.When("ce contrat est échu, et l'autorisation renouvelée", Biologie.Autorise("AMM", "AMP-2", h.Day));
        await h.Then("depuis le décret de 2025, rien n'oblige plus un laboratoire (L-03)", view => Biologie.EnVigueur(view, h.Day) is null && Biologie.Of(view).RequiredBy is null);
    }
}
