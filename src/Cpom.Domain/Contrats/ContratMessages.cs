using System.Text.Json.Serialization;
using Cpom.Domain.Acts;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Contrats;

/// <summary>R-097: the legal representative signs first, the director general of the agency (or delegate) second.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Signatory>))]
public enum Signatory
{
    [JsonStringEnumMemberName("representant-legal")] RepresentantLegal = 1,
    [JsonStringEnumMemberName("dg-ars")] DgArs = 2,
}

/// <summary>Why an avenant is opened .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AvenantMotif>))]
public enum AvenantMotif
{
    [JsonStringEnumMemberName("socle-commun")] SocleCommun = 1,
    [JsonStringEnumMemberName("engagements")] Engagements = 2,
    [JsonStringEnumMemberName("revision-prs")] RevisionPrs = 3,
    [JsonStringEnumMemberName("offre-territoriale")] OffreTerritoriale = 4,
    [JsonStringEnumMemberName("perimetre")] Perimetre = 5,
    [JsonStringEnumMemberName("cooperation")] Cooperation = 6,
    [JsonStringEnumMemberName("situation-financiere")] SituationFinanciere = 7,

    /// <summary>The agency has decided a modification after a grave breach .</summary>
    [JsonStringEnumMemberName("manquement")] Manquement = 8,
}

/// <summary>The identity of a contrat, fixed at its opening.</summary>
/// <param name="Numero">The agency's number.</param>
/// <param name="WholeEntite">It covers every site of the entity, also those to come; otherwise only the sites named.</param>
/// <param name="MotifDuree">Why it lasts less than the usual duration .</param>
/// <param name="Negociation">The négociation that it comes of: its engagements are those accepted there. Null for one entered without.</param>
/// <param name="Nature">Null for an ordinary one, as in every fiche stored before there was any other.</param>
/// <param name="Ght">The code of the group for all of whose members it is (L-05); null for a contrat of one entité.</param>
public sealed record Fiche(
    string Numero, string Entite, PartieKind Partie, bool WholeEntite, DateOnly DateEffet, DateOnly DateFin, string SocleVersion, string? MotifDuree,
    string? Negociation = null, ContratNature? Nature = null, string? Ght = null);

/// <summary>What kind of contrat it is, where it is not an ordinary one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContratNature>))]
public enum ContratNature
{
    /// <summary>R-086: it bridges until engagements are negotiated, which come by avenant.</summary>
    [JsonStringEnumMemberName("socle-commun")] SocleCommun = 1,
}

/// <summary>What a négociation says of the structure whose contrat is opened, as proof .</summary>
/// <param name="Contrat">The number that the négociation has for it.</param>
/// <param name="Niveau">At which it is negotiated .</param>
public sealed record DossierProof(string Entite, string? Contrat, Niveau Niveau = Niveau.Departemental);

public abstract record ContratCommand : AuteurCommand
{
    private ContratCommand() { }

    /// <param name="Sites">The sites in scope; for the whole entity, those it has today.</param>
    /// <param name="SitesOfEntite">The proof that they are its own .</param>
    /// <param name="Dossier">What the négociation that the fiche names says of the entity; null where it names none, or knows nothing of it.</param>
    /// <param name="Reconduction">Of which contrat it is the renewal; null for one of its own.</param>
    /// <param name="Groupe">What the group that the fiche names says of itself; its sites above are those of all members. Null where it names none, or there is none.</param>
    /// <param name="ContratUnique">The number of a contrat of its GHT that the entity is in on a day of this one; null where there is none.</param>
    public sealed record Open(
        Fiche Fiche, ValueList<string> Sites, ValueList<string> SitesOfEntite, DateOnly OpenedOn, DossierProof? Dossier = null, Reconduction.Demande? Reconduction = null,
        GroupeProof? Groupe = null, string? ContratUnique = null) : ContratCommand;

