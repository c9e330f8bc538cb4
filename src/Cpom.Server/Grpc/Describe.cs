using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Runtime.Projections;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Server;

/// <summary>What a contrat's history says to people, one French line an event.</summary>
internal static class Describe
{
    public static string Event(ContratEvent recorded, PortfolioView view) => recorded switch
    {
        ContratOpened { Reconduction: { } of } e => $"Projet ouvert en renouvellement du contrat {of.Contrat}, du {MappingCommon.French(e.Fiche.DateEffet)} au {MappingCommon.French(e.Fiche.DateFin)}",
        ContratOpened { Groupe: { } groupe } e => $"Projet ouvert pour les {groupe.Membres.Count} membres du groupement {e.Fiche.Ght}, du {MappingCommon.French(e.Fiche.DateEffet)} au {MappingCommon.French(e.Fiche.DateFin)}, {e.Sites.Count} site(s)",
        ContratOpened e => $"Projet ouvert pour l'entité {e.Fiche.Entite}, du {MappingCommon.French(e.Fiche.DateEffet)} au {MappingCommon.French(e.Fiche.DateFin)}, {e.Sites.Count} site(s)",
        SiteJoined e => $"Le site {e.Site} entre dans le périmètre",
        SiteLeft e => $"Le site {e.Site} sort du périmètre",
        EngagementAdded e => $"Engagement {e.Engagement.Number} ajouté : {e.Engagement.Objectif}",
        EngagementRemoved e => $"Engagement {e.Number} retiré",
        SocleLigneSet e => $"Socle commun : {Change(e.Act, view)}",
        SocleCaughtUp => "Socle commun constitué à partir des actes connus",
        ContratSigned e => $"Signé par {Party(e.Party)} : {e.Name}",
        ContratSignatureWithdrawn e => $"Signature retirée, le contrat est de nouveau un projet : {e.Reason}",
        ItemEnteredSocle e => $"L'élément {e.ItemId} entre dans le socle commun du projet",
        ContratEnteredIntoForce => "Le contrat entre en vigueur",
        FinancementLinked e => $"Le financement {e.LigneFinancement} dépend de la reconnaissance contractuelle {e.LigneRc}",
        ItemPended e => $"En attente d'avenant : {Change(e.Act, view)}{(e.Conflict ? " (en conflit avec le contrat)" : "")}",
        ActWithoutEffect e => $"L'acte {e.ActId} ne change rien au contrat",
        ItemSuperseded e => $"L'élément {e.ItemId} est remplacé par {e.By}",
        ItemCancelled e => $"L'élément {e.ItemId} est annulé par {e.By}",
        ItemRebased e => $"L'élément {e.ItemId} part désormais de : {MappingCommon.Summary(e.Expected, view)}",
        ItemDismissed e => $"L'élément {e.ItemId} est écarté : {e.Reason}",
        EngagementFlagged e => $"L'engagement {e.Number} a perdu sa contrepartie : {e.Contrepartie}",
        EngagementFlagCleared e => $"L'engagement {e.Number} a retrouvé sa contrepartie : {e.Contrepartie}",
        FinancementFlagged e => $"Le financement {e.LigneFinancement} a perdu la reconnaissance contractuelle {e.LigneRc}",
        FinancementFlagCleared e => $"Le financement {e.LigneFinancement} a retrouvé la reconnaissance contractuelle {e.LigneRc}",
        AvenantOpened e => $"Avenant {e.Number} ouvert : {e.Items.Count} élément(s), effet au {MappingCommon.French(e.Request.DateEffet)}",
        AvenantEngagementChanged e => $"Avenant {e.Number} : {Change(e.Change)}",
        AvenantSigned e => $"Avenant {e.Number} signé par {Party(e.Party)} : {e.Name}",
        AvenantSignatureWithdrawn e => $"Avenant {e.Number} : signature retirée, son texte est de nouveau ouvert : {e.Reason}",
        AvenantIntegrated e => $"Avenant {e.Number} intégré",
        AvenantAbandoned e => $"Avenant {e.Number} abandonné : {e.Reason}",
        EcheanceReached e => Reached(e.Kind, e.Numero, e.Stade, e.DueOn),
        RenouvellementAsked => "Renouvellement demandé par la structure",
        RenouvellementAnswered { Granted: true } => "Renouvellement accordé par l'agence",
        RenouvellementAnswered e => $"Renouvellement refusé par l'agence : {e.Reason}",
        RenouvellementGrantedTacitly => "Renouvellement accordé par le silence de l'agence",
        EvaluationRecorded { Bilan: null } e => $"Évaluation {e.Numero} faite",
        EvaluationRecorded e => $"Évaluation {e.Numero} faite : {DescribeExecution.Bilan(e.Bilan)}",
        ValeurRecorded or EngagementAlerted or RapportFinalRecorded or ContratRenewed => DescribeExecution.Event(recorded),
        ContratTerminated e => $"Résilié au {MappingCommon.French(e.ValidOn)} (procédure {e.Procedure})",
        ContratAbandoned or ContratReplaced or RelaisEnded => DescribeExecution.Event(recorded),
        ModificationRequired e => $"Modification décidée (procédure {e.Procedure}) : {e.Objet}",
        ArreteFixed e => $"Engagements fixés par l'arrêté {e.Arrete.Courrier.Numero}, à défaut de signature un an après le {e.Prs}",
        RetraitNotified e => $"Le membre {e.Entite} donne préavis de son retrait{(e.Reference is { } reference ? $" ({reference})" : "")}",
        RetraitFixed e => $"Modalités du retrait de {e.Entite} fixées : {e.Modalites.Texte}",
        MembreWithdrawn e => $"Le membre {e.Entite} sort du contrat, avec ses sites",
        AccordRecorded { Engagements: null } e => $"Négociation {e.Negociation} rouverte : ses engagements se négocient de nouveau",
        AccordRecorded e => $"Négociation {e.Negociation} : {e.Engagements.Count} engagement(s) acceptés par les deux parties{(e.Avenant is { } avenant ? $", par l'avenant {avenant}" : "")}",
        _ => DescribeFormalites.Line(recorded) ?? throw new System.Diagnostics.UnreachableException($"No line for {recorded.GetType().Name}."),
    };

