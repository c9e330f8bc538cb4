using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>Doctors who hold an authorisation: their renewal is refused, nothing obliges them after it (L-03), and later they want a contrat of their own accord.</summary>
public sealed class MedecinsHistoire(ITestOutputHelper output)
{
    private const string Ancien = "95-2020-7";
    private const string Nouveau = "95-2026-7";
    private const string Procedure = "P-2022-7";

    private static readonly Structure Docteurs = new("950000007", "Docteurs Martin et Leroy", "70", "95", ["950100071"]);
    private static readonly Fiche Premier = Docteurs.Fiche(Ancien, PartieKind.PersonnePhysique, new(2020, 3, 1));
    private static readonly Fiche Second = Docteurs.Fiche(Nouveau, PartieKind.PersonnePhysique, new(2026, 4, 1));

    [Fact(DisplayName = "R-002 R-006 L-12 R-109 L-01 R-111 L-02 L-03 Histoire de médecins titulaires d'une autorisation, de 2019 à 2030")]
    public async Task Medecins()
    {
        await using var h = Histoire.Begin(new(2019, 4, 1), output);
        await Obligation(h);
        await Manque(h);
        await Evalue(h);
        await Refuse(h);
        await Finit(h);
        await Recommence(h);
        await Renouvelle(h);
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation et la signature");
        await h.When("les deux médecins sont connus, et autorisés", [.. Docteurs.Register(h.Day), Docteurs.Autorise("AMM", "INT", h.Day)]);
        await h.Then("il leur faut un contrat (R-002)", view => Docteurs.Of(view).RequiredBy?.Rule == "R-002");
        await h.When("le projet s'ouvre, de personnes physiques (R-006), avec un engagement, et la déléguée valide",
            (Ancien, Docteurs.Open(Premier, h.Day)), (Ancien, new ContratCommand.AddEngagement(Docteurs.Engagement(1, "Accès des patients"), h.Day)), Valide(Ancien, h.Day));
        h.On(new(2019, 10, 7));
        await h.Refused("l'agence signerait la première", "R-097", Ancien, Sign(Signatory.DgArs, h.Day));
        await h.When("nulle instance n'est à consulter : les médecins signent, puis l'agence (R-094)", SignBoth(Ancien, h.Day, h.Day));
        await h.Then("le contrat est en vigueur, l'obligation remplie", view => IsInForce(view, Ancien) && Docteurs.Of(view).RequiredBy is null);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement, corrigé à temps");
        h.On(new(2022, 5, 31));
        await h.When("la permanence promise n'est pas assurée : mise en demeure après dialogue (L-12)", MiseEnDemeure(
            Docteurs, new(Procedure, ManquementKind.AutreService, Ancien, [], "Permanence non assurée", h.Day), Premier, [1], "Constat du 31 mai."));
        await h.Then("ils ont jusqu'au 30 juin", view => Docteurs.Manquement(view, Procedure).ReponseDueOn == new DateOnly(2022, 6, 30));
        h.On(new(2022, 6, 30));
        await h.When("le délai est renouvelé", (Docteurs.Ej, new ManquementsCommand.RenewDelai(Procedure, "Remplaçant attendu", Lettre("MED-B"), h.Day)));
        await h.Then("il court jusqu'au 31 juillet, compté d'un trait depuis le 31 mai", view => Docteurs.Manquement(view, Procedure).ReponseDueOn == new DateOnly(2022, 7, 31));
        h.On(new(2022, 7, 29));
        await h.When("la permanence est rétablie, la procédure classée", (Docteurs.Ej, new ManquementsCommand.AcceptJustification(Procedure, "Permanence rétablie", Lettre("CLA-B"), h.Day)));
        h.On(new(2022, 8, 1));
        await h.Refused("l'agence demanderait quand même une restitution", "R-113", Docteurs.Ej, new ManquementsCommand.DecideSanction(
            Procedure, new Sanction.Restitution(5_000m), "Permanence non assurée", Lettre("DEC-7"), h.Day));
    }

    private static async Task Evalue(Histoire h)
    {
        h.Chapter("Les valeurs et l'évaluation");
        h.On(new(2023, 2, 6));
        await h.When("ils donnent leur valeur de 2022 : 58 %, quand 70 étaient promis", Valeur(Ancien, 1, 2022, "58", h.Day));
        await h.Then("l'engagement est manqué : moins de la moitié du chemin est faite (R-043)", view => Statut(view, Ancien, 1, 2022) == EngagementStatut.Manque);
        h.On(new(2023, 2, 27));
        await h.When("la troisième évaluation annuelle le dit aussi", Pas.Evalue(Ancien, 3, h.Day, EngagementStatut.Manque));
        await h.Then("elle est faite (R-109)", view => Echeance(view, Ancien, EcheanceKind.Evaluation, 3).DoneOn == h.Day);
    }

