using Cpom.Domain;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>A public hospital, member of a GHT: all the steps of the guide, under both regimes.</summary>
public sealed class HopitalPublicHistoire(ITestOutputHelper output)
{
    private const string Ancien = "77-2021-1";
    private const string Nouveau = "77-2026-1";
    private const string Negociation = "N-2020-77-1";

    private static readonly Structure Hopital = new("770000001", "CH de Brie", "13", "77", ["770100001", "770100002"]);

    private static readonly Fiche Premier = Hopital.Fiche(Ancien, PartieKind.Eps, new(2021, 1, 1)) with { Negociation = Negociation };
    private static readonly Fiche Second = Hopital.Fiche(Nouveau, PartieKind.Eps, new(2026, 1, 1));

    [Fact(DisplayName = "R-001 R-009 R-065 R-075 R-082 R-091 R-097 R-109 R-112 L-01 L-02 Histoire d'un hôpital public membre d'un GHT, de 2019 à 2030")]
    public async Task Hopital_public()
    {
        await using var h = Histoire.Begin(new(2019, 11, 4), output);
        await Obligation(h);
        await Negocie(h);
        await Signe(h);
        await Vit(h);
        await Manque(h);
        await Renouvelle(h);
        await Scenes.ChangeDeRegime(h, Hopital, Premier, Second);
        await Scenes.SilenceRenouvelle(h, Nouveau, new(2029, 12, 20));
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation");
        await h.When("le fichier des structures décrit le CH de Brie, ses deux sites et son GHT", [
            .. Hopital.Register(h.Day),
            ("GHT77", new GhtCommand.State("GHT77", "GHT de Brie", h.Day, [new(Hopital.Ej, GhtRole.Support)], h.Day))]);
        await h.When("une autorisation de chirurgie lui est connue", Hopital.Autorise("AMM", "C01", h.Day));
        await h.Then("l'agence sait qu'il lui faut un contrat (R-001)", view => Hopital.Of(view).RequiredBy?.Rule == "R-001");
        await h.Refused("le GHT voudrait signer à la place de son membre", "R-009", "77-GHT", Hopital.Open(Premier with { Numero = "77-GHT", Partie = PartieKind.Ght, Negociation = null }, h.Day));
    }

