using Cpom.Domain.Contrats;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Server;

/// <summary>What the history says of approval, originals and publicity.</summary>
internal static class DescribeFormalites
{
    /// <returns>Null for an event of another kind.</returns>
    public static string? Line(ContratEvent recorded) => recorded switch
    {
        ConsultationRecorded e => $"{Of(e.Avenant)}{Asked(e.Consultation)}{(e.Consultation.Piece is { } piece ? $", avis joint : {piece.Nom}" : "")}",
        NiveauSet e => (e.Niveau == Domain.Habilitations.Niveau.Regional ? "Contrat négocié et validé au niveau régional" : "Contrat négocié et validé au niveau départemental")
            + (e.Revision is null ? "" : ", comme l'entité") + (e.Motif is { } motif ? $" : {motif}" : ""),
        Validated e => $"{Of(e.Avenant)}contenu validé par {e.Name} ({Domain.Habilitations.Roles.NameOf(e.By)})",
        Transmitted e => $"{Of(e.Avenant)}transmis pour signature{(e.Texte is { } texte ? $" : {texte.Nom}" : "")}",
        OriginauxRecorded e => $"{Of(e.Avenant)}{e.Nombre} originaux{(e.Forme == OriginauxForme.Electronique ? " électroniques" : "")}",
        ArchiveRecorded e => $"{Of(e.Avenant)}original conservé par {e.Delegation}, copie archivée : {e.Scan.Nom}",
        NotificationAssigned e => $"Information de la caisse pivot ({e.Caisse}) confiée à {(e.By == Notifiant.Structure ? "la structure" : "l'agence")}{(e.Personne is { } personne ? $" : {personne}" : "")}",
        CaisseNotified e => $"Contrat porté à la connaissance de la caisse pivot : {e.Caisse}",
        DemandeRecorded e => $"Demande d'accès {e.Reference} : {e.Demandeur}",
        DemandeAnswered { Communicated: true } e => $"Demande d'accès {e.Reference} : contrat communiqué",
        DemandeAnswered e => $"Demande d'accès {e.Reference} : contrat non communiqué, {e.Reason}",
        _ => null,
    };

    private static string Of(int? avenant) => avenant is { } number ? $"Avenant {number} : " : "Contrat : ";

    private static string Asked(Consultation consultation) => consultation.Kind switch
    {
        ConsultationKind.Information => $"information donnée à l'instance, {Exigences.NameOf(consultation.Instance)}",
        ConsultationKind.Deliberation => $"délibération, {Exigences.NameOf(consultation.Instance)}",
        _ => $"avis, {Exigences.NameOf(consultation.Instance)}",
    };
}