    private static async Task Refuse(Histoire h)
    {
        h.Chapter("Le renouvellement refusé");
        h.On(new(2024, 2, 19));
        await h.When("ils demandent le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        h.On(new(2024, 4, 15));
        await h.When("ils remettent leur rapport final (R-110)", Rapport(Ancien, h.Day, EngagementStatut.Manque));
        h.On(new(2024, 5, 27));
        await h.Refused("l'agence refuserait sans dire pourquoi", "L-01", Ancien, new ContratCommand.AnswerRenouvellement(Granted: false, null, h.Day));
        await h.When("elle refuse, et dit pourquoi", (Ancien, new ContratCommand.AnswerRenouvellement(Granted: false, "Engagement manqué", h.Day)));
        await h.Refused("un contrat s'ouvrirait comme s'il était renouvelé", "R-111", Nouveau,
            Docteurs.Suite(h, Docteurs.Fiche(Nouveau, PartieKind.PersonnePhysique, new(2025, 3, 1)), Ancien, [new(1, EngagementIssue.Poursuivi, null)]));
    }

    private static async Task Finit(Histoire h)
    {
        h.Chapter("Le terme, trois jours après le décret");
        h.On(new(2025, 2, 28));
        await h.Then("le décret du 25 février 2025 est paru ; au dernier jour leur contrat vit encore sous le régime de 2018 (décision 0005)",
            view => Docteurs.EnVigueur(view, h.Day)?.Regime.Code == "2018");
        h.On(new(2025, 3, 3));
        await h.When("il est échu, et leur autorisation renouvelée", Docteurs.Autorise("AMM", "INT-2", h.Day));
        await h.Then("ils n'ont plus de contrat, et plus rien ne les y oblige (L-03)", view => Docteurs.EnVigueur(view, h.Day) is null && Docteurs.Of(view).RequiredBy is null);
    }

    private static async Task Recommence(Histoire h)
    {
        h.Chapter("Un second contrat, de leur gré");
        h.On(new(2026, 1, 12));
        await h.When("ils en veulent un, comme les règles le permettent toujours : le projet s'ouvre, avec un engagement, et la déléguée valide",
            (Nouveau, Docteurs.Open(Second, h.Day)), (Nouveau, new ContratCommand.AddEngagement(Docteurs.Engagement(1, "Permanence des soins"), h.Day)), Valide(Nouveau, h.Day));
        h.On(new(2026, 2, 16));
        await h.When("les parties signent", SignBoth(Nouveau, h.Day, h.Day));
        h.On(Second.DateEffet);
        await h.Then("il vit sous le régime de 2025, et ne renouvelle rien",
            view => Docteurs.EnVigueur(view, h.Day) is { Fiche.Numero: Nouveau, Regime.Code: "2025" } c && Execution.Of(c).Reconduction is null && Execution.Of(Contrat(view, Ancien)).Successeur is null);
        h.On(new(2028, 2, 7));
        await h.When("ils donnent leur valeur de 2027 : 60 %, pour 60 promis", Valeur(Nouveau, 1, 2027, "60", h.Day));
        await h.Then("l'engagement est tenu", view => Statut(view, Nouveau, 1, 2027) == EngagementStatut.Tenu);
        h.On(new(2028, 10, 2));
        await h.When("l'évaluation a lieu, à mi-parcours", Pas.Evalue(Nouveau, 1, h.Day, EngagementStatut.Tenu));
        await h.Then("elle était due au 1er octobre (L-02)", view => Echeance(view, Nouveau, EcheanceKind.Evaluation, 1) is { Rule: "L-02" } e && e.DueOn == new DateOnly(2028, 10, 1) && e.DoneOn == h.Day);
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("Le renouvellement accordé");
        h.On(new(2030, 3, 25));
        await h.When("ils demandent le renouvellement, un an avant le terme (L-02)", Demande(Nouveau, h.Day));
        h.On(new(2030, 5, 20));
        await h.When("ils remettent leur rapport final, et l'agence accorde en toutes lettres", Rapport(Nouveau, h.Day, EngagementStatut.Tenu), Accorde(Nouveau, h.Day));
        h.On(new(2030, 7, 29));
        await h.Then("les quatre mois passés, c'est cette réponse qui vaut, et non un silence", view => Contrat(view, Nouveau).Suivi.Renouvellement?.Answer is { Granted: true, Tacit: false });
    }
}