    /// <summary>Of any actor that owes things by a day.</summary>
    public static string Reached(EcheanceKind kind, int numero, EcheanceStade stade, DateOnly dueOn) => $"{Title(kind, numero)} : {Stade(stade)} (échéance du {MappingCommon.French(dueOn)})";

    /// <summary>What is due, in a few words.</summary>
    public static string Title(EcheanceKind kind, int numero) => kind switch
    {
        EcheanceKind.Fin => "Fin du contrat",
        EcheanceKind.DemandeRenouvellement => "Demande de renouvellement",
        EcheanceKind.ReponseRenouvellement => "Réponse à la demande de renouvellement",
        EcheanceKind.Evaluation => $"Évaluation {numero}",
        EcheanceKind.EffetAvenant => $"Effet de l'avenant {numero}",
        EcheanceKind.LettreLancement => $"Lettres de lancement, vague {numero}",
        EcheanceKind.RapportDiagnostic => "Remise du rapport de diagnostic (J+60)",
        EcheanceKind.FinNegociation => "Diagnostic partagé, engagements négociés (J+120)",
        EcheanceKind.SignatureStructure => "Signature de la structure (J+180)",
        EcheanceKind.SignatureAgence => "Signature de l'agence (J+210)",
        EcheanceKind.ReponseMiseEnDemeure => $"Réponse à la mise en demeure, procédure {numero}",
        EcheanceKind.Paiement => $"Paiement de la somme demandée, procédure {numero}",
        EcheanceKind.Valeurs => $"Valeurs de l'année N+{numero}",
        EcheanceKind.RapportFinal => "Rapport final",
        EcheanceKind.SignaturePrs => "Signature des contrats, un an après le PRS",
        EcheanceKind.Relais => "Le contrat signé à nouveau prend le relais",
        EcheanceKind.ReponseContratUnique => "Réponse à la demande de contrat unique du groupement",
        EcheanceKind.ModalitesRetrait => $"Modalités du retrait {numero}",
        EcheanceKind.EffetRetrait => $"Effet du retrait {numero}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Stade(EcheanceStade stade) => stade switch
    {
        EcheanceStade.Proche => "approche",
        EcheanceStade.Echue => "dernier jour",
        _ => "dépassée",
    };

    private static string Change(Act act, PortfolioView view) => $"{MappingCommon.Summary(act.Before, view)} → {MappingCommon.Summary(act.After, view)} ({act.Finess})";

    private static string Change(EngagementChange change) => change switch
    {
        EngagementChange.Add c => $"engagement {c.Engagement.Number} ajouté",
        EngagementChange.Remove c => $"engagement {c.Number} retiré",
        EngagementChange.ChangeCible c => $"engagement {c.Number}, indicateur {c.Indicateur}, cible N+{c.Rang} : {c.Valeur ?? "aucune"}",
        EngagementChange.MoveEcheance c => $"engagement {c.Number}, indicateur {c.Indicateur}, échéance N+{c.FromRang} déplacée à N+{c.ToRang}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Party(Signatory party) => party == Signatory.RepresentantLegal ? "le représentant légal" : "le directeur général de l'ARS";
}