    /// <summary>Sent by the reactions: what both parties of its négociation have accepted, or that this is negotiated again .</summary>
    /// <param name="Version">Of the acceptance or reopening; an older one told later is not taken.</param>
    /// <param name="Engagements">Null where the synthèse was reopened.</param>
    /// <param name="ByAvenant">They come to a contrat in force .</param>
    public sealed record RecordAccord(string Negociation, int Version, ValueList<Engagement>? Engagements, bool ByAvenant, DateOnly On) : ContratCommand;

    /// <param name="Proof">The entry of the library that it names, as the library has it .</param>
    public sealed record AddEngagement(Engagement Engagement, DateOnly On, Generique? Proof = null) : ContratCommand;

    public sealed record RemoveEngagement(int Number, DateOnly On) : ContratCommand;

    /// <summary>Sent by the reactions: a line that the contrat covers has changed.</summary>
    /// <param name="Shared">Other contrats cover the same FINESS number.</param>
    public sealed record RecordAct(Act Act, bool Shared) : ContratCommand;

    /// <summary>Sent by the reactions: a site enters or leaves the entity whose contrat covers all of its sites.</summary>
    public sealed record RecordSite(string Site, bool Joined, DateOnly ValidOn) : ContratCommand;

    /// <summary>Sent by the reactions: every act known before the opening has been recorded .</summary>
    public sealed record CompleteCatchUp(DateOnly On) : ContratCommand;

    /// <param name="Paraphes">R-098: the annexes that this party has initialled.</param>
    /// <param name="Reprise">The contrat was signed before the platform knew of it: what led to it is in its paper, not here (decision 0033).</param>
    /// <param name="Pref">The number of the entity's PREF that holds on that day, read beside the actor; null for none.</param>
    public sealed record Sign(Signatory Party, string Name, DateOnly On, ValueList<int>? Paraphes = null, bool Reprise = false, string? Pref = null) : ContratCommand;

    /// <summary>The first signature is taken back before the second: the text is a project again.</summary>
    public sealed record WithdrawSignature(string Reason, DateOnly On) : ContratCommand;

    /// <summary>A project is given up before anybody has signed it (decision 0044).</summary>
    public sealed record Abandon(string Reason, DateOnly On) : ContratCommand;

    /// <summary>R-134: a financing depends on an RC.</summary>
    public sealed record LinkFinancement(string LigneFinancement, string LigneRc, DateOnly On) : ContratCommand;

    /// <summary>A pending item needs no avenant; the reason stays in the history.</summary>
    public sealed record DismissItem(string ItemId, string Reason, DateOnly On) : ContratCommand;

    /// <param name="RequestId">The client's own name for this avenant: the same again opens no second one.</param>
    /// <param name="Items">The chosen pending items; empty for every one that is not in conflict.</param>
    /// <param name="AllPending">True to take every pending item that is not in conflict.</param>
    public sealed record OpenAvenant(string RequestId, DateOnly DateEffet, AvenantMotif Motif, bool AllPending, ValueList<string> Items, bool AcceptConflicts, DateOnly On)
        : ContratCommand;

    /// <param name="Proof">As of <see cref="AddEngagement"/>.</param>
    public sealed record ChangeEngagement(int Avenant, EngagementChange Change, DateOnly On, Generique? Proof = null) : ContratCommand;

    /// <param name="Paraphes">R-098: the annexes that this party has initialled, of those that the avenant changes.</param>
    /// <param name="Pref">As of <see cref="Sign"/>.</param>
    public sealed record SignAvenant(int Avenant, Signatory Party, string Name, DateOnly On, ValueList<int>? Paraphes = null, string? Pref = null) : ContratCommand;

    /// <summary>As <see cref="WithdrawSignature"/>: its text can change again.</summary>
    public sealed record WithdrawAvenantSignature(int Avenant, string Reason, DateOnly On) : ContratCommand;

    public sealed record IntegrateAvenant(int Avenant, DateOnly On) : ContratCommand;

    public sealed record AbandonAvenant(int Avenant, string Reason, DateOnly On) : ContratCommand;

    /// <summary>Sent by the clock: that day has begun. What it and the days before it bring becomes facts.</summary>
    public sealed record PassJour(DateOnly Jour) : ContratCommand;

    /// <summary>L-01, L-02: the structure asks for renewal.</summary>
    public sealed record AskRenouvellement(DateOnly On) : ContratCommand;

