namespace Cpom.Domain;

/// <summary>What campagnes and négociations refuse.</summary>
public static partial class Refuse
{
    public static Refusal CampagneUnknown() =>
        new(RefusalCode.CampagneUnknown, "", "Cette campagne n'existe pas : ouvrez-la d'abord.");

    /// <param name="known">A sentence, without its full stop: what is recorded.</param>
    public static Refusal CampagneOtherwise(string known) =>
        new(RefusalCode.CampagneOtherwise, "", $"{known} : ce qui est demandé dit autre chose. Vérifiez, ou choisissez un autre numéro.");

    public static Refusal StructureUnknown(string entite) =>
        new(RefusalCode.StructureUnknown, "", $"La structure {entite} n'en fait pas partie : inscrivez-la d'abord, ou corrigez son numéro.");

    public static Refusal NegociateurMissing(string whose) =>
        new(RefusalCode.NegociateurMissing, "R-065", $"Pas de négociateur pour {whose} : nommez-le d'abord, la structure doit connaître son interlocuteur.");

    public static Refusal NegociationUnknown() =>
        new(RefusalCode.NegociationUnknown, "", "Cette négociation n'existe pas : ouvrez-la d'abord.");

    /// <param name="known">A sentence, without its full stop: what is recorded.</param>
    public static Refusal NegociationOtherwise(string known) =>
        new(RefusalCode.NegociationOtherwise, "", $"{known} : ce qui est demandé dit autre chose. Vérifiez, ou ouvrez une autre négociation.");

    public static Refusal StructuresUnfit(string why) =>
        new(RefusalCode.StructuresUnfit, "R-011", $"Plusieurs structures négocient ensemble et gardent chacune leur contrat ; ici {why}.");

    public static Refusal DelegationMissing(string departement) =>
        new(RefusalCode.DelegationMissing, "R-123", $"La délégation {departement} n'est ni pilote ni consultée : chaque département où les structures ont un site prend part à la négociation.");

    public static Refusal NiveauOfEntite() =>
        new(RefusalCode.NiveauOfEntite, "R-118", "La région négocie avec une de ces structures : ouvrez la négociation au niveau régional, ou rendez d'abord l'entité au département.");

    public static Refusal NiveauUnreasoned() =>
        new(RefusalCode.NiveauUnreasoned, "R-118", "Le niveau départemental négocie, sauf exception : dites pourquoi le niveau régional le fait ici.");

    public static Refusal PrecedentMissing(string entite) =>
        new(RefusalCode.PrecedentMissing, "R-064", $"Un renouvellement part de l'évaluation d'un contrat : indiquez celui de {entite}, ou choisissez une négociation initiale.");

    public static Refusal IssueUnfit(string why) =>
        new(RefusalCode.IssueUnfit, "R-088", $"Cette suite ne convient pas : {why}.");

    public static Refusal IssueContratOpen(string entite, string contrat) =>
        new(RefusalCode.IssueContratOpen, "R-011", $"Le contrat {contrat} de {entite} est ouvert, et vient de cette négociation : gardez-lui ce numéro, ou il ne pourrait plus être signé.");

    public static Refusal RapportLocked(string why) =>
        new(RefusalCode.RapportLocked, "R-067", $"Le rapport se remplit à son tour, la structure d'abord, l'agence ensuite : {why}.");

    /// <param name="what">What says nothing.</param>
    public static Refusal RapportEmpty(string what) =>
        new(RefusalCode.RapportEmpty, "R-067", $"Il n'y a rien à remettre ni à partager, {what} : remplissez-le d'abord, ou nommez les volets qui sont remplis.");

    public static Refusal AnalyseMissing(string entite, IEnumerable<Volet> volets) =>
        new(RefusalCode.AnalyseMissing, "R-067", $"L'agence n'a pas dit son analyse de ce qui lui est remis ({entite} : {CodesOf(volets)}) : écrivez-la, en une phrase s'il n'y a rien à ajouter, puis partagez.");

    public static Refusal VoletNotHandedOver(string entite, IEnumerable<Volet> volets) =>
        new(RefusalCode.VoletNotHandedOver, "R-067", $"La structure rédige encore ({entite} : {CodesOf(volets)}) : attendez qu'elle remette, ou partagez les autres volets en les nommant.");

    public static Refusal ChiffreWithoutSource(string libelle) =>
        new(RefusalCode.ChiffreWithoutSource, "R-069", $"Le chiffre « {libelle} » n'a pas de source : les deux parties doivent pouvoir le vérifier (PMSI, certification, comptes…).");

    public static Refusal RencontreMissing() =>
        new(RefusalCode.RencontreMissing, "R-068", "Avec un établissement de santé, l'agence tient au moins une rencontre avant que la négociation se conclue, au plus tard le jour où la synthèse est acceptée : enregistrez-la.");

    public static Refusal IndicateurNotInRapport(string why) =>
        new(RefusalCode.IndicateurNotInRapport, "R-041", $"Les indicateurs spécifiques se définissent dans le rapport de diagnostic : {why}.");

    /// <param name="what">A sentence, without its full stop: what is bound.</param>
    public static Refusal SyntheseBinds(string what) =>
        new(RefusalCode.SyntheseBinds, "R-075", $"{what} : ce que les deux parties ont accepté est ce que dit le contrat. Rouvrez la synthèse pour le renégocier.");

    public static Refusal ContratSocleCommun(string numero) =>
        new(RefusalCode.ContratSocleCommun, "R-086", $"Le contrat {numero} est un contrat « socle commun » : ses engagements, une fois négociés, y viennent par avenant.");

    public static Refusal ProlongationUnfit(string why) =>
        new(RefusalCode.ProlongationUnfit, "R-083", $"La négociation ne se prolonge pas ainsi : {why}.");

    public static Refusal TrameMissing() =>
        new(RefusalCode.TrameMissing, "R-077", "Rien ne précède la réception de la trame du rapport par la structure : enregistrez-la, elle fait courir les délais.");

    /// <param name="limit">A sentence, without its full stop.</param>
    public static Refusal NegociationOutsideLimits(string limit) =>
        new(RefusalCode.NegociationOutsideLimits, "", $"{limit}.");

    private static string CodesOf(IEnumerable<Volet> volets) => string.Join(", ", volets.Select(Volets.CodeOf));
}