    private static async Task Negocie(Histoire h)
    {
        h.Chapter("La campagne et la négociation");
        await h.When("l'agence prépare sa campagne de 2020, où l'hôpital figure", ("2020", new CampagneCommand.Open("2020", "Campagne 2020", h.Day)), ("2020", new CampagneCommand.PlanVague(1, 2020, [Hopital.Ej], h.Day)));
        await h.Refused("la lettre partirait sans que l'hôpital ait son négociateur", "R-065", "2020", new CampagneCommand.SendLettre([Hopital.Ej], "L-1", h.Day));
        h.On(new(2020, 1, 20));
        await h.When("Mme Diallo est nommée, et la lettre part avant la fin de janvier (R-084)",
            ("2020", new CampagneCommand.NameNegociateur([Hopital.Ej], "Mme Diallo", h.Day)),
            ("2020", new CampagneCommand.SendLettre([Hopital.Ej], "L-1", h.Day)));
        h.On(new(2020, 2, 3));
        var fiche = new NegociationFiche(
            Negociation, "2020", NegociationRoute.Initial, "Mme Diallo", Niveau.Departemental, null, "77", [], [new(Hopital.Ej, PartieKind.Eps, "GHT77", null, Ancien)]);
        await h.When("le dossier s'ouvre et l'hôpital reçoit la trame du rapport : c'est J (R-077)",
            (Negociation, new NegociationCommand.Open(fiche, ["77"], [new(Hopital.Ej, "Mme Diallo")], h.Day)),
            (Negociation, new NegociationCommand.ReceiveTrame(h.Day)));
        var analyse = new Section(Volet.A3V1, RapportAuteur.Agence, "La certification progresse.", [new("Certification", "B", "HAS, Scope Santé")]);
        await h.Refused("l'agence écrirait son analyse avant que l'hôpital ait remis son rapport", "R-067", Negociation, new NegociationCommand.WriteSection(Hopital.Ej, analyse, h.Day));
        await h.Refused("l'hôpital remettrait un rapport vide", "R-067", Negociation, new NegociationCommand.HandOverRapport(Hopital.Ej, h.Day));
        h.On(new(2020, 3, 2));
        var finances = new Section(Volet.A2V3, RapportAuteur.Structure, "Le retour à l'équilibre est attendu en 2022.", [new("Marge brute", "4,1 %", "Comptes financiers 2019")]);
        await h.When("ses finances sont prêtes avant le reste : il remet ce volet seul, que l'agence lui rend, les chiffres étant de l'année d'avant",
            (Negociation, new NegociationCommand.WriteSection(Hopital.Ej, finances, h.Day, "Mme Roy, directrice des finances")),
            (Negociation, new NegociationCommand.HandOverRapport(Hopital.Ej, h.Day, [Volet.A2V3])),
            (Negociation, new NegociationCommand.ReturnRapport(Hopital.Ej, "donnez les comptes de 2019 arrêtés", h.Day, [Volet.A2V3])));
        h.On(new(2020, 3, 30));
        var engagements = Enumerable.Range(1, 3).Select(n => Hopital.Engagement(n, $"Objectif {n}")).ToList();
        await h.When("l'hôpital remplit son rapport, définit ce qu'il veut mesurer (R-041), et le remet avant J+60 (R-078)", [
            (Negociation, new NegociationCommand.WriteSection(Hopital.Ej, analyse with { Auteur = RapportAuteur.Structure }, h.Day)),
            (Negociation, new NegociationCommand.WriteSection(Hopital.Ej, finances with { Chiffres = [new("Marge brute", "3,8 %", "Comptes financiers 2019, arrêtés")] }, h.Day)),
            .. engagements.Select(e => (Negociation, (object)new NegociationCommand.DefineIndicateur(
                Hopital.Ej, new(e.Indicateurs[0].Libelle, e.Indicateurs[0].ModeCalcul, e.Indicateurs[0].Unite, e.Indicateurs[0].Source), h.Day))),
            (Negociation, new NegociationCommand.HandOverRapport(Hopital.Ej, h.Day))]);
        h.On(new(2020, 5, 4));
        await h.When("l'agence analyse la qualité et partage ce volet", (Negociation, new NegociationCommand.WriteSection(Hopital.Ej, analyse, h.Day)), (Negociation, new NegociationCommand.ShareDiagnostic(Hopital.Ej, h.Day, [Volet.A3V1])));
        await h.Refused("elle partagerait le diagnostic entier sans rien dire des finances", "R-067", Negociation, new NegociationCommand.ShareDiagnostic(Hopital.Ej, h.Day));
        await h.When("elle n'a rien à y ajouter, et le dit ; le diagnostic est partagé, et tous se rencontrent (R-068)",
            (Negociation, new NegociationCommand.WriteSection(Hopital.Ej, new(Volet.A2V3, RapportAuteur.Agence, "Rien à ajouter.", []), h.Day)),
            (Negociation, new NegociationCommand.ShareDiagnostic(Hopital.Ej, h.Day)),
            (Negociation, new NegociationCommand.RecordRencontre("Réunion du 4 mai", h.Day)));
        await h.When("trois engagements sont proposés, et le délai de négociation prolongé de 90 jours, d'un commun accord (R-082)", [
            .. engagements.Select(e => (Negociation, (object)new NegociationCommand.ProposeEngagement(Hopital.Ej, RapportAuteur.Structure, e, Hopital.Sites, h.Day))),
            (Negociation, new NegociationCommand.Prolong(1, "Épidémie", Agreed: true, h.Day))]);
        await h.When("le projet de contrat est ouvert, qui nomme le dossier", (Ancien, Hopital.Open(Premier, h.Day) with { Dossier = new(Hopital.Ej, Ancien) }));
        await h.Refused("quelqu'un y ajouterait un engagement que personne n'a négocié", "R-075", Ancien, new ContratCommand.AddEngagement(Hopital.Engagement(4, "Autre"), h.Day));
        h.On(new(2020, 9, 7));
        await h.When("les deux parties acceptent la synthèse",
            (Negociation, new NegociationCommand.WriteSynthese(Hopital.Ej, new("Équipes", "Dettes", "GHT", "Recrutement", "Qualité"), h.Day)),
            (Negociation, new NegociationCommand.AcceptSynthese(Hopital.Ej, RapportAuteur.Structure, h.Day)),
            (Negociation, new NegociationCommand.AcceptSynthese(Hopital.Ej, RapportAuteur.Agence, h.Day)));
        await h.Then("le contrat a les trois engagements acceptés, mot pour mot (R-075)", view => Contrat(view, Ancien).Engagements.Values.SequenceEqual(engagements));
    }