    /// <param name="Reason">Of a refusal: the law asks for one.</param>
    public sealed record AnswerRenouvellement(bool Granted, string? Reason, DateOnly On) : ContratCommand;

    /// <summary>R-109, L-02: the evaluation took place.</summary>
    /// <param name="Numero">Which one, from 1.</param>
    /// <param name="Bilan">What it says; null where only its day is known. It may be given later, once.</param>
    public sealed record RecordEvaluation(int Numero, DateOnly On, Bilan? Bilan = null) : ContratCommand;

    /// <summary>R-043: what an indicateur was in a year. Given again with another value or source, it corrects.</summary>
    /// <param name="Indicateur">Its rank in the engagement, from 1.</param>
    /// <param name="Request">The caller's own name for it: said again after a later correction, it corrects nothing.</param>
    public sealed record RecordValeur(int Engagement, int Indicateur, int Annee, string Valeur, string Source, DateOnly On, string? Request = null) : ContratCommand;

    /// <summary>Sent by the reactions to the former contrat: the one that renews it is in force .</summary>
    public sealed record NoteRenewed(string By, DateOnly DateEffet, DateOnly On) : ContratCommand;

    /// <summary>Sent by the reactions to the contrat of socle commun that bridged: the one signed again in its place is signed by both .</summary>
    public sealed record EndRelais(string By, DateOnly DateEffet) : ContratCommand;

    /// <summary>R-110: the structure has sent the report that renewal starts with.</summary>
    public sealed record RecordRapportFinal(Bilan Bilan, DateOnly On) : ContratCommand;

    /// <summary>Sent by the reactions: a procedure ends with the termination of the contrat (L-11).</summary>
    public sealed record Terminate(string Procedure, DateOnly DateEffet) : ContratCommand;

    /// <summary>Sent by the reactions: a procedure ends with its modification .</summary>
    public sealed record RequireModification(string Procedure, string Objet, DateOnly On) : ContratCommand;

    /// <summary>R-101: without signature a year after the PRS.</summary>
    /// <param name="Prs">Null where no such PRS is known.</param>
    /// <param name="Generiques">Of each engagement that names an entry of the library, that entry as the library has it.</param>
    /// <param name="Pref">As of <see cref="Sign"/>.</param>
    public sealed record FixByArrete(Arrete Arrete, ValueList<Engagement> Engagements, PrsProof? Prs, ValueList<GeneriqueProof>? Generiques = null, string? Pref = null) : ContratCommand;

    /// <summary>R-008, R-091 to R-095: an instance was informed, gave its opinion, or voted.</summary>
    /// <param name="Avenant">Null for the contrat itself, here and below.</param>
    public sealed record RecordConsultation(int? Avenant, Consultation Consultation) : ContratCommand;

    /// <summary>R-118: at which level it is negotiated and validated.</summary>
    public sealed record SetNiveau(Niveau Niveau, DateOnly On, string? Motif = null) : ContratCommand;

    /// <summary>Sent by the reactions: what was said of the level of its entity .</summary>
    /// <param name="Revision">Which time it was said: a contrat follows each once, and none that is older.</param>
    public sealed record FollowNiveau(Niveau Niveau, string Motif, int Revision, DateOnly On) : ContratCommand;

    /// <summary>R-090: who answers for its content approves it.</summary>
    public sealed record Validate(int? Avenant, Role By, string Name, DateOnly On) : ContratCommand;

    /// <summary>R-062, R-121: it is sent for signature.</summary>
    public sealed record Transmit(int? Avenant, Document? Texte, DateOnly On) : ContratCommand;

    public sealed record RecordOriginaux(int? Avenant, OriginauxForme Forme, int Nombre, Document? Fichier, DateOnly On) : ContratCommand;

    public sealed record RecordArchive(int? Avenant, string Delegation, Document Scan, DateOnly On) : ContratCommand;

