using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>A GCS de moyens: obliged by its scanner until the décret of 2025, by money given to it after that too (R-007, L-03).</summary>
public sealed class GcsHistoire(ITestOutputHelper output)
{
    private const string Ancien = "93-2020-4";
    private const string Nouveau = "93-2025-4";
    private const string Procedure = "P-2023-4";

    private static readonly Structure Gcs = new("930000004", "GCS Imagerie Nord", "66", "93", ["930100041"]);
    private static readonly Fiche Premier = Gcs.Fiche(Ancien, PartieKind.GcsMoyens, new(2020, 4, 1));
    private static readonly Fiche Second = Gcs.Fiche(Nouveau, PartieKind.GcsMoyens, new(2025, 4, 1));

    [Fact(DisplayName = "R-007 R-008 L-09 L-01 R-111 L-02 L-03 Histoire d'un GCS de moyens, de 2019 à 2030")]
    public async Task Gcs_de_moyens()
    {
        await using var h = Histoire.Begin(new(2019, 6, 3), output);
        await Obligation(h);
        await Vit(h);
        await Manque(h);
        await Renouvelle(h);
        await Signe(h);
        await Scenes.ChangeDeRegime(h, Gcs, Premier, Second);
        await Finit(h);
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation et la signature");
        await h.When("le GCS est connu, sans autorisation", Gcs.Register(h.Day));
        await h.When("il reçoit l'autorisation d'un scanner", Gcs.Autorise("EML", "05602", h.Day));
        await h.Then("il lui faut un contrat (R-007)", view => Gcs.Of(view).RequiredBy?.Rule == "R-007");
        await h.When("le projet s'ouvre avec un engagement, et la déléguée valide",
            (Ancien, Gcs.Open(Premier, h.Day)), (Ancien, new ContratCommand.AddEngagement(Gcs.Engagement(1, "Accès au scanner"), h.Day)), Valide(Ancien, h.Day));
        await h.Refused("l'administrateur signerait sans le vote de l'assemblée générale", "R-008", Ancien, Sign(Signatory.RepresentantLegal, h.Day));
        h.On(new(2019, 12, 9));
        await h.When("l'assemblée délibère, et les deux parties signent", [Consult(Ancien, Instance.AssembleeGenerale, ConsultationKind.Deliberation, h.Day), .. SignBoth(Ancien, h.Day, new(2020, 1, 13))]);
        await h.Then("l'obligation est remplie", view => IsInForce(view, Ancien) && Gcs.Of(view).RequiredBy is null);
    }

