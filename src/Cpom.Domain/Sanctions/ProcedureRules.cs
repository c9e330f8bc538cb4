using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;

namespace Cpom.Domain.Sanctions;

/// <summary>From what was noticed to the end of the structure's time to answer (R-113, R-114, R-116, L-09 to L-13).</summary>
public static class ProcedureRules
{
    public static Decision<ManquementsEvent> Record(ManquementsState state, RecordConstat command)
    {
        var constat = command.Constat;
        if (state.Manquements.TryGetValue(constat.Numero, out var known))
        {
            return known.Constat == constat ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(constat.Numero, "constat");
        }

        if (string.IsNullOrWhiteSpace(constat.Numero) || string.IsNullOrWhiteSpace(constat.Faits) || !Enum.IsDefined(constat.Kind))
        {
            return Refuse.ManquementUnreasoned("le constat : son numéro, sa procédure et les faits");
        }

        if (command.Proof is not { } proof || proof.Contrat != constat.Contrat || proof.Entite != command.Entite || constat.On < proof.From || constat.On > proof.To)
        {
            return Refuse.ManquementContratUnfit(constat.Contrat, command.Entite);
        }

        if (proof.Convention && constat.Kind != ManquementKind.Fir)
        {
            return Refuse.ConventionOnlyFir(constat.Contrat);
        }

        if (CheckEngagements(constat, proof) is { } unknown)
        {
            return unknown;
        }

        return state.Manquements.Count >= Limits.ManquementsParEntiteMax
            ? Refuse.ManquementTooMany("procédures pour une entité", Limits.ManquementsParEntiteMax)
            : new ConstatRecorded(constat.On, command.Entite, constat);
    }

    /// <summary>R-116: it may also be recorded while the procedure goes on.</summary>
    public static Decision<ManquementsEvent> Record(Manquement manquement, RecordDialogue command)
    {
        var dialogue = command.Dialogue;
        if (manquement.Dialogues.Contains(dialogue))
        {
            return Decision<ManquementsEvent>.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(dialogue.CompteRendu))
        {
            return Refuse.ManquementUnreasoned("le dialogue : son compte rendu");
        }

        return (CheckOpen(manquement) ?? CheckCount("échanges", manquement.Dialogues.Count)) is { } refusal
            ? refusal
            : new DialogueRecorded(dialogue.On, command.Numero, dialogue);
    }

    public static Decision<ManquementsEvent> Send(Manquement manquement, SendMiseEnDemeure command)
    {
        var lettre = command.MiseEnDemeure;
        if (manquement.MiseEnDemeure is { } sent)
        {
            return sent == lettre ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(command.Numero, "mise en demeure");
        }

        if (CheckReasoned("la mise en demeure", lettre.Motifs, lettre.Courrier) is { } unreasoned)
        {
            return unreasoned;
        }

        if ((CheckOpen(manquement) ?? CheckAfter(manquement.Constat.On, lettre.On, "la mise en demeure suit le constat")) is { } early)
        {
            return early;
        }

        return manquement.Dialogues.Any(d => d.On <= lettre.On)
            ? new MiseEnDemeureSent(lettre.On, command.Numero, lettre)
            : Refuse.SanctionUngraduated("aucun dialogue n'est enregistré avant la mise en demeure ; enregistrez l'échange qui a échoué");
    }

    /// <summary>Once, for the same length, while the first month runs.</summary>
    public static Decision<ManquementsEvent> Renew(Manquement manquement, RenewDelai command)
    {
        if (manquement.Renouvellement is { } known)
        {
            return known == new DelaiRenouvele(command.On, command.Motif, command.Courrier)
                ? Decision<ManquementsEvent>.NothingToDo
                : Refuse.DelaiNotRenewable(manquement.Constat.Kind, "il l'a déjà été, et ne l'est qu'une fois");
        }

        if (string.IsNullOrWhiteSpace(command.Motif))
        {
            return Refuse.ManquementUnreasoned("le renouvellement du délai : son motif");
        }

        if (CheckOpen(manquement) is { } closed)
        {
            return closed;
        }

        if (manquement.MiseEnDemeure is not { } lettre || command.On < lettre.On)
        {
            return Refuse.ManquementOutOfOrder("le délai court d'une mise en demeure, reçue avant ce jour");
        }

        return command.On > manquement.ReponseDueOn
            ? Refuse.DelaiNotRenewable(manquement.Constat.Kind, FormattableString.Invariant($"il est échu depuis le {manquement.ReponseDueOn:dd/MM/yyyy}"))
            : new DelaiRenewed(command.On, command.Numero, command.Motif, command.Courrier);
    }

