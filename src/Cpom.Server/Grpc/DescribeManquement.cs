using Cpom.Domain.Sanctions;
using static Cpom.Domain.Sanctions.ManquementsEvent;

namespace Cpom.Server;

/// <summary>What the history of a procedure says to people, one French line an event.</summary>
internal static class DescribeManquement
{
    /// <summary>True for an event of this procedure; the income that a ceiling is counted on is of all procedures of the entity.</summary>
    public static bool IsOf(ManquementsEvent recorded, Manquement manquement) => recorded switch
    {
        ProduitsRecorded => true,
        EcheanceReached e => e.Numero == manquement.Rang,
        _ => NumeroOf(recorded) == manquement.Constat.Numero,
    };

    public static string Event(ManquementsEvent recorded) => recorded switch
    {
        ProduitsRecorded e => $"Produits de l'exercice clos le {MappingCommon.French(e.ClosOn)} : {Text.Money(e.Montant)} € ({e.Source})",
        ConstatRecorded e => $"Manquement constaté au contrat {e.Constat.Contrat} : {e.Constat.Faits}",
        DialogueRecorded e => $"Échange avec la structure : {e.Dialogue.CompteRendu}",
        MiseEnDemeureSent e => $"Mise en demeure {e.MiseEnDemeure.Courrier.Numero} : {e.MiseEnDemeure.Motifs}",
        DelaiRenewed e => $"Délai de réponse renouvelé : {e.Motif}",
        ObservationsRecorded e => $"Observations de la structure : {e.Observations.Texte}",
        JustificationAccepted e => $"Classé sans sanction : {e.Motif}",
        SanctionDecided e => $"{Of(e.Sanction)} (décision {e.Courrier.Numero}) : {e.Motifs}",
        SanctionCancelled e => $"Sanction annulée : {e.Motif}",
        NotificationRecorded e => $"Décision notifiée à la structure ({e.Courrier.Numero})",
        PaiementRecorded e => $"Somme payée ({e.Reference})",
        RecouvrementStarted e => $"Recouvrement confié à {e.Caisse}",
        EcheanceReached e => Describe.Reached(e.Kind, e.Numero, e.Stade, e.DueOn),
        _ => throw new System.Diagnostics.UnreachableException($"No line for {recorded.GetType().Name}."),
    };

    private static string Of(Sanction sanction) => sanction switch
    {
        Sanction.Penalite s => $"Pénalité de {Text.Money(s.Montant)} €",
        Sanction.Restitution s => $"Restitution de {Text.Money(s.Montant)} €",
        Sanction.Modification s => $"Modification décidée, {s.Objet}",
        Sanction.Resiliation s => $"Résiliation au {MappingCommon.French(s.DateEffet)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string? NumeroOf(ManquementsEvent recorded) => recorded switch
    {
        ConstatRecorded e => e.Constat.Numero,
        DialogueRecorded e => e.Numero,
        MiseEnDemeureSent e => e.Numero,
        DelaiRenewed e => e.Numero,
        ObservationsRecorded e => e.Numero,
        JustificationAccepted e => e.Numero,
        SanctionDecided e => e.Numero,
        SanctionCancelled e => e.Numero,
        NotificationRecorded e => e.Numero,
        PaiementRecorded e => e.Numero,
        RecouvrementStarted e => e.Numero,
        _ => null,
    };
}
