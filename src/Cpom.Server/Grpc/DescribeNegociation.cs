using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;
using static Cpom.Domain.Negociations.NegociationEvent;

namespace Cpom.Server;

/// <summary>What a négociation's history says to people, one French line an event.</summary>
internal static class DescribeNegociation
{
    public static string Event(NegociationEvent recorded) => recorded switch
    {
        NegociationOpened e => $"Négociation ouverte par {e.Fiche.Negociateur} avec {string.Join(", ", e.Fiche.Structures.Select(s => s.Entite))}",
        NegociateurChanged e => $"{e.Negociateur} négocie désormais",
        TrameReceived => "Trame du rapport reçue par la structure (J+0)",
        SectionWritten e => $"{e.Entite} : volet {Volets.CodeOf(e.Section.Volet)} du rapport écrit par {Of(e.Section.Auteur)}{(e.Redacteur is null ? "" : $" ({e.Redacteur})")}",
        IndicateurDefined e => $"{e.Entite} : indicateur défini, {e.Indicateur.Libelle}",
        NoteAttached e => $"Note jointe : {e.Note.Titre}",
        VoletsHandedOver e => $"{e.Entite} : remise à l'agence {Of(e.Volets)}",
        VoletsReturned e => $"{e.Entite} : retour à la structure {Of(e.Volets)} : {e.Reason}",
        VoletsShared e => $"{e.Entite} : partage {Of(e.Volets)}",
        RapportHandedOver e => $"{e.Entite} : rapport complet remis à l'agence",
        RapportReturned e => $"{e.Entite} : rapport rendu à la structure : {e.Reason}",
        DiagnosticShared e => $"{e.Entite} : diagnostic partagé en entier",
        RencontreRecorded e => $"Rencontre{(e.CompteRendu is null ? "" : $" : {e.CompteRendu}")}",
        QuestionAnswered e => $"{e.Entite} : question {e.Numero}, {(e.Oui ? "oui" : "non")}{(e.Commentaire is null ? "" : $" ({e.Commentaire})")}",
        SyntheseWritten e => $"{e.Entite} : page de synthèse écrite",
        EngagementProposed e => $"{e.Entite} : engagement {e.Engagement.Number} proposé par {Of(e.By)} : {e.Engagement.Objectif}",
        EngagementWithdrawn e => $"{e.Entite} : proposition {e.Number} retirée",
        SyntheseAcceptedBy e => $"{e.Entite} : engagements acceptés par {Of(e.By)}",
        SyntheseAccepted e => $"{e.Entite} : {e.Engagements.Count} engagement(s) acceptés par les deux parties",
        SyntheseReopened e => $"{e.Entite} : synthèse rouverte : {e.Reason}",
        NegociationProlonged e => $"Prolongation {e.Rang} de 90 jours : {e.Motif}",
        IssueChosen e => $"{e.Entite} : {Of(e.Issue)}{(e.Contrat is null ? "" : $", contrat {e.Contrat}")}",
        SignatureNoted { SignedOn: null } e => $"{e.Entite} : signature retirée",
        SignatureNoted e => $"{e.Entite} : signé par {(e.Party == Signatory.RepresentantLegal ? "le représentant légal" : "l'agence")}",
        NegociationAbandoned e => $"Négociation abandonnée : {e.Reason}",
        NegociationEcheanceReached e => Describe.Reached(e.Kind, e.Numero, e.Stade, e.DueOn),
        _ => throw new System.Diagnostics.UnreachableException($"No line for {recorded.GetType().Name}."),
    };

    private static string Of(ValueList<Volet> volets) => $"{(volets.Count == 1 ? "du volet" : "des volets")} {string.Join(", ", volets.Select(Volets.CodeOf))}";

    private static string Of(RapportAuteur auteur) => auteur == RapportAuteur.Structure ? "la structure" : "l'agence";

    private static string Of(NegociationIssue issue) => issue switch
    {
        NegociationIssue.Avenant => "ce qui est accepté viendra par avenant",
        NegociationIssue.Resignature => "le contrat sera signé à nouveau",
        _ => "ce qui est accepté fera un contrat",
    };
}