    /// <summary>R-107, R-108: who is to tell which caisse.</summary>
    /// <param name="Departement">Of the entity, by the registers.</param>
    /// <param name="Caisse">Where it is another than the département's CPAM.</param>
    public sealed record AssignNotification(string Departement, string? Caisse, Notifiant By, string? Personne, DateOnly On) : ContratCommand;

    /// <summary>R-107: the caisse was told.</summary>
    public sealed record NotifyCaisse(string Departement, DateOnly On) : ContratCommand;

    /// <summary>R-106: somebody asks to be given the contrat.</summary>
    /// <param name="Reference">What the asker calls his request.</param>
    public sealed record RecordDemande(string Reference, string Demandeur, DateOnly On) : ContratCommand;

    public sealed record AnswerDemande(string Reference, bool Communicated, string? Reason, DateOnly On) : ContratCommand;

    /// <summary>L-05: a member gives notice that it leaves the contrat of its GHT.</summary>
    public sealed record NotifyRetrait(string Entite, string? Reference, DateOnly On) : ContratCommand;

    /// <summary>L-05: the director general fixes how it leaves.</summary>
    public sealed record FixRetrait(string Entite, RetraitModalites Modalites) : ContratCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(ContratOpened), "contrat-opened.1")]
[JsonDerivedType(typeof(SiteJoined), "contrat-site-joined.1")]
[JsonDerivedType(typeof(SiteLeft), "contrat-site-left.1")]
[JsonDerivedType(typeof(EngagementAdded), "engagement-added.1")]
[JsonDerivedType(typeof(EngagementRemoved), "engagement-removed.1")]
[JsonDerivedType(typeof(SocleLigneSet), "socle-ligne-set.1")]
[JsonDerivedType(typeof(SocleCaughtUp), "socle-caught-up.1")]
[JsonDerivedType(typeof(ContratSigned), "contrat-signed.1")]
[JsonDerivedType(typeof(ContratSignatureWithdrawn), "contrat-signature-withdrawn.1")]
[JsonDerivedType(typeof(ItemEnteredSocle), "item-entered-socle.1")]
[JsonDerivedType(typeof(ContratEnteredIntoForce), "contrat-entered-into-force.1")]
[JsonDerivedType(typeof(FinancementLinked), "financement-linked.1")]
[JsonDerivedType(typeof(ItemPended), "item-pended.1")]
[JsonDerivedType(typeof(ActWithoutEffect), "act-without-effect.1")]
[JsonDerivedType(typeof(ItemSuperseded), "item-superseded.1")]
[JsonDerivedType(typeof(ItemCancelled), "item-cancelled.1")]
[JsonDerivedType(typeof(ItemRebased), "item-rebased.1")]
[JsonDerivedType(typeof(ItemDismissed), "item-dismissed.1")]
[JsonDerivedType(typeof(EngagementFlagged), "engagement-flagged.1")]
[JsonDerivedType(typeof(EngagementFlagCleared), "engagement-flag-cleared.1")]
[JsonDerivedType(typeof(FinancementFlagged), "financement-flagged.1")]
[JsonDerivedType(typeof(FinancementFlagCleared), "financement-flag-cleared.1")]
[JsonDerivedType(typeof(AvenantOpened), "avenant-opened.1")]
[JsonDerivedType(typeof(AvenantEngagementChanged), "avenant-engagement-changed.1")]
[JsonDerivedType(typeof(AvenantSigned), "avenant-signed.1")]
[JsonDerivedType(typeof(AvenantSignatureWithdrawn), "avenant-signature-withdrawn.1")]
[JsonDerivedType(typeof(AvenantIntegrated), "avenant-integrated.1")]
[JsonDerivedType(typeof(AvenantAbandoned), "avenant-abandoned.1")]
[JsonDerivedType(typeof(EcheanceReached), "echeance-reached.1")]
[JsonDerivedType(typeof(RenouvellementAsked), "renouvellement-asked.1")]
[JsonDerivedType(typeof(RenouvellementAnswered), "renouvellement-answered.1")]
[JsonDerivedType(typeof(RenouvellementGrantedTacitly), "renouvellement-granted-tacitly.1")]
[JsonDerivedType(typeof(EvaluationRecorded), "evaluation-recorded.1")]
[JsonDerivedType(typeof(ValeurRecorded), "valeur-recorded.1")]
[JsonDerivedType(typeof(EngagementAlerted), "engagement-alerted.1")]
[JsonDerivedType(typeof(RapportFinalRecorded), "rapport-final-recorded.1")]
[JsonDerivedType(typeof(ContratTerminated), "contrat-terminated.1")]
[JsonDerivedType(typeof(ModificationRequired), "contrat-modification-required.1")]
[JsonDerivedType(typeof(ArreteFixed), "contrat-arrete-fixed.1")]
[JsonDerivedType(typeof(AccordRecorded), "accord-recorded.1")]
[JsonDerivedType(typeof(ConsultationRecorded), "consultation-recorded.1")]
[JsonDerivedType(typeof(NiveauSet), "contrat-niveau-set.1")]
[JsonDerivedType(typeof(Validated), "contrat-validated.1")]
[JsonDerivedType(typeof(Transmitted), "contrat-transmitted.1")]
[JsonDerivedType(typeof(OriginauxRecorded), "originaux-recorded.1")]
[JsonDerivedType(typeof(ArchiveRecorded), "archive-recorded.1")]
[JsonDerivedType(typeof(NotificationAssigned), "notification-assigned.1")]
[JsonDerivedType(typeof(CaisseNotified), "caisse-notified.1")]
[JsonDerivedType(typeof(DemandeRecorded), "demande-acces-recorded.1")]
[JsonDerivedType(typeof(DemandeAnswered), "demande-acces-answered.1")]
[JsonDerivedType(typeof(ContratRenewed), "contrat-renewed.1")]
[JsonDerivedType(typeof(ContratReplaced), "contrat-replaced.1")]
[JsonDerivedType(typeof(RelaisEnded), "contrat-relais-ended.1")]
[JsonDerivedType(typeof(RetraitNotified), "contrat-retrait-notified.1")]
[JsonDerivedType(typeof(RetraitFixed), "contrat-retrait-fixed.1")]
[JsonDerivedType(typeof(MembreWithdrawn), "contrat-membre-withdrawn.1")]
[JsonDerivedType(typeof(ContratAbandoned), "contrat-abandoned.1")]
public abstract record ContratEvent(DateOnly ValidOn) : IFact
{
    public sealed record ContratOpened(DateOnly ValidOn, Fiche Fiche, ValueList<string> Sites, Reconduction? Reconduction = null, ContratGroupe? Groupe = null) : ContratEvent(ValidOn);

