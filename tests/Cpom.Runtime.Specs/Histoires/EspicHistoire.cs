using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>A private hospital without profit, which must have a contrat: the first one is imposed on it, the second one negotiated.</summary>
public sealed class EspicHistoire(ITestOutputHelper output)
{
    private const string Ancien = "75-2020-2";
    private const string Nouveau = "75-2025-2";
    private const string Negociation = "N-2024-75-2";

    private static readonly Structure Fondation = new("750000002", "Fondation Sainte-Marthe", "61", "75", [.. Enumerable.Range(1, 8).Select(n => $"75010001{n}")]);
    private static readonly Fiche Premier = Fondation.Fiche(Ancien, PartieKind.Espic, new(2020, 4, 1));
    private static readonly Fiche Second = Fondation.Fiche(Nouveau, PartieKind.Espic, new(2025, 4, 1)) with { Negociation = Negociation };

    private static readonly ValueList<Engagement> Negocies = [Fondation.Engagement(1, "Accueil des urgences la nuit"), Fondation.Engagement(2, "Soins palliatifs")];

    [Fact(DisplayName = "R-101 R-102 R-095 R-109 L-10 L-01 R-064 R-068 R-111 L-02 Histoire d'un ESPIC de huit sites, de 2018 à 2029")]
    public async Task Espic()
    {
        await using var h = Histoire.Begin(new(2018, 7, 24), output);
        await Obligation(h);
        await Vit(h);
        await Manque(h);
        await Evalue(h);
        await Demande(h);
        await Negocie(h);
        await Signe(h);
        await Scenes.ChangeDeRegime(h, Fondation, Premier, Second);
        await Scenes.SilenceRenouvelle(h, Nouveau, new(2029, 3, 20));
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation, et le refus de signer");
        await h.When("le projet régional de santé est adopté, et la fondation connue avec ses huit sites", [("PRS 2018-2022", new PrsCommand.Adopt("PRS 2018-2022", h.Day)), .. Fondation.Register(h.Day)]);
        await h.When("trois de ses sites sont autorisés", Fondation.Autorise("AMM", "M01", h.Day), Fondation.Autorise("AMM", "M01", h.Day, site: 3), Fondation.Autorise("AMM", "P01", h.Day, site: 7));
        await h.Then("il lui faut un contrat (R-001)", view => Fondation.Of(view).RequiredBy?.Rule == "R-001");
        await h.Refused("elle se dirait hors contrat", "R-102", Fondation.Ej, new EntiteCommand.DeclareHorsContrat("Ne souhaite pas contracter", h.Day));
        await h.When("l'agence ouvre son projet de contrat, qu'elle ne signe pas", (Ancien, Fondation.Open(Premier, h.Day)));
        var arrete = new ContratCommand.FixByArrete(
            new(Lettre("ARR-1"), new(2019, 7, 23), "Pénalités de l'article L. 6114-1", null), [Fondation.Engagement(1, "Accueil des urgences")], new("PRS 2018-2022", new(2018, 7, 24)));
        h.On(new(2019, 7, 23));
        await h.Refused("l'agence fixerait les engagements par arrêté avant que l'année soit passée", "R-101", Ancien, arrete);
        h.On(new(2019, 7, 25));
        await h.When("un an après le PRS, elle les fixe par arrêté, pour le 1er avril 2020", (Ancien, arrete with { Arrete = arrete.Arrete with { On = h.Day } }));
        await h.Then("l'engagement de l'arrêté est dans le contrat, et l'obligation remplie", view => Contrat(view, Ancien).Engagements.ContainsKey(1) && Fondation.Of(view).RequiredBy is null);
    }

