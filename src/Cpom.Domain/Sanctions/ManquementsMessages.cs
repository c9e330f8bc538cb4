using System.Text.Json.Serialization;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Sanctions;

/// <summary>Each names its procedure by the agency's number of it, and the day on which it was done.</summary>
public abstract record ManquementsCommand : AuteurCommand
{
    private ManquementsCommand() { }

    /// <summary>Money of the compulsory insurance in an exercise that has closed: what the ceiling is counted on .</summary>
    /// <param name="ClosOn">Last day of the exercise.</param>
    /// <param name="Source">Where the figure was read.</param>
    public sealed record RecordProduits(string Entite, DateOnly ClosOn, decimal Montant, string Source, DateOnly On) : ManquementsCommand;

    /// <param name="Proof">Null where no contract of that number is known, or none in force.</param>
    public sealed record RecordConstat(string Entite, Constat Constat, ContratProof? Proof) : ManquementsCommand;

    public sealed record RecordDialogue(string Numero, Dialogue Dialogue) : ManquementsCommand;

    public sealed record SendMiseEnDemeure(string Numero, MiseEnDemeure MiseEnDemeure) : ManquementsCommand;

    public sealed record RenewDelai(string Numero, string Motif, Courrier Courrier, DateOnly On) : ManquementsCommand;

    public sealed record RecordObservations(string Numero, Observations Observations) : ManquementsCommand;

    public sealed record AcceptJustification(string Numero, string Motif, Courrier Courrier, DateOnly On) : ManquementsCommand;

    public sealed record DecideSanction(string Numero, Sanction Sanction, string Motifs, Courrier Courrier, DateOnly On) : ManquementsCommand;

    /// <summary>A penalty withdrawn, or annulled by a court: it counts no more in its year.</summary>
    public sealed record CancelSanction(string Numero, string Motif, DateOnly On) : ManquementsCommand;

    /// <summary>The structure has received the decision that asks for a sum; the letter is the proof of it.</summary>
    public sealed record RecordNotification(string Numero, Courrier Courrier, DateOnly On) : ManquementsCommand;

    public sealed record RecordPaiement(string Numero, string Reference, DateOnly On) : ManquementsCommand;

    /// <summary>The month is over and nothing was paid: the fund recovers it.</summary>
    public sealed record StartRecouvrement(string Numero, string Caisse, Courrier Courrier, DateOnly On) : ManquementsCommand;

    /// <summary>Sent by the clock: that day has begun.</summary>
    public sealed record PassJour(DateOnly Jour) : ManquementsCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(ProduitsRecorded), "produits-recorded.1")]
[JsonDerivedType(typeof(ConstatRecorded), "manquement-constat-recorded.1")]
[JsonDerivedType(typeof(DialogueRecorded), "manquement-dialogue-recorded.1")]
[JsonDerivedType(typeof(MiseEnDemeureSent), "mise-en-demeure-sent.1")]
[JsonDerivedType(typeof(DelaiRenewed), "mise-en-demeure-delai-renewed.1")]
[JsonDerivedType(typeof(ObservationsRecorded), "manquement-observations-recorded.1")]
[JsonDerivedType(typeof(JustificationAccepted), "manquement-justification-accepted.1")]
[JsonDerivedType(typeof(SanctionDecided), "sanction-decided.1")]
[JsonDerivedType(typeof(SanctionCancelled), "sanction-cancelled.1")]
[JsonDerivedType(typeof(NotificationRecorded), "sanction-notification-recorded.1")]
[JsonDerivedType(typeof(PaiementRecorded), "sanction-paiement-recorded.1")]
[JsonDerivedType(typeof(RecouvrementStarted), "sanction-recouvrement-started.1")]
[JsonDerivedType(typeof(EcheanceReached), "manquement-echeance-reached.1")]
public abstract record ManquementsEvent(DateOnly ValidOn) : IFact
{
    public sealed record ProduitsRecorded(DateOnly ValidOn, string Entite, DateOnly ClosOn, decimal Montant, string Source) : ManquementsEvent(ValidOn);

    public sealed record ConstatRecorded(DateOnly ValidOn, string Entite, Constat Constat) : ManquementsEvent(ValidOn);

    public sealed record DialogueRecorded(DateOnly ValidOn, string Numero, Dialogue Dialogue) : ManquementsEvent(ValidOn);

    public sealed record MiseEnDemeureSent(DateOnly ValidOn, string Numero, MiseEnDemeure MiseEnDemeure) : ManquementsEvent(ValidOn);

    public sealed record DelaiRenewed(DateOnly ValidOn, string Numero, string Motif, Courrier Courrier) : ManquementsEvent(ValidOn);

    public sealed record ObservationsRecorded(DateOnly ValidOn, string Numero, Observations Observations) : ManquementsEvent(ValidOn);

    public sealed record JustificationAccepted(DateOnly ValidOn, string Numero, string Motif, Courrier Courrier) : ManquementsEvent(ValidOn);

    /// <param name="Contrat">Whom it concerns besides the entity: reactions read it here.</param>
    public sealed record SanctionDecided(DateOnly ValidOn, string Numero, string Contrat, Sanction Sanction, string Motifs, Courrier Courrier) : ManquementsEvent(ValidOn);

    public sealed record SanctionCancelled(DateOnly ValidOn, string Numero, string Motif) : ManquementsEvent(ValidOn);

    public sealed record NotificationRecorded(DateOnly ValidOn, string Numero, Courrier Courrier) : ManquementsEvent(ValidOn);

    public sealed record PaiementRecorded(DateOnly ValidOn, string Numero, string Reference) : ManquementsEvent(ValidOn);

    public sealed record RecouvrementStarted(DateOnly ValidOn, string Numero, string Caisse, Courrier Courrier) : ManquementsEvent(ValidOn);

    /// <summary>Time has brought an échéance to a stage, once, on the day on which it came there.</summary>
    public sealed record EcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : ManquementsEvent(ValidOn);
}