    public sealed record SiteJoined(DateOnly ValidOn, string Site) : ContratEvent(ValidOn);

    public sealed record SiteLeft(DateOnly ValidOn, string Site) : ContratEvent(ValidOn);

    public sealed record EngagementAdded(DateOnly ValidOn, Engagement Engagement) : ContratEvent(ValidOn);

    public sealed record EngagementRemoved(DateOnly ValidOn, int Number) : ContratEvent(ValidOn);

    /// <summary>An act changed the socle commun of a contrat that is still a project.</summary>
    public sealed record SocleLigneSet(DateOnly ValidOn, Act Act, bool Shared) : ContratEvent(ValidOn);

    public sealed record SocleCaughtUp(DateOnly ValidOn) : ContratEvent(ValidOn);

    /// <param name="Paraphes">Null in what was stored before initials were asked for, and in a reprise.</param>
    /// <param name="Reprise">True or absent.</param>
    public sealed record ContratSigned(DateOnly ValidOn, Signatory Party, string Name, ValueList<int>? Paraphes = null, bool? Reprise = null) : ContratEvent(ValidOn);

    public sealed record ContratSignatureWithdrawn(DateOnly ValidOn, string Reason) : ContratEvent(ValidOn);

    /// <summary>An act that waited for the signature to be followed by an avenant is in the project's socle commun: its text is open again.</summary>
    public sealed record ItemEnteredSocle(DateOnly ValidOn, string ItemId) : ContratEvent(ValidOn);

    public sealed record ContratEnteredIntoForce(DateOnly ValidOn) : ContratEvent(ValidOn);

