using Cpom.Domain.Contrats;
using Cpom.Domain.Sanctions;

namespace Cpom.Domain;

/// <summary>Breaches and sanctions (R-112 to R-116, L-09 to L-13).</summary>
public static partial class Refuse
{
    public static Refusal ManquementUnknown(string numero) =>
        new(RefusalCode.ManquementUnknown, "", $"L'entité n'a pas de procédure {numero} : enregistrez d'abord le constat.");

    public static Refusal ManquementRecordedOtherwise(string numero, string etape) =>
        new(RefusalCode.ManquementRecordedOtherwise, "R-113", $"Procédure {numero} : {etape} déjà enregistré(e), avec un autre contenu. Ce qui est notifié ne change plus.");

    public static Refusal ManquementContratUnfit(string contrat, string entite) =>
        new(RefusalCode.ManquementContratUnfit, "L-13", $"Le contrat {contrat} n'est pas un contrat en vigueur de l'entité {entite} au jour du constat. Vérifiez son numéro et la date.");

    public static Refusal ConventionOnlyFir(string convention) =>
        new(RefusalCode.ConventionOnlyFir, "L-09", $"{convention} est une convention FIR : son inexécution suit la procédure du FIR (R. 1435-33). Choisissez-la, ou nommez un contrat.");

    public static Refusal ManquementEngagementUnknown(string contrat, int? engagement) => new(
        RefusalCode.ManquementEngagementUnknown,
        "L-10",
        engagement is { } number
            ? $"Le contrat {contrat} n'a pas d'engagement {number}."
            : $"Une inexécution est celle d'engagements du contrat {contrat} : nommez au moins l'un d'eux.");

    public static Refusal ManquementOutOfOrder(string reason) =>
        new(RefusalCode.ManquementOutOfOrder, "R-113", $"La procédure se suit pas à pas, la structure entendue : {reason}.");

    public static Refusal ManquementUnreasoned(string missing) =>
        new(RefusalCode.ManquementUnreasoned, "R-114", $"Chaque pas de la procédure est motivé. Il manque, pour {missing}.");

    public static Refusal ManquementTooMany(string what, int max) =>
        new(RefusalCode.ManquementTooMany, "", $"Au plus {max} {what}.");

    public static Refusal DelaiNotRenewable(ManquementKind kind, string reason) =>
        new(RefusalCode.DelaiNotRenewable, ManquementEcheances.RuleOf(kind), $"Le délai d'un mois ne peut être renouvelé : {reason}.");

    public static Refusal SanctionUngraduated(string reason) =>
        new(RefusalCode.SanctionUngraduated, "R-116", $"Les sanctions sont graduées et suivent l'échec du dialogue : {reason}.");

    public static Refusal PenaliteAboveCeiling(int year, decimal decided, decimal ceiling) => new(
        RefusalCode.PenaliteAboveCeiling,
        "R-112",
        FormattableString.Invariant($"Les pénalités de {year} s'élèveraient à {decided:0.00} €, au plus {ceiling:0.00} € ({Limits.PenalitesPercentMax} % des produits du dernier exercice clos, tous contrats de l'entité réunis). Réduisez le montant."));

    public static Refusal ProduitsUnfit(string reason) =>
        new(RefusalCode.ProduitsUnfit, "R-112", $"Le plafond des pénalités se calcule sur les produits versés par l'assurance maladie au titre du dernier exercice clos : {reason}.");

    public static Refusal CourrierIncomplete() =>
        new(RefusalCode.CourrierIncomplete, "R-114", "Un courrier porte son numéro ; son document, s'il est joint, son nom et son empreinte sha-256 (64 signes hexadécimaux, en minuscules).");

    public static Refusal ModificationNotRequired() => new(
        RefusalCode.ModificationNotRequired, "R-115", "Aucune modification de ce contrat n'est décidée après un manquement grave, ou chacune a déjà son avenant : choisissez un autre motif d'avenant, ou menez la procédure à sa décision.");

    public static Refusal ArreteUnfit(string reason) =>
        new(RefusalCode.ArreteUnfit, "R-101", $"L'arrêté qui fixe des engagements : {reason}.");

    public static Refusal HorsContratUnfit(string reason) =>
        new(RefusalCode.HorsContratUnfit, "R-102", $"Rester hors contrat n'est ouvert qu'aux établissements privés lucratifs sans contrat : {reason}.");

    public static Refusal ContratTerminated(Resilie resilie) => new(
        RefusalCode.ContratTerminated,
        "R-115",
        FormattableString.Invariant($"Le contrat est résilié au {resilie.DateEffet:dd/MM/yyyy} (procédure {resilie.Procedure}) : rien n'y change à compter de ce jour. Ouvrez un nouveau contrat."));

    public static Refusal PrsUnfit(string reason) =>
        new(RefusalCode.PrsUnfit, "R-101", $"Un projet régional de santé est adopté une fois, sous son nom : {reason}.");

    public static Refusal MontantInvalid(decimal montant) =>
        new(RefusalCode.MontantInvalid, "R-112", FormattableString.Invariant($"{montant} n'est pas un montant : des euros, plus que zéro, au centime près."));
}
