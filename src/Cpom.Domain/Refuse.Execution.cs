using Cpom.Domain.Contrats;

namespace Cpom.Domain;

/// <summary>The wording of what is refused about the engagements at work and about renewal.</summary>
public static partial class Refuse
{
    public static Refusal ValeurIndicateurUnknown(int number, int indicateur) =>
        new(RefusalCode.ValeurIndicateurUnknown, "R-043", $"Le contrat n'a pas d'indicateur {indicateur} à l'engagement {number} : reprenez les numéros que montre le contrat.");

    public static Refusal ValeurAnneeOutside(int annee, Fiche fiche) =>
        new(RefusalCode.ValeurAnneeOutside, "R-043", FormattableString.Invariant($"{annee} n'est pas une année suivie : de {fiche.DateEffet.Year} (N) à N+{Limits.CiblesParIndicateur}, et jusqu'à la fin du contrat en {fiche.DateFin.Year}."));

    public static Refusal ValeurTooEarly(int annee) =>
        new(RefusalCode.ValeurTooEarly, "R-043", FormattableString.Invariant($"L'année {annee} n'a pas commencé : sa valeur se renseigne à partir du 01/01/{annee}."));

    public static Refusal ValeurUnfit(int number, int indicateur, bool ouiNon) =>
        new(RefusalCode.ValeurUnfit, "R-043", $"Engagement {number}, indicateur {indicateur} : la valeur attendue est {(ouiNon ? "« oui » ou « non »" : "un nombre")}, dans l'unité de l'indicateur.");

    public static Refusal ValeurSourceMissing(int number, int indicateur) =>
        new(RefusalCode.ValeurSourceMissing, "R-043", $"Engagement {number}, indicateur {indicateur} : dites d'où vient la valeur (déclaration de la structure, base de référence…).");

    public static Refusal ValeurRequestReused(string request, string valeur) =>
        new(RefusalCode.ValeurRequestReused, "R-043", $"La demande {request} a déjà enregistré la valeur « {valeur} » : une correction porte un autre identifiant.");

    public static Refusal BilanEngagementUnknown(int number) =>
        new(RefusalCode.BilanEngagementUnknown, "R-109", $"Le contrat n'a pas d'engagement {number}, ou le bilan le nomme deux fois : une ligne par engagement du contrat.");

    public static Refusal RapportFinalMissing() =>
        new(RefusalCode.RapportFinalMissing, "R-110", "Le renouvellement suppose le rapport final de la structure : enregistrez-le d'abord.");

    public static Refusal RapportFinalRecordedOtherwise(DateOnly on) =>
        new(RefusalCode.RapportFinalRecordedOtherwise, "R-110", FormattableString.Invariant($"Le rapport final est déjà enregistré, le {on:dd/MM/yyyy}, avec un autre contenu."));

    public static Refusal RapportFinalIncomplete(int number) =>
        new(RefusalCode.RapportFinalIncomplete, "R-110", $"Le rapport final évalue les résultats de chaque engagement : il manque l'engagement {number}.");

    public static Refusal RapportFinalBeforeContrat(DateOnly dateEffet) =>
        new(RefusalCode.RapportFinalBeforeContrat, "R-110", FormattableString.Invariant($"Le rapport final suit la date d'effet du contrat, le {dateEffet:dd/MM/yyyy}."));

    public static Refusal BibliothequeVersionMissing() =>
        new(RefusalCode.BibliothequeVersionMissing, "R-044", "Une bibliothèque d'engagements a une version, par laquelle les contrats la désignent.");

    public static Refusal BibliothequePublishedOtherwise(string id) =>
        new(RefusalCode.BibliothequePublishedOtherwise, "R-044", $"La bibliothèque {id} est publiée avec d'autres fiches, et des contrats peuvent en venir : publiez une autre version.");

    public static Refusal GeneriquesTooMany(int count) =>
        new(RefusalCode.GeneriquesTooMany, "R-044", $"{count} engagements génériques : une bibliothèque en a de 1 à {Limits.GeneriquesParBibliothequeMax}.");

    public static Refusal GeneriqueInvalid(string code) =>
        new(RefusalCode.GeneriqueInvalid, "R-044", $"Engagement générique « {code} » : il a un code à lui seul, un objectif, et des indicateurs qui ont chacun un libellé, un mode de calcul, une unité et une source.");

    public static Refusal GeneriqueUnknown(int number, string code, string version) =>
        new(RefusalCode.GeneriqueUnknown, "R-044", $"Engagement {number} : la bibliothèque de ce volet n'a pas de fiche {code} en version {version}. Reprenez un code qu'elle montre.");

    public static Refusal GeneriqueReworded(int number, string code) =>
        new(RefusalCode.GeneriqueReworded, "R-044", $"Engagement {number} : un engagement générique reprend les mots de sa fiche {code} ; seules ses cibles se négocient. Reprenez-les, ou faites-en un engagement spécifique.");

    public static Refusal ReconductionUnfit(string contrat, string why) =>
        new(RefusalCode.ReconductionUnfit, "R-111", $"Le contrat {contrat} ne peut pas être renouvelé ainsi : {why}.");

    public static Refusal ReconductionTooEarly(string contrat, DateOnly dateFin) =>
        new(RefusalCode.ReconductionTooEarly, "R-111", FormattableString.Invariant($"Le contrat {contrat} court jusqu'au {dateFin:dd/MM/yyyy} : celui qui le renouvelle prend effet le lendemain, ou plus tard."));

    public static Refusal ContratReplaced(string contrat, Remplacement by) =>
        new(RefusalCode.ContratReplaced, "R-088", FormattableString.Invariant($"Le contrat {contrat} faisait la jonction : depuis le {by.DateEffet:dd/MM/yyyy} le contrat {by.Contrat}, signé à nouveau, est en vigueur à sa place. Adressez-vous à celui-là."));

    public static Refusal RelaisUnfit(string contrat, string by, string why) =>
        new(RefusalCode.RelaisUnfit, "R-088", $"Le contrat {contrat} ne prend pas fin par le contrat {by} : {why}.");

    public static Refusal AbandonUnfit(string contrat, bool inForce) =>
        new(RefusalCode.AbandonUnfit, "", $"Le contrat {contrat} {(inForce ? "est en vigueur : il finit à son terme, renouvelé ou résilié, et ne s'abandonne pas." : "est signé par une partie : retirez d'abord cette signature.")}");

    public static Refusal ContratAbandoned(string contrat, Abandonne abandonne) =>
        new(RefusalCode.ContratAbandoned, "", FormattableString.Invariant($"Le contrat {contrat} est abandonné depuis le {abandonne.On:dd/MM/yyyy} ({abandonne.Reason}) : ouvrez-en un autre, sous un autre numéro."));

    public static Refusal IssuesIncomplete(int number) =>
        new(RefusalCode.IssuesIncomplete, "R-111", $"Engagement {number} : chaque engagement du contrat renouvelé reçoit une issue, une fois (poursuivi, modifié avec son nouveau texte, abandonné avec son motif).");
}