    private static async Task Vit(Histoire h)
    {
        h.Chapter("La vie du contrat");
        h.On(new(2021, 6, 1));
        await h.When("une activité est reconnue sur le cinquième site", Fondation.Reconnait("11-75-RC5", 20, h.Day, site: 4));
        await h.Then("elle attend un avenant (R-056)", view => Contrat(view, Ancien).PendingByLigne.Count == 1);
        await h.When("l'avenant est ouvert", (Ancien, new ContratCommand.OpenAvenant("a1", new(2021, 9, 1), AvenantMotif.SocleCommun, AllPending: true, [], AcceptConflicts: false, h.Day)));
        await h.Refused("il serait signé sans l'avis de la conférence médicale", "R-095", Ancien, SignAvenant(Ancien, 1, h.Day)[0].Item2);
        await h.When("l'avis est joint, et l'avenant signé", [Consult(Ancien, Instance.ConferenceMedicale, ConsultationKind.Avis, h.Day, avenant: 1), .. SignAvenant(Ancien, 1, h.Day)]);
        h.On(new(2021, 9, 2));
        await h.Then("il est intégré", view => Contrat(view, Ancien).Avenants[1].End == AvenantEnd.Integrated);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement, justifié");
        h.On(new(2022, 2, 7));
        await h.When("elle donne sa valeur de 2021 : 52 %, quand 60 étaient promis", Valeur(Ancien, 1, 2021, "52", h.Day));
        await h.Then("l'engagement est manqué (R-043)", view => Statut(view, Ancien, 1, 2021) == EngagementStatut.Manque);
        h.On(new(2022, 3, 31));
        await h.When("l'inexécution est constatée, et la fondation mise en demeure après dialogue", MiseEnDemeure(
            Fondation, new("P-2022-2", ManquementKind.Inexecution, Ancien, [1], "Urgences fermées la nuit", h.Day), Premier, [1], "Le service n'est pas rendu."));
        await h.Then("elle a un mois, jusqu'au 30 avril : avril n'a pas de 31 (L-10)", view => Fondation.Manquement(view, "P-2022-2").ReponseDueOn == new DateOnly(2022, 4, 30));
        h.On(new(2022, 4, 20));
        await h.When("elle se justifie, et la procédure est classée", (Fondation.Ej, new ManquementsCommand.AcceptJustification("P-2022-2", "Service rouvert", Lettre("CLA-7"), h.Day)));
        await h.Then("rien n'en suit", view => Fondation.Manquement(view, "P-2022-2") is { Etape: ManquementEtape.Classe, Sanctions.Count: 0 });
    }

    private static async Task Evalue(Histoire h)
    {
        h.Chapter("L'évaluation");
        h.On(new(2023, 2, 6));
        await h.When("elle donne sa valeur de 2022 : 72 %, pour 70 promis", Valeur(Ancien, 1, 2022, "72", h.Day));
        await h.Then("l'engagement est tenu", view => Statut(view, Ancien, 1, 2022) == EngagementStatut.Tenu);
        h.On(new(2023, 4, 3));
        await h.When("la troisième évaluation annuelle a lieu", Pas.Evalue(Ancien, 3, h.Day, EngagementStatut.Tenu));
        await h.Then("elle est faite ; les deux premières, que personne n'a tenues, sont en retard (R-109)",
            view => Echeance(view, Ancien, EcheanceKind.Evaluation, 3).DoneOn == h.Day && IsOverdue(view, Ancien, EcheanceKind.Evaluation, 1) && IsOverdue(view, Ancien, EcheanceKind.Evaluation, 2));
    }

    private static async Task Demande(Histoire h)
    {
        h.Chapter("La demande de renouvellement, et le silence sous le régime de 2018");
        h.On(new(2024, 3, 18));
        await h.When("elle demande le renouvellement, un an avant le terme", Pas.Demande(Ancien, h.Day));
        await h.Refused("l'agence l'accorderait sans le rapport final", "R-110", Ancien, Accorde(Ancien, h.Day).Item2);
        h.On(new(2024, 5, 6));
        await h.When("elle remet son rapport final", Rapport(Ancien, h.Day, EngagementStatut.Tenu));
        h.On(new(2024, 7, 19));
        await h.Then("quatre mois ont passé ; ce silence n'accorde rien, la réponse est en retard (L-01)",
            view => Contrat(view, Ancien).Suivi.Renouvellement is { Answer: null } && IsOverdue(view, Ancien, EcheanceKind.ReponseRenouvellement));
        h.On(new(2024, 9, 2));
        await h.When("l'agence accorde, tard", Accorde(Ancien, h.Day));
    }

