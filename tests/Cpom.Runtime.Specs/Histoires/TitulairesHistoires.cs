using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>Holders of an authorisation that are no hospitals: bound to have a contrat until the décret of 2025 (L-03).</summary>
public sealed class TitulairesHistoires(ITestOutputHelper output)
{
    [Fact(DisplayName = "R-007 R-008 L-03 Histoire d'un GCS de moyens, de 2020 à 2030")]
    public async Task Gcs_de_moyens()
    {
        var gcs = new Structure("930000004", "GCS Imagerie Nord", "66", "93", ["930100041"]);
        const string contrat = "93-2021-4";
        await using var h = Histoire.Begin(new(2020, 2, 3), output);

        h.Chapter("L'obligation et la signature");
        await h.When("le GCS est connu, sans autorisation", gcs.Register(h.Day));
        await h.When("il reçoit l'autorisation d'un scanner", gcs.Autorise("EML", "05602", h.Day));
        await h.Then("il lui faut un contrat (R-007)", view => gcs.Of(view).RequiredBy?.Rule == "R-007");
        await h.When("le projet s'ouvre, et la déléguée valide", (contrat, gcs.Open(gcs.Fiche(contrat, PartieKind.GcsMoyens, new(2021, 1, 1)), h.Day)), Valide(contrat, h.Day));
        await h.Refused("l'administrateur signerait sans le vote de l'assemblée générale", "R-008", contrat, Sign(Signatory.RepresentantLegal, h.Day));
        h.On(new(2020, 6, 8));
        await h.When("l'assemblée délibère, et les deux parties signent", [Consult(contrat, Instance.AssembleeGenerale, ConsultationKind.Deliberation, h.Day), .. SignBoth(contrat, h.Day, new(2020, 7, 6))]);
        await h.Then("l'obligation est remplie", view => IsInForce(view, contrat) && gcs.Of(view).RequiredBy is null);

        h.Chapter("Le manquement aux conditions du FIR");
        h.On(new(2023, 1, 30));
        await h.When("de l'argent du FIR n'a pas servi à son objet : mise en demeure (L-09)", [
            .. MiseEnDemeure(gcs, "P-2023-4", ManquementKind.Fir, contrat, h.Day)]);
        h.On(new(2023, 3, 1));
        await h.When("le mois passe, la restitution est décidée, notifiée et payée",
            (gcs.Ej, new ManquementsCommand.DecideSanction("P-2023-4", new Sanction.Restitution(40_000m), "Action non conduite", Lettre("DEC-4"), h.Day)),
            (gcs.Ej, new ManquementsCommand.RecordNotification("P-2023-4", Lettre("AR-4"), h.Day)),
            (gcs.Ej, new ManquementsCommand.RecordPaiement("P-2023-4", "Virement 88", h.Day)));
        await h.Then("la procédure est soldée", view => gcs.Manquement(view, "P-2023-4").Etape == ManquementEtape.Solde);

        h.Chapter("Sous le décret de 2025");
        h.On(new(2026, 2, 2));
        await h.When("le contrat est échu, et un second scanner autorisé", gcs.Autorise("EML", "05602-2", h.Day));
        await h.Then("un équipement n'oblige plus un GCS de moyens (L-03)", view => gcs.Of(view).RequiredBy is null);
        h.On(new(2030, 3, 4));
        await h.When("il reçoit des MIGAC", gcs.Finance("MIGAC", 90_000m, h.Day));
        await h.Then("l'argent, lui, oblige toujours (R-007)", view => gcs.Of(view).RequiredBy?.Rule == "R-007");
    }

    [Fact(DisplayName = "R-002 L-10 L-03 Histoire d'un laboratoire, de 2018 à 2028")]
    public Task Laboratoire() => Titulaire(new("940000005", "Biologie du Sud", "85", "94", ["940100051"]), PartieKind.Laboratoire, "AMM", "AMP", "94-2019-5", ManquementKind.Inexecution);

    [Fact(DisplayName = "R-002 L-12 L-03 Histoire d'un cabinet d'imagerie, de 2018 à 2028")]
    public Task Cabinet() => Titulaire(new("910000006", "Imagerie de l'Orge", "75", "91", ["910100061"]), PartieKind.Cabinet, "EML", "06201", "91-2019-6", ManquementKind.AutreService);

    [Fact(DisplayName = "R-002 R-006 L-12 L-03 Histoire de médecins titulaires d'une autorisation, de 2018 à 2028")]
    public Task Medecins() => Titulaire(new("950000007", "Docteurs Martin et Leroy", "70", "95", ["950100071"]), PartieKind.PersonnePhysique, "AMM", "INT", "95-2019-7", ManquementKind.AutreService);