    private static async Task Vit(Histoire h)
    {
        h.Chapter("Les valeurs et l'évaluation");
        h.On(new(2022, 2, 7));
        await h.When("le GCS donne sa valeur de 2021 : 66 %, pour 60 promis", Valeur(Ancien, 1, 2021, "66", h.Day));
        await h.Then("l'engagement est tenu (R-043)", view => Statut(view, Ancien, 1, 2021) == EngagementStatut.Tenu);
        h.On(new(2022, 4, 1));
        await h.When("la deuxième évaluation annuelle a lieu, au jour dit", Evalue(Ancien, 2, h.Day, EngagementStatut.Tenu));
        await h.Then("elle est faite (R-109)", view => Echeance(view, Ancien, EcheanceKind.Evaluation, 2) is { Rule: "R-109" } evaluation && evaluation.DoneOn == h.Day);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement aux conditions du FIR");
        h.On(new(2023, 1, 30));
        await h.When("de l'argent du FIR n'a pas servi à son objet : mise en demeure (L-09)", MiseEnDemeure(
            Gcs, new(Procedure, ManquementKind.Fir, Ancien, [], "Action financée et non conduite", h.Day), Premier, [1], "L'action financée n'a pas eu lieu."));
        await h.Then("le GCS a jusqu'au 28 février", view => Gcs.Manquement(view, Procedure).ReponseDueOn == new DateOnly(2023, 2, 28));
        h.On(new(2023, 3, 1));
        await h.Refused("l'agence infligerait une pénalité, que cette procédure ne connaît pas", "R-116", Gcs.Ej, Decide(new Sanction.Penalite(40_000m), h.Day));
        await h.When("le mois passé, la restitution est décidée, et notifiée",
            (Gcs.Ej, Decide(new Sanction.Restitution(40_000m), h.Day)), (Gcs.Ej, new ManquementsCommand.RecordNotification(Procedure, Lettre("AR-4"), h.Day)));
        await h.Then("le GCS a un mois pour payer", view => Gcs.Manquement(view, Procedure).PaiementDueOn == new DateOnly(2023, 4, 1));
        h.On(new(2023, 3, 27));
        await h.When("il paie", (Gcs.Ej, new ManquementsCommand.RecordPaiement(Procedure, "Virement 88", h.Day)));
        await h.Then("la procédure est soldée", view => Gcs.Manquement(view, Procedure).Etape == ManquementEtape.Solde);

        static ManquementsCommand.DecideSanction Decide(Sanction sanction, DateOnly on) => new(Procedure, sanction, "Action non conduite", Lettre("DEC-4"), on);
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("La demande de renouvellement");
        h.On(new(2024, 3, 25));
        await h.When("le GCS demande le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        h.On(new(2024, 5, 20));
        await h.When("il remet son rapport final dans les deux mois (R-110)", Rapport(Ancien, h.Day, EngagementStatut.Tenu));
        h.On(new(2024, 6, 17));
        await h.When("l'agence accorde", Accorde(Ancien, h.Day));
        await h.Then("elle a répondu dans ses quatre mois", view => Echeance(view, Ancien, EcheanceKind.ReponseRenouvellement) is { DoneOn: { } done } answer && done <= answer.DueOn);
    }

    private static async Task Signe(Histoire h)
    {
        h.Chapter("Un second contrat, que le scanner n'impose plus");
        h.On(new(2025, 3, 3));
        await h.Then("le décret du 25 février 2025 est paru : le contrat qui court garde le régime de 2018 (décision 0005)", view => Gcs.EnVigueur(view, h.Day)?.Regime.Code == "2018");
        var repris = Gcs.Engagement(1, "Accès au scanner, de nuit");
        ValueList<Issue> issues = [new(1, EngagementIssue.Modifie, null)];
        await h.Refused("le second contrat prendrait effet avant le terme du premier", "R-111", Nouveau, Gcs.Suite(h, Gcs.Fiche(Nouveau, PartieKind.GcsMoyens, new(2025, 3, 15)), Ancien, issues, repris));
        await h.When("le GCS veut continuer, comme les règles le permettent toujours : le projet s'ouvre, l'engagement repris",
            (Nouveau, Gcs.Suite(h, Second, Ancien, issues, repris)), Valide(Nouveau, h.Day));
        await h.Refused("l'administrateur signerait sur le vote du premier contrat", "R-008", Nouveau, Sign(Signatory.RepresentantLegal, h.Day));
        h.On(new(2025, 3, 17));
        await h.When("l'assemblée délibère de nouveau, et les deux parties signent", [Consult(Nouveau, Instance.AssembleeGenerale, ConsultationKind.Deliberation, h.Day), .. SignBoth(Nouveau, h.Day, h.Day)]);
        await h.Then("le second contrat est signé", view => IsInForce(view, Nouveau));
    }

    private static async Task Finit(Histoire h)
    {
        h.Chapter("Sous le décret de 2025");
        h.On(new(2027, 10, 1));
        await h.When("l'évaluation a lieu, à mi-parcours", Evalue(Nouveau, 1, h.Day, EngagementStatut.Tenu));
        await h.Then("c'est la seule que demande la loi (L-02)", view => Echeance(view, Nouveau, EcheanceKind.Evaluation, 1) is { Rule: "L-02" } evaluation && evaluation.DueOn == h.Day && evaluation.DoneOn == h.Day);
        h.On(new(2029, 4, 2));
        await h.Then("un an avant le terme, personne n'a demandé le renouvellement", view => IsOverdue(view, Nouveau, EcheanceKind.DemandeRenouvellement));
        h.On(new(2030, 4, 2));
        await h.When("le contrat est échu, et un second scanner autorisé", Gcs.Autorise("EML", "05602-2", h.Day));
        await h.Then("un équipement n'oblige plus un GCS de moyens (L-03)", view => Gcs.EnVigueur(view, h.Day) is null && Gcs.Of(view).RequiredBy is null);
        h.On(new(2030, 5, 6));
        await h.When("il reçoit des MIGAC", Gcs.Finance("MIGAC", 90_000m, h.Day));
        await h.Then("l'argent, lui, oblige toujours (R-007)", view => Gcs.Of(view).RequiredBy?.Rule == "R-007");
    }
}