    private static async Task Signe(Histoire h)
    {
        h.Chapter("L'approbation et la signature");
        await h.Refused("la directrice signerait sans que le directoire se soit prononcé", "R-091", Ancien, Sign(Signatory.RepresentantLegal, h.Day));
        h.On(new(2020, 10, 12));
        await h.When("le directoire, le comité technique et la commission médicale sont consultés, et la déléguée départementale valide (R-090 à R-093)",
            Consult(Ancien, Instance.Directoire, ConsultationKind.Avis, h.Day),
            Consult(Ancien, Instance.Cte, ConsultationKind.Information, h.Day),
            Consult(Ancien, Instance.Cme, ConsultationKind.Avis, h.Day),
            Valide(Ancien, h.Day));
        await h.Refused("le directeur général signerait le premier", "R-097", Ancien, Sign(Signatory.DgArs, h.Day));
        await h.Refused("la directrice ne parapherait qu'une annexe", "R-098", Ancien, Sign(Signatory.RepresentantLegal, h.Day) with { Paraphes = [1] });
        await h.When("la directrice signe, puis l'agence", SignBoth(Ancien, h.Day, new(2020, 11, 2)));
        await h.Then("le contrat est en vigueur, et l'alerte éteinte", view => IsInForce(view, Ancien) && Hopital.Of(view).RequiredBy is null);
        h.On(new(2020, 11, 9));
        await h.When("deux originaux sont faits, le scan archivé, la caisse du département prévenue (R-099, R-100, R-107)",
            (Ancien, new ContratCommand.RecordOriginaux(null, OriginauxForme.Papier, 2, null, h.Day)),
            (Ancien, new ContratCommand.RecordArchive(null, "77", Document("contrat.pdf"), h.Day)),
            (Ancien, new ContratCommand.NotifyCaisse("77", h.Day)));
    }