    private static async Task Negocie(Histoire h)
    {
        h.Chapter("La négociation du renouvellement");
        var fiche = new NegociationFiche(
            Negociation, null, NegociationRoute.Renouvellement, "M. Faure", Niveau.Departemental, null, "75", [], [new(Fondation.Ej, PartieKind.Espic, null, null, Nouveau)]);
        await h.Refused("le dossier s'ouvrirait sans dire de quel contrat il part", "R-064", Negociation, new NegociationCommand.Open(fiche, ["75"], [], h.Day));
        await h.When("il part de l'évaluation du contrat imposé, et la fondation reçoit la trame",
            (Negociation, new NegociationCommand.Open(fiche with { Structures = [fiche.Structures[0] with { Precedent = Ancien }] }, ["75"], [], h.Day)),
            (Negociation, new NegociationCommand.ReceiveTrame(h.Day)));
        h.On(new(2024, 10, 14));
        var bilan = new Section(Volet.A3V1, RapportAuteur.Structure, "Les urgences sont rouvertes la nuit.", [new("Nuits ouvertes", "340", "Registre, 2023")]);
        await h.When("elle écrit son bilan, définit ce qu'elle mesurera, remet son rapport ; l'agence ajoute son analyse", [
            (Negociation, new NegociationCommand.WriteSection(Fondation.Ej, bilan, h.Day)),
            .. Negocies.Select(e => (Negociation, (object)new NegociationCommand.DefineIndicateur(
                Fondation.Ej, new(e.Indicateurs[0].Libelle, e.Indicateurs[0].ModeCalcul, e.Indicateurs[0].Unite, e.Indicateurs[0].Source), h.Day))),
            (Negociation, new NegociationCommand.HandOverRapport(Fondation.Ej, h.Day)),
            (Negociation, new NegociationCommand.WriteSection(Fondation.Ej, bilan with { Auteur = RapportAuteur.Agence }, h.Day)),
            (Negociation, new NegociationCommand.ShareDiagnostic(Fondation.Ej, h.Day))]);
        await h.When("le contrat suivant s'ouvre, qui reprend l'engagement de l'arrêté en d'autres mots (R-111)",
            (Nouveau, Fondation.Suite(h, Second, Ancien, [new(1, EngagementIssue.Modifie, null)], Negocies[0]) with { Dossier = new(Fondation.Ej, Nouveau) }));
        h.On(new(2024, 11, 25));
        await h.When("deux engagements sont proposés", [.. Negocies.Select(e =>
            (Negociation, (object)new NegociationCommand.ProposeEngagement(Fondation.Ej, RapportAuteur.Structure, e, Fondation.Sites, h.Day)))]);
        await h.Refused("l'agence les accepterait sans avoir rencontré la fondation", "R-068", Negociation, new NegociationCommand.AcceptSynthese(Fondation.Ej, RapportAuteur.Agence, h.Day));
        await h.When("elles se rencontrent, et toutes deux acceptent",
            (Negociation, new NegociationCommand.RecordRencontre("Réunion du 25 novembre", h.Day)),
            (Negociation, new NegociationCommand.AcceptSynthese(Fondation.Ej, RapportAuteur.Structure, h.Day)),
            (Negociation, new NegociationCommand.AcceptSynthese(Fondation.Ej, RapportAuteur.Agence, h.Day)));
        await h.Then("le projet a ces deux engagements, mot pour mot (R-075)", view => Contrat(view, Nouveau).Engagements.Values.SequenceEqual(Negocies));
    }

    private static async Task Signe(Histoire h)
    {
        h.Chapter("La signature du second contrat");
        h.On(new(2025, 3, 10));
        await h.Refused("la fondation signerait sans l'avis de sa conférence médicale", "R-095", Nouveau, Sign(Signatory.RepresentantLegal, h.Day));
        await h.When("l'avis est joint, le délégué valide ; cette fois, elle signe, et l'agence ensuite", [
            Consult(Nouveau, Instance.ConferenceMedicale, ConsultationKind.Avis, h.Day), Valide(Nouveau, h.Day), .. SignBoth(Nouveau, h.Day, new(2025, 3, 24))]);
        await h.Then("il est signé ; le décret du 25 février 2025 n'a rien changé à celui qui court (décision 0005)",
            view => IsInForce(view, Nouveau) && Fondation.EnVigueur(view, h.Day) is { Fiche.Numero: Ancien, Regime.Code: "2018" });
    }
}
