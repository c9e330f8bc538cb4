using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>An imaging practice: its contrat is amended after a breach, and renewed although nothing obliges it any more (L-03).</summary>
public sealed class CabinetHistoire(ITestOutputHelper output)
{
    private const string Ancien = "91-2020-6";
    private const string Nouveau = "91-2025-6";
    private const string Procedure = "P-2022-6";

    private static readonly Structure Imagerie = new("910000006", "Imagerie de l'Orge", "75", "91", ["910100061"]);
    private static readonly Fiche Premier = Imagerie.Fiche(Ancien, PartieKind.Cabinet, new(2020, 9, 1));
    private static readonly Fiche Second = Imagerie.Fiche(Nouveau, PartieKind.Cabinet, new(2025, 9, 1));

    [Fact(DisplayName = "R-002 R-118 R-043 L-12 R-115 R-057 R-111 L-02 L-03 Histoire d'un cabinet d'imagerie, de 2019 à 2029")]
    public async Task Cabinet()
    {
        await using var h = Histoire.Begin(new(2019, 10, 7), output);
        await Obligation(h);
        await Manque(h);
        await Modifie(h);
        await Renouvelle(h);
        await Scenes.ChangeDeRegime(h, Imagerie, Premier, Second);
        await Scenes.SilenceRenouvelle(h, Nouveau, new(2029, 8, 27));
    }

    private static async Task Obligation(Histoire h)
    {
        h.Chapter("L'obligation et la signature");
        await h.When("le cabinet est connu, et autorisé à exploiter une IRM", [.. Imagerie.Register(h.Day), Imagerie.Autorise("EML", "06201", h.Day)]);
        await h.Then("il lui faut un contrat (R-002)", view => Imagerie.Of(view).RequiredBy?.Rule == "R-002");
        await h.When("il est d'un groupe que trois départements connaissent : la région dit qu'elle négocie avec lui", (Imagerie.Ej, new EntiteCommand.SetNiveau(Niveau.Regional, "Groupe interdépartemental.", h.Day)));
        await h.When("le projet s'ouvre, avec un engagement", (Ancien, Imagerie.Open(Premier, h.Day)), (Ancien, new ContratCommand.AddEngagement(Imagerie.Engagement(1, "Délai d'accès à l'IRM"), h.Day)));
        h.On(new(2020, 3, 2));
        await h.Then("le contrat est de ce niveau, comme le cabinet (R-118)", view => Contrat(view, Ancien).Formalites.Niveau == Niveau.Regional);
        await h.Refused("les parties signeraient sans que le contenu soit validé", "R-090", Ancien, Sign(Signatory.RepresentantLegal, h.Day));
        await h.Refused("la déléguée du département le validerait", "R-090", Ancien, Valide(Ancien, h.Day).Item2);
        await h.When("le directeur de l'offre de soins valide ; nulle instance n'est à consulter, les parties signent (R-094)", [Valide(Ancien, h.Day, Role.Dos), .. SignBoth(Ancien, h.Day, h.Day)]);
        await h.Then("le contrat est en vigueur, l'obligation remplie", view => IsInForce(view, Ancien) && Imagerie.Of(view).RequiredBy is null);
    }

    private static async Task Manque(Histoire h)
    {
        h.Chapter("Le manquement");
        h.On(new(2022, 2, 7));
        await h.When("le cabinet donne sa valeur de 2021 : 56 %, quand 60 étaient promis", Valeur(Ancien, 1, 2021, "56", h.Day));
        await h.Then("l'engagement est en retard, non manqué : plus de la moitié du chemin est faite (R-043)", view => Statut(view, Ancien, 1, 2021) == EngagementStatut.EnRetard);
        h.On(new(2022, 5, 31));
        await h.When("l'IRM reste fermée le samedi, ce qui était promis : mise en demeure après dialogue (L-12)", MiseEnDemeure(
            Imagerie, new(Procedure, ManquementKind.AutreService, Ancien, [1], "IRM fermée le samedi", h.Day), Premier, [1], "Constat du 31 mai."));
        h.On(new(2022, 6, 20));
        await h.When("le cabinet est entendu (R-113)", (Imagerie.Ej, new ManquementsCommand.RecordObservations(Procedure, new(h.Day, ObservationForme.Orale, "Manipulateur parti", null))));
        await h.Then("la procédure reste ouverte, jusqu'au 30 juin", view => Imagerie.Manquement(view, Procedure) is { Etape: ManquementEtape.MisEnDemeure } m && m.ReponseDueOn == new DateOnly(2022, 6, 30));
    }

