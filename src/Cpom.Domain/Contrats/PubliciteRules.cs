using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What comes after the last signature, or the arrêté in its place: the originals and where they are kept, the caisse that is told, whoever asks to read .</summary>
public static class PubliciteRules
{
    private const int OriginauxCount = 2;

    /// <summary>R-099: two on paper; signed electronically, the one file that both hold.</summary>
    public static Decision<ContratEvent> RecordOriginaux(Ouvert contrat, RecordOriginaux command)
    {
        if (ApprobationRules.CheckTexte(contrat, command.Avenant) is { } unknown)
        {
            return unknown;
        }

        if (contrat.Formalites.Of(command.Avenant).Originaux is { } known)
        {
            return known == new Originaux(command.Forme, command.Nombre, command.Fichier, command.On)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RecordedOtherwise("R-099", "L'état des originaux", known.On);
        }

        if (!IsConcluded(contrat, command.Avenant, command.On))
        {
            return Refuse.TexteNotSigned("R-099");
        }

        return command.Nombre != OriginauxCount || (command.Forme == OriginauxForme.Electronique && command.Fichier is null)
            ? Refuse.OriginauxWrongCount()
            : new OriginauxRecorded(command.On, command.Avenant, command.Forme, command.Nombre, command.Fichier);
    }

    /// <summary>R-100: the délégation keeps the agency's original, and what is archived is that one.</summary>
    public static Decision<ContratEvent> RecordArchive(Ouvert contrat, RecordArchive command)
    {
        if (ApprobationRules.CheckTexte(contrat, command.Avenant) is { } unknown)
        {
            return unknown;
        }

        var texte = contrat.Formalites.Of(command.Avenant);
        if (texte.Archive is { } known)
        {
            return known == new Archive(command.Delegation, command.Scan, command.On)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RecordedOtherwise("R-100", "L'archivage", known.On);
        }

        if (texte.Originaux is not { } originaux)
        {
            return Refuse.OriginauxMissing();
        }

        if (originaux.Fichier is { } signed && signed.Sha256 != command.Scan.Sha256)
        {
            return Refuse.ArchiveDifferent();
        }

        return string.IsNullOrWhiteSpace(command.Delegation)
            ? Refuse.NomMissing("R-100", "la délégation qui conserve l'original")
            : new ArchiveRecorded(command.On, command.Avenant, command.Delegation, command.Scan);
    }

    public static Decision<ContratEvent> Assign(Ouvert contrat, AssignNotification command)
    {
        if (CaisseOf(command.Departement, command.Caisse) is not { } caisse)
        {
            return Refuse.CaisseUnknown();
        }

        var known = contrat.Formalites.Notification;
        if (known == new Notification(caisse, command.By, command.Personne, known?.On))
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        return known?.On is { } told
            ? Refuse.RecordedOtherwise("R-107", "L'information de la caisse pivot", told)
            : new NotificationAssigned(command.On, caisse, command.By, command.Personne);
    }

    /// <summary>R-107: once concluded, the contrat is made known to the caisse that finances the hospital.</summary>
    public static Decision<ContratEvent> Notify(Ouvert contrat, NotifyCaisse command)
    {
        var known = contrat.Formalites.Notification;
        if (known?.On is { } told)
        {
            return told == command.On ? Decision<ContratEvent>.NothingToDo : Refuse.RecordedOtherwise("R-107", "L'information de la caisse pivot", told);
        }

        if (!IsConcluded(contrat, null, command.On))
        {
            return Refuse.TexteNotSigned("R-107");
        }

        return CaisseOf(command.Departement, known?.Caisse) is { } caisse ? new CaisseNotified(command.On, caisse) : Refuse.CaisseUnknown();
    }

    public static Decision<ContratEvent> RecordDemande(Ouvert contrat, RecordDemande command)
    {
        if (contrat.Formalites.Demandes.GetValueOrDefault(command.Reference) is { } known)
        {
            return known.Demandeur == command.Demandeur && known.On == command.On
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RecordedOtherwise("R-106", $"La demande {command.Reference}", known.On);
        }

        if (!IsConcluded(contrat, null, command.On))
        {
            return Refuse.TexteNotSigned("R-106");
        }

        if (string.IsNullOrWhiteSpace(command.Reference) || string.IsNullOrWhiteSpace(command.Demandeur))
        {
            return Refuse.NomMissing("R-106", "celui qui demande, et la référence de sa demande");
        }

        return contrat.Formalites.Demandes.Count >= Limits.DemandesAccesMax
            ? Refuse.FormalitesTooMany("demandes d'accès", Limits.DemandesAccesMax)
            : new DemandeRecorded(command.On, command.Reference, command.Demandeur);
    }

    /// <summary>R-106: a contrat is communicated to who asks for it; whoever does not says why.</summary>
    public static Decision<ContratEvent> Answer(Ouvert contrat, AnswerDemande command)
    {
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        if (contrat.Formalites.Demandes.GetValueOrDefault(command.Reference) is not { } asked || command.On < asked.On)
        {
            return Refuse.DemandeAccesUnknown(command.Reference);
        }

        if (asked.Answer is { } given)
        {
            return given == new DemandeAcces.Reponse(command.Communicated, reason, command.On)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RecordedOtherwise("R-106", $"La réponse à la demande {command.Reference}", given.On);
        }

        return !command.Communicated && reason is null
            ? Refuse.DemandeAccesRefusalUnreasoned()
            : new DemandeAnswered(command.On, command.Reference, command.Communicated, reason);
    }

    /// <summary>
    /// most often the CPAM of the département. Overseas départements have none, and by agreement between schemes it may be the MSA: then it is
    /// named.
    /// </summary>
    public static string? CaisseOf(string departement, string? named) => (named, departement) switch
    {
        ({ } caisse, _) when !string.IsNullOrWhiteSpace(caisse) => caisse,
        (_, { Length: 2 }) => $"CPAM du département {departement}",
        _ => null,
    };

    /// <summary>By both parties or by the arrêté, on that day.</summary>
    private static bool IsConcluded(Ouvert contrat, int? avenant, DateOnly on) =>
        (avenant is { } number ? contrat.Avenants[number].SignedByDgArs?.On : contrat.ConcludedOn) <= on;
}
