namespace Cpom.Domain;

/// <summary>One contrat for a group (L-05), the group as a legal person (L-06).</summary>
public static partial class Refuse
{
    public static Refusal GhtUnknown() =>
        new(RefusalCode.GhtUnknown, "", "Ce groupement (GHT) n'est pas connu : envoyez d'abord le fichier des structures qui le décrit.");

    public static Refusal GhtMembreUnknown(string entite) =>
        new(RefusalCode.GhtMembreUnknown, "L-05", $"{entite} n'est pas membre de ce groupement : chaque membre demande pour lui-même.");

    /// <param name="why">The end of a sentence.</param>
    public static Refusal DemandeUniqueUnfit(string why) =>
        new(RefusalCode.DemandeUniqueUnfit, "L-05", $"La demande de contrat unique ne peut être reçue : {why}.");

    public static Refusal DemandeUniqueOtherwise(string entite, DateOnly on) =>
        new(RefusalCode.DemandeUniqueOtherwise, "L-05", FormattableString.Invariant($"{entite} a déjà demandé le contrat unique le {on:dd/MM/yyyy}, en d'autres termes ; une nouvelle demande suit un refus."));

    public static Refusal DemandeUniqueAnswered(bool granted, DateOnly on) =>
        new(RefusalCode.DemandeUniqueAnswered, "L-05", FormattableString.Invariant($"La demande de contrat unique est déjà {(granted ? "accordée" : "refusée")}, le {on:dd/MM/yyyy} ; une nouvelle demande suit un refus, à une date postérieure."));

    /// <param name="missing">The members that have not asked; none where all have, on another day.</param>
    public static Refusal DemandeUniqueIncomplete(ValueList<string> missing) =>
        new(RefusalCode.DemandeUniqueIncomplete, "L-05", missing.Count > 0
            ? $"Les directeurs de tous les membres demandent le contrat unique : il manque la demande de {string.Join(", ", missing)}."
            : "Les directeurs de tous les membres n'avaient pas encore demandé le contrat unique à cette date : la réponse suit leur demande.");

    public static Refusal ContratUniqueSilence(DateOnly lastDay) =>
        new(RefusalCode.ContratUniqueSilence, "L-05", FormattableString.Invariant($"L'agence pouvait répondre jusqu'au {lastDay:dd/MM/yyyy} : son silence a refusé le contrat unique. Les membres peuvent le demander de nouveau."));

    /// <param name="why">The end of a sentence.</param>
    public static Refusal GhtAvisUnfit(string why) =>
        new(RefusalCode.GhtAvisUnfit, "L-05", $"L'avis ne peut être enregistré : {why}.");

    /// <param name="why">The end of a sentence.</param>
    public static Refusal PersonnaliteUnfit(string why) =>
        new(RefusalCode.PersonnaliteUnfit, "L-06", $"La personnalité juridique du groupement ne peut être enregistrée : {why}.");

    /// <param name="why">The end of a sentence.</param>
    public static Refusal ContratUniqueUnfit(string why) =>
        new(RefusalCode.ContratUniqueUnfit, "L-05", $"Ce contrat unique de groupement ne peut être conclu ainsi : {why}.");

    public static Refusal ContratOfMembreOverlaps(string entite, string numero, DateOnly lastDay) =>
        new(RefusalCode.ContratOfMembreOverlaps, "L-05", FormattableString.Invariant($"Le contrat {numero} du membre {entite} court jusqu'au {lastDay:dd/MM/yyyy} : le contrat unique prend effet après, ou le renouvelle."));

    public static Refusal ContratOfGroupeOverlaps(string entite, string unique) =>
        new(RefusalCode.ContratOfGroupeOverlaps, "L-05", $"L'entité {entite} est engagée par le contrat unique {unique} de son groupement à ces dates : elle n'en conclut pas d'autre avant d'en sortir.");

    /// <param name="why">The end of a sentence.</param>
    public static Refusal RetraitUnfit(string why) =>
        new(RefusalCode.RetraitUnfit, "L-05", $"Ce retrait du contrat unique ne peut être enregistré : {why}.");
}