    private static async Task Vit(Histoire h)
    {
        h.Chapter("Les actes, l'avenant, les valeurs et l'évaluation");
        h.On(new(2021, 5, 10));
        await h.When("une activité lui est reconnue, et de l'argent notifié", Hopital.Reconnait("11-77-RC1", 10, h.Day), Hopital.Finance("MIGAC", 250_000m, h.Day));
        await h.Then("le contrat a deux éléments en attente, avec leurs actes (R-056)", view => Contrat(view, Ancien).PendingByLigne.Count == 2);
        await h.When("un avenant les réunit, pour le 1er juillet, et il est signé", [
            (Ancien, new ContratCommand.OpenAvenant("a1", new(2021, 7, 1), AvenantMotif.SocleCommun, AllPending: true, [], AcceptConflicts: false, h.Day)),
            .. SignAvenant(Ancien, 1, h.Day)]);
        h.On(new(2021, 7, 1));
        await h.Then("le jour venu il est intégré, sans que personne ne le demande (R-059)", view => Contrat(view, Ancien).Avenants[1].End == AvenantEnd.Integrated);
        h.On(new(2023, 2, 6));
        await h.When("l'hôpital donne ses valeurs de 2022 : le premier engagement n'y est pas (R-043)",
            Valeur(Ancien, 1, 2022, "40", h.Day), Valeur(Ancien, 2, 2022, "65", h.Day));
        await h.Then("l'un est manqué, l'autre tenu", view => Statut(view, Ancien, 1, 2022) == EngagementStatut.Manque && Statut(view, Ancien, 2, 2022) == EngagementStatut.Tenu);
        h.On(new(2024, 1, 1));
        await h.When("la troisième évaluation annuelle a lieu", Evalue(Ancien, 3, h.Day, EngagementStatut.Manque, EngagementStatut.Tenu, EngagementStatut.EnRetard));
        await h.Then("elle est faite au jour dit (R-109)", view => Echeance(view, Ancien, EcheanceKind.Evaluation, 3) is var evaluation && evaluation.DueOn == h.Day && evaluation.DoneOn == h.Day);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement");
        const string procedure = "P-2024-1";
        h.On(new(2024, 1, 15));
        await h.When("l'agence connaît les produits de l'exercice clos, et constate l'inexécution du premier engagement (L-10)",
            (Hopital.Ej, new ManquementsCommand.RecordProduits(Hopital.Ej, new(2023, 12, 31), 20_000_000m, "Compte financier 2023", h.Day)),
            (Hopital.Ej, new ManquementsCommand.RecordConstat(
                Hopital.Ej, new(procedure, ManquementKind.Inexecution, Ancien, [1], "Cible de 2022 manquée", h.Day), new(Ancien, Hopital.Ej, new(2021, 1, 1), new(2025, 12, 31), [1, 2, 3]))));
        h.On(new(2024, 1, 31));
        var lettre = new ManquementsCommand.SendMiseEnDemeure(procedure, new(h.Day, "L'engagement 1 n'est pas tenu.", Lettre("MED-1")));
        await h.Refused("l'agence mettrait en demeure sans avoir parlé", "R-116", Hopital.Ej, lettre);
        await h.When("après un dialogue sans suite, l'hôpital reçoit la mise en demeure motivée", (Hopital.Ej, new ManquementsCommand.RecordDialogue(procedure, new(h.Day, "Sans accord", null))), (Hopital.Ej, lettre));
        h.On(new(2024, 2, 29));
        await h.Then("il a jusqu'à ce jour : un mois de date à date, d'un 31 janvier (L-10)",
            view => Hopital.Manquement(view, procedure).ReponseDueOn == new DateOnly(2024, 2, 29));
        await h.When("le délai est renouvelé, une fois", (Hopital.Ej, new ManquementsCommand.RenewDelai(procedure, "Changement de direction", Lettre("MED-2"), h.Day)));
        await h.Then("il court jusqu'au 31 mars", view => Hopital.Manquement(view, procedure).ReponseDueOn == new DateOnly(2024, 3, 31));
        await h.When("l'hôpital présente ses observations (R-113)", (Hopital.Ej, new ManquementsCommand.RecordObservations(procedure, new(h.Day, ObservationForme.Ecrite, "Recrutements en cours", null))));
        h.On(new(2024, 4, 2));
        await h.Refused("la pénalité passerait 5 % de ce que l'assurance maladie a versé", "R-112", Hopital.Ej, Penalite(1_000_000.01m, h.Day));
        await h.When("une pénalité de 200 000 euros est décidée, et notifiée", (Hopital.Ej, Penalite(200_000m, h.Day)), (Hopital.Ej, new ManquementsCommand.RecordNotification(procedure, Lettre("AR-1"), h.Day)));
        h.On(new(2024, 5, 3));
        await h.Then("un mois après, le paiement est en retard, et cela est un fait",
            view => Calendriers.Of("manquement").EcheancesOf(Hopital.Manquements(view)).Any(e => e.Kind == EcheanceKind.Paiement && e.DueOn == new DateOnly(2024, 5, 2) && Hopital.Manquements(view).Rappels.IsOverdue(e)));
        await h.When("l'hôpital paie", (Hopital.Ej, new ManquementsCommand.RecordPaiement(procedure, "Mandat 512", h.Day)));
        await h.Then("la procédure est soldée", view => Hopital.Manquement(view, procedure).Etape == ManquementEtape.Solde);

        static ManquementsCommand.DecideSanction Penalite(decimal montant, DateOnly on) => new(procedure, new Sanction.Penalite(montant), "Engagement 1 inexécuté", Lettre("DEC-1"), on);
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("Le renouvellement");
        h.On(new(2024, 12, 20));
        await h.When("l'hôpital demande le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        var issues = new ValueList<Issue>([new(1, EngagementIssue.Abandonne, "Sanctionné, sans objet"), new(2, EngagementIssue.Poursuivi, null), new(3, EngagementIssue.Modifie, null)]);
        var modifie = Hopital.Engagement(3, "Objectif 3 repris");
        await h.Refused("le nouveau contrat s'ouvrirait sans le rapport final", "R-110", Nouveau, Suite(h));
        h.On(new(2025, 3, 3));
        await h.When("le rapport final arrive, avec un bilan de chaque engagement, et l'agence accorde",
            Rapport(Ancien, h.Day, EngagementStatut.Manque, EngagementStatut.Tenu, EngagementStatut.EnRetard), Accorde(Ancien, h.Day));
        await h.When("le contrat suivant s'ouvre : un engagement poursuivi, un repris, un abandonné (R-111)", (Nouveau, Suite(h)));
        h.On(new(2025, 10, 6));
        await h.When("les instances sont consultées de nouveau, et les deux parties signent", [
            Consult(Nouveau, Instance.Directoire, ConsultationKind.Avis, h.Day),
            Consult(Nouveau, Instance.ComiteSocial, ConsultationKind.Information, h.Day),
            Consult(Nouveau, Instance.Cme, ConsultationKind.Avis, h.Day),
            Valide(Nouveau, h.Day),
            .. SignBoth(Nouveau, h.Day, new(2025, 11, 3))]);
        await h.Then("le nouveau contrat a deux engagements : celui qui se poursuit, et celui qui est repris", view => Contrat(view, Nouveau).Engagements.Keys.SequenceEqual([2, 3]));

        ContratCommand.Open Suite(Histoire at) => Hopital.Suite(at, Second, Ancien, issues, modifie);
    }
}