    private static async Task Modifie(Histoire h)
    {
        h.Chapter("Le contrat modifié");
        var avenant = new ContratCommand.OpenAvenant("manquement-1", new(2022, 9, 1), AvenantMotif.Manquement, AllPending: false, [], AcceptConflicts: false, new(2022, 7, 1));
        await h.Refused("un avenant le corrigerait sans décision de l'agence", "R-115", Ancien, avenant);
        h.On(new(2022, 7, 1));
        await h.When("l'agence décide que le contrat sera modifié", (Imagerie.Ej, new ManquementsCommand.DecideSanction(
            Procedure, new Sanction.Modification("Engager l'ouverture du samedi"), "Le service n'est pas rendu", Lettre("DEC-6"), h.Day)));
        await h.Then("le contrat l'apprend", view => Contrat(view, Ancien).Suites?.Modifications.SingleOrDefault()?.Procedure == Procedure);
        await h.When("l'avenant ajoute un engagement, et les deux parties le signent", [
            (Ancien, avenant),
            (Ancien, new ContratCommand.ChangeEngagement(1, new EngagementChange.Add(Imagerie.Engagement(2, "Ouverture du samedi")), h.Day)),
            .. SignAvenant(Ancien, 1, h.Day)]);
        await h.Refused("la même décision servirait à un second avenant", "R-115", Ancien, avenant with { RequestId = "manquement-2" });
        h.On(new(2022, 9, 1));
        await h.Then("au jour dit l'engagement est du contrat (R-057, R-059)", view => Contrat(view, Ancien).Engagements.ContainsKey(2));
        h.On(new(2024, 2, 5));
        await h.When("le cabinet donne ses valeurs de 2023 : 82 % et 81 %, pour 80 promis de chacun", Valeur(Ancien, 1, 2023, "82", h.Day), Valeur(Ancien, 2, 2023, "81", h.Day));
        await h.Then("les deux engagements sont tenus", view => new[] { 1, 2 }.All(n => Statut(view, Ancien, n, 2023) == EngagementStatut.Tenu));
    }

    private static async Task Renouvelle(Histoire h)
    {
        h.Chapter("Le renouvellement, que plus rien n'impose");
        h.On(new(2024, 8, 26));
        await h.When("le cabinet demande le renouvellement, un an avant le terme (L-01)", Demande(Ancien, h.Day));
        h.On(new(2024, 10, 21));
        await h.Refused("son rapport final ne dirait rien du second engagement", "R-110", Ancien, Rapport(Ancien, h.Day, EngagementStatut.Tenu).Item2);
        await h.When("il le remet, avec un bilan de chacun", Rapport(Ancien, h.Day, EngagementStatut.Tenu, EngagementStatut.Tenu));
        h.On(new(2024, 12, 2));
        await h.When("l'agence accorde", Accorde(Ancien, h.Day));
        h.On(new(2025, 3, 3));
        await h.Then("le décret du 25 février 2025 est paru : le contrat qui court garde le régime de 2018 (décision 0005)", view => Imagerie.EnVigueur(view, h.Day)?.Regime.Code == "2018");
        await h.When("les parties veulent continuer, comme les règles le permettent toujours : un engagement abandonné, celui du samedi poursuivi",
            (Nouveau, Imagerie.Suite(h, Second, Ancien, [new(1, EngagementIssue.Abandonne, "Délai devenu l'usage"), new(2, EngagementIssue.Poursuivi, null)])));
        await h.Then("le second contrat n'a que celui-là, à partir de 81 % (R-111)", view => Contrat(view, Nouveau).Engagements.Values.Single() is { Number: 2 } e && e.Indicateurs[0].ValeurReference == "81");
        h.On(new(2025, 6, 16));
        await h.When("le groupe est dissous : la région rend le cabinet au département", (Imagerie.Ej, new EntiteCommand.SetNiveau(Niveau.Departemental, "Groupe dissous.", h.Day)));
        await h.When("la déléguée valide, les parties signent", [Valide(Nouveau, h.Day), .. SignBoth(Nouveau, h.Day, h.Day)]);
    }
}