    public sealed record FinancementLinked(DateOnly ValidOn, string LigneFinancement, string LigneRc) : ContratEvent(ValidOn);

    /// <param name="Expected">What the contrat itself will say of the line before this item: the consolidated line, after the avenants under way.</param>
    /// <param name="Conflict">The act's own "before" is something else.</param>
    public sealed record ItemPended(DateOnly ValidOn, Act Act, Ligne? Expected, bool Conflict, bool Shared) : ContratEvent(ValidOn);

    /// <summary>The contrat already says what the act says.</summary>
    public sealed record ActWithoutEffect(DateOnly ValidOn, string ActId) : ContratEvent(ValidOn);

    public sealed record ItemSuperseded(DateOnly ValidOn, string ItemId, string By) : ContratEvent(ValidOn);

    public sealed record ItemCancelled(DateOnly ValidOn, string ItemId, string By) : ContratEvent(ValidOn);

    /// <summary>What comes before the item on its line has changed.</summary>
    public sealed record ItemRebased(DateOnly ValidOn, string ItemId, Ligne? Expected, bool Conflict) : ContratEvent(ValidOn);

    public sealed record ItemDismissed(DateOnly ValidOn, string ItemId, string Reason) : ContratEvent(ValidOn);

    public sealed record EngagementFlagged(DateOnly ValidOn, int Number, [property: JsonPropertyName("ligneRc")] string Contrepartie, string ActId)
        : ContratEvent(ValidOn);

    public sealed record EngagementFlagCleared(DateOnly ValidOn, int Number, [property: JsonPropertyName("ligneRc")] string Contrepartie, string ActId)
        : ContratEvent(ValidOn);

    public sealed record FinancementFlagged(DateOnly ValidOn, string LigneFinancement, string LigneRc, string ActId) : ContratEvent(ValidOn);

    public sealed record FinancementFlagCleared(DateOnly ValidOn, string LigneFinancement, string LigneRc, string ActId) : ContratEvent(ValidOn);

    public sealed record AvenantOpened(DateOnly ValidOn, int Number, ContratCommand.OpenAvenant Request, ValueList<string> Items) : ContratEvent(ValidOn);

    public sealed record AvenantEngagementChanged(DateOnly ValidOn, int Number, EngagementChange Change) : ContratEvent(ValidOn);

    /// <param name="Paraphes">Null in what was stored before initials were asked for.</param>
    public sealed record AvenantSigned(DateOnly ValidOn, int Number, Signatory Party, string Name, ValueList<int>? Paraphes = null) : ContratEvent(ValidOn);

    public sealed record AvenantSignatureWithdrawn(DateOnly ValidOn, int Number, string Reason) : ContratEvent(ValidOn);

    public sealed record AvenantIntegrated(DateOnly ValidOn, int Number) : ContratEvent(ValidOn);

    public sealed record AvenantAbandoned(DateOnly ValidOn, int Number, string Reason) : ContratEvent(ValidOn);

    /// <summary>Time has brought an échéance to a stage: once each, on the day on which it came there, whenever a clock told it.</summary>
    /// <param name="DueOn">As it was counted then: where it is moved later, its stages come again.</param>
    public sealed record EcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : ContratEvent(ValidOn);

    public sealed record RenouvellementAsked(DateOnly ValidOn) : ContratEvent(ValidOn);

    public sealed record RenouvellementAnswered(DateOnly ValidOn, bool Granted, string? Reason) : ContratEvent(ValidOn);

    /// <summary>L-02: four months have passed without an answer.</summary>
    public sealed record RenouvellementGrantedTacitly(DateOnly ValidOn) : ContratEvent(ValidOn);

    public sealed record EvaluationRecorded(DateOnly ValidOn, int Numero, Bilan? Bilan = null) : ContratEvent(ValidOn);

    /// <param name="Request">Null where it had no name of its own, as before there were any.</param>
    public sealed record ValeurRecorded(DateOnly ValidOn, int Engagement, int Indicateur, int Annee, string Valeur, string Source, string? Request = null) : ContratEvent(ValidOn);