    /// <summary>R-113: taken until something is decided, also after the month: what the structure says is never turned away for its day.</summary>
    public static Decision<ManquementsEvent> Record(Manquement manquement, RecordObservations command)
    {
        var observations = command.Observations;
        if (manquement.Observations.Contains(observations))
        {
            return Decision<ManquementsEvent>.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(observations.Texte) || !Enum.IsDefined(observations.Forme))
        {
            return Refuse.ManquementUnreasoned("les observations : leur forme, écrite ou orale, et ce qu'elles disent");
        }

        if ((CheckOpen(manquement) ?? CheckCount("observations", manquement.Observations.Count)) is { } refusal)
        {
            return refusal;
        }

        return manquement.MiseEnDemeure is { } lettre && observations.On >= lettre.On
            ? new ObservationsRecorded(observations.On, command.Numero, observations)
            : Refuse.ManquementOutOfOrder("les observations répondent à une mise en demeure, reçue avant ce jour");
    }

    /// <summary>The agency takes the justification, the measures taken, or its own mistake for good: nothing follows.</summary>
    public static Decision<ManquementsEvent> Accept(Manquement manquement, AcceptJustification command)
    {
        if (manquement.Classement is { } known)
        {
            return known == new Classement(command.On, command.Motif, command.Courrier) ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(command.Numero, "classement");
        }

        if (string.IsNullOrWhiteSpace(command.Motif))
        {
            return Refuse.ManquementUnreasoned("le classement : son motif");
        }

        return (CheckOpen(manquement) ?? CheckAfter(manquement.Constat.On, command.On, "le classement suit le constat")) is { } refusal
            ? refusal
            : new JustificationAccepted(command.On, command.Numero, command.Motif, command.Courrier);
    }

    /// <summary>R-114: the grounds, and the document that states them.</summary>
    internal static Refusal? CheckReasoned(string what, string motifs, Courrier courrier) =>
        string.IsNullOrWhiteSpace(motifs) || courrier.Document is null || courrier.Sha256 is null
            ? Refuse.ManquementUnreasoned($"{what} : ses motifs et son document (nom et empreinte sha-256)")
            : null;

    /// <summary>Until something is decided. The ends of each kind are in SanctionRules.cs.</summary>
    internal static Refusal? CheckOpen(Manquement manquement) =>
        manquement.Classement is null && manquement.Sanctions.Count == 0
            ? null
            : Refuse.ManquementOutOfOrder($"la procédure {manquement.Constat.Numero} est {(manquement.Classement is null ? "déjà sanctionnée" : "classée")}");

    internal static Refusal? CheckAfter(DateOnly first, DateOnly then, string order) =>
        then < first ? Refuse.ManquementOutOfOrder(FormattableString.Invariant($"{order}, du {first:dd/MM/yyyy}")) : null;

    private static Refusal? CheckCount(string what, int count) =>
        count >= Limits.EchangesParManquementMax ? Refuse.ManquementTooMany($"{what} par procédure", Limits.EchangesParManquementMax) : null;

    /// <summary>L-10, L-13: an inexécution is that of engagements. The others are of the contract as a whole, or of some of it.</summary>
    private static Refusal? CheckEngagements(Constat constat, ContratProof proof)
    {
        if (constat.Engagements.Count == 0 && constat.Kind == ManquementKind.Inexecution)
        {
            return Refuse.ManquementEngagementUnknown(constat.Contrat, null);
        }

        foreach (var number in constat.Engagements)
        {
            if (!proof.Engagements.Contains(number))
            {
                return Refuse.ManquementEngagementUnknown(constat.Contrat, number);
            }
        }

        return null;
    }
}