    /// <summary>They differ by what they are authorised for, and by the procedure against a breach: nothing else in the rules tells them apart.</summary>
    private async Task Titulaire(Structure titulaire, PartieKind partie, string nature, string code, string contrat, ManquementKind manquement)
    {
        await using var h = Histoire.Begin(new(2018, 3, 5), output);

        h.Chapter("L'obligation et la signature");
        await h.When($"{titulaire.Nom} est connu, et autorisé", [.. titulaire.Register(h.Day), titulaire.Autorise(nature, code, h.Day)]);
        await h.Then("il lui faut un contrat (R-002)", view => titulaire.Of(view).RequiredBy?.Rule == "R-002");
        var fiche = titulaire.Fiche(contrat, partie, new(2019, 1, 1));
        await h.Refused("le site, sans personnalité juridique, voudrait conclure", "R-003", contrat, titulaire.Open(fiche with { Partie = PartieKind.Etablissement }, h.Day));
        await h.When("le projet s'ouvre, avec un engagement, et la déléguée valide",
            (contrat, titulaire.Open(fiche, h.Day)), (contrat, new ContratCommand.AddEngagement(titulaire.Engagement(1, "Accès des patients"), h.Day)), Valide(contrat, h.Day));
        await h.When("nulle instance n'est à consulter : les parties signent (R-094)", SignBoth(contrat, h.Day, h.Day));
        await h.Then("le contrat est en vigueur, l'obligation remplie", view => IsInForce(view, contrat) && titulaire.Of(view).RequiredBy is null);

        h.Chapter("Le manquement");
        h.On(new(2021, 5, 31));
        await h.When("l'engagement n'est pas tenu : mise en demeure après dialogue", MiseEnDemeure(titulaire, "P-2021", manquement, contrat, h.Day));
        await h.Then("il a jusqu'au 30 juin", view => titulaire.Manquement(view, "P-2021").ReponseDueOn == new DateOnly(2021, 6, 30));
        h.On(new(2021, 6, 30));
        await h.When("le délai est renouvelé", (titulaire.Ej, new ManquementsCommand.RenewDelai("P-2021", "Travaux en cours", Lettre("MED-B"), h.Day)));
        await h.Then("il court jusqu'au 31 juillet, compté d'un trait depuis le 31 mai", view => titulaire.Manquement(view, "P-2021").ReponseDueOn == new DateOnly(2021, 7, 31));
        h.On(new(2021, 7, 30));
        await h.When("les mesures sont prises, la procédure classée", (titulaire.Ej, new ManquementsCommand.AcceptJustification("P-2021", "Mesures prises", Lettre("CLA-B"), h.Day)));

        h.Chapter("Le renouvellement, et la fin de l'obligation");
        h.On(new(2022, 12, 19));
        await h.When("il demande le renouvellement", (contrat, new ContratCommand.AskRenouvellement(h.Day)));
        h.On(new(2023, 2, 6));
        await h.When("le rapport final arrive, et l'agence accorde",
            (contrat, new ContratCommand.RecordRapportFinal(new([new(1, EngagementStatut.Tenu, null)], null, Document("rapport.pdf")), h.Day)),
            (contrat, new ContratCommand.AnswerRenouvellement(Granted: true, null, h.Day)));
        var suivant = contrat.Replace("2019", "2024", StringComparison.Ordinal);
        await h.When("le contrat suivant s'ouvre, l'engagement poursuivi", (suivant, titulaire.Open(titulaire.Fiche(suivant, partie, new(2024, 1, 1)), h.Day) with
        {
            Reconduction = new(contrat, [new(1, EngagementIssue.Poursuivi, null)], [], h.Read(view => ReconductionRules.Prove(Contrat(view, contrat)))),
        }));
        await h.When("il est validé et signé", [Valide(suivant, h.Day), .. SignBoth(suivant, h.Day, h.Day)]);
        await h.Then("l'ancien contrat est renouvelé par lui (R-111)", view => Execution.Of(Contrat(view, contrat)).Successeur?.Contrat == suivant);
        h.On(new(2029, 1, 8));
        await h.When("ce contrat est échu, et l'autorisation renouvelée", titulaire.Autorise(nature, $"{code}-2", h.Day));
        await h.Then("depuis le décret de 2025, rien n'oblige plus un titulaire qui n'est pas un hôpital (L-03)", view => titulaire.Of(view).RequiredBy is null);
    }

    private static (string, object) Valide(string contrat, DateOnly on) => (contrat, new ContratCommand.Validate(null, Role.DelegueDepartemental, "Mme Vasseur", on));

    private static (string, object)[] MiseEnDemeure(Structure titulaire, string procedure, ManquementKind kind, string contrat, DateOnly on) =>
    [
        (titulaire.Ej, new ManquementsCommand.RecordConstat(
            titulaire.Ej, new(procedure, kind, contrat, kind == ManquementKind.Inexecution ? [1] : [], "Ce qui était promis n'est pas fait", on), new(contrat, titulaire.Ej, new(2019, 1, 1), new(2025, 12, 31), [1]))),
        (titulaire.Ej, new ManquementsCommand.RecordDialogue(procedure, new(on, "Sans accord", null))),
        (titulaire.Ej, new ManquementsCommand.SendMiseEnDemeure(procedure, new(on, "Constat du 31 mai", Lettre("MED-A")))),
    ];
}