    /// <summary>A value that has just been recorded is behind its cible.</summary>
    public sealed record EngagementAlerted(DateOnly ValidOn, int Engagement, int Indicateur, int Annee, EngagementStatut Statut) : ContratEvent(ValidOn);

    public sealed record RapportFinalRecorded(DateOnly ValidOn, Bilan Bilan) : ContratEvent(ValidOn);

    /// <summary>From that day on the contrat is no longer in force.</summary>
    public sealed record ContratTerminated(DateOnly ValidOn, string Procedure) : ContratEvent(ValidOn);

    public sealed record ModificationRequired(DateOnly ValidOn, string Procedure, string Objet) : ContratEvent(ValidOn);

    /// <summary>The engagements recorded just before are the arrêté's.</summary>
    public sealed record ArreteFixed(DateOnly ValidOn, Arrete Arrete, string Prs) : ContratEvent(ValidOn);

    /// <param name="Engagements">Null where they are negotiated again.</param>
    /// <param name="Avenant">The avenant that was opened for them, where they come to a contrat in force.</param>
    public sealed record AccordRecorded(DateOnly ValidOn, string Negociation, int Version, ValueList<Engagement>? Engagements, int? Avenant) : ContratEvent(ValidOn);

    public sealed record ConsultationRecorded(DateOnly ValidOn, int? Avenant, Consultation Consultation) : ContratEvent(ValidOn);

    /// <param name="Motif">Why; null where the négociation that it comes of says it, or the contrat that it renews.</param>
    /// <param name="Revision">Of what was said of its entity; null where it was said of the contrat alone.</param>
    public sealed record NiveauSet(DateOnly ValidOn, Niveau Niveau, string? Motif = null, int? Revision = null) : ContratEvent(ValidOn);

    public sealed record Validated(DateOnly ValidOn, int? Avenant, Role By, string Name) : ContratEvent(ValidOn);

    public sealed record Transmitted(DateOnly ValidOn, int? Avenant, Document? Texte) : ContratEvent(ValidOn);

    public sealed record OriginauxRecorded(DateOnly ValidOn, int? Avenant, OriginauxForme Forme, int Nombre, Document? Fichier) : ContratEvent(ValidOn);

    public sealed record ArchiveRecorded(DateOnly ValidOn, int? Avenant, string Delegation, Document Scan) : ContratEvent(ValidOn);

    public sealed record NotificationAssigned(DateOnly ValidOn, string Caisse, Notifiant By, string? Personne) : ContratEvent(ValidOn);

    public sealed record CaisseNotified(DateOnly ValidOn, string Caisse) : ContratEvent(ValidOn);

    public sealed record DemandeRecorded(DateOnly ValidOn, string Reference, string Demandeur) : ContratEvent(ValidOn);

    public sealed record DemandeAnswered(DateOnly ValidOn, string Reference, bool Communicated, string? Reason) : ContratEvent(ValidOn);

    /// <summary>R-111: it goes on as another contrat, which is in force.</summary>
    public sealed record ContratRenewed(DateOnly ValidOn, string By, DateOnly DateEffet) : ContratEvent(ValidOn);

    /// <summary>R-088: from that day on the contrat signed again is in force in its place. That day may be to come.</summary>
    public sealed record ContratReplaced(DateOnly ValidOn, string By) : ContratEvent(ValidOn);

    /// <summary>R-088: that day has begun; what still waited is given up by the events after it.</summary>
    public sealed record RelaisEnded(DateOnly ValidOn, string By) : ContratEvent(ValidOn);

    public sealed record RetraitNotified(DateOnly ValidOn, string Entite, string? Reference) : ContratEvent(ValidOn);

    public sealed record RetraitFixed(DateOnly ValidOn, string Entite, RetraitModalites Modalites) : ContratEvent(ValidOn);

    /// <summary>From that day on the contrat is without this member and its sites.</summary>
    public sealed record MembreWithdrawn(DateOnly ValidOn, string Entite) : ContratEvent(ValidOn);

    public sealed record ContratAbandoned(DateOnly ValidOn, string Reason) : ContratEvent(ValidOn);
}
