using System.Text.Json.Serialization;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Negociations;

public abstract record NegociationCommand : AuteurCommand
{
    private NegociationCommand() { }

    /// <param name="Departements">Those in which the structures have sites: the proof that each délégation takes part .</param>
    /// <param name="Nominations">What the campaign says of the structures; empty out of campaign.</param>
    public sealed record Open(NegociationFiche Fiche, ValueList<string> Departements, ValueList<Nomination> Nominations, DateOnly On) : NegociationCommand;

    public sealed record ChangeNegociateur(string Negociateur, DateOnly On) : NegociationCommand;

    /// <summary>R-077: the structures have received the report's frame. Its day is J.</summary>
    public sealed record ReceiveTrame(DateOnly On) : NegociationCommand;

    /// <param name="Redacteur">Who holds the pen, for people; null where nobody says.</param>
    public sealed record WriteSection(string Entite, Section Section, DateOnly On, string? Redacteur = null) : NegociationCommand;

    /// <summary>R-041.</summary>
    public sealed record DefineIndicateur(string Entite, IndicateurDefini Indicateur, DateOnly On) : NegociationCommand;

    /// <summary>R-066, R-010.</summary>
    public sealed record AttachNote(Note Note, DateOnly On) : NegociationCommand;

    /// <summary>The agency has received what the structure wrote, which is then closed to the structure.</summary>
    /// <param name="Volets">These and no others; none for the whole report, which is then complete .</param>
    public sealed record HandOverRapport(string Entite, DateOnly On, ValueList<Volet>? Volets = null) : NegociationCommand;

    /// <summary>The agency gives back what it has not shared yet.</summary>
    /// <param name="Volets">These and no others; none for the whole report, which is then no longer complete.</param>
    public sealed record ReturnRapport(string Entite, string Reason, DateOnly On, ValueList<Volet>? Volets = null) : NegociationCommand;

    /// <summary>R-067: the agency has added its analysis; what is shared is that of both.</summary>
    /// <param name="Volets">These and no others; none for the whole diagnosis.</param>
    public sealed record ShareDiagnostic(string Entite, DateOnly On, ValueList<Volet>? Volets = null) : NegociationCommand;

    /// <summary>R-068.</summary>
    public sealed record RecordRencontre(string? CompteRendu, DateOnly On) : NegociationCommand;

    /// <summary>R-070 to R-072.</summary>
    /// <param name="Numero">1 to 10.</param>
    public sealed record AnswerQuestion(string Entite, int Numero, bool Oui, string? Commentaire, DateOnly On) : NegociationCommand;

    public sealed record WriteSynthese(string Entite, Synthese Synthese, DateOnly On) : NegociationCommand;

    /// <param name="SitesOfEntite">The proof that the engagement is on the structure or on its sites .</param>
    /// <param name="Proof">The entry of the library that it names, as the library has it .</param>
    public sealed record ProposeEngagement(string Entite, RapportAuteur By, Engagement Engagement, ValueList<string> SitesOfEntite, DateOnly On, Generique? Proof = null) : NegociationCommand;

    public sealed record WithdrawEngagement(string Entite, int Number, DateOnly On) : NegociationCommand;

    /// <summary>R-075: one party accepts the engagements as they stand. Once both have, they are what the contrat says.</summary>
    public sealed record AcceptSynthese(string Entite, RapportAuteur By, DateOnly On) : NegociationCommand;

    /// <summary>Before the contrat is signed: what was accepted is negotiated again.</summary>
    public sealed record ReopenSynthese(string Entite, string Reason, DateOnly On) : NegociationCommand;

    /// <summary>R-082, R-083: steps 3 to 5 have ninety days more.</summary>
    /// <param name="Rang">The first, the second…</param>
    /// <param name="Agreed">Both parties want it.</param>
    public sealed record Prolong(int Rang, string Motif, bool Agreed, DateOnly On) : NegociationCommand;

    /// <summary>R-011, R-086, R-088: what becomes of what is accepted.</summary>
    /// <param name="Contrat">The number of the contrat to come; null for an avenant.</param>
    /// <param name="Ouvert">The proof of which contrat of this négociation is open for the structure; null while none is.</param>
    /// <param name="Bridges">The proof of whether the contrat before it is one of socle commun; null where there is none, or none that the platform knows.</param>
    public sealed record ChooseIssue(string Entite, NegociationIssue Issue, string? Contrat, DateOnly On, string? Ouvert = null, bool? Bridges = null) : NegociationCommand;

    /// <summary>Sent by the reactions: a party has signed what came of it, or has taken that back.</summary>
    public sealed record NoteSignature(string Entite, Signatory Party, DateOnly? SignedOn, DateOnly On) : NegociationCommand;

    public sealed record Abandon(string Reason, DateOnly On) : NegociationCommand;

    /// <summary>Sent by the clock: that day has begun.</summary>
    public sealed record PassJour(DateOnly Jour) : NegociationCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(NegociationOpened), "negociation-opened.1")]
[JsonDerivedType(typeof(NegociateurChanged), "negociateur-changed.1")]
[JsonDerivedType(typeof(TrameReceived), "trame-received.1")]
[JsonDerivedType(typeof(SectionWritten), "section-written.1")]
[JsonDerivedType(typeof(IndicateurDefined), "indicateur-defined.1")]
[JsonDerivedType(typeof(NoteAttached), "note-attached.1")]
[JsonDerivedType(typeof(VoletsHandedOver), "volets-handed-over.1")]
[JsonDerivedType(typeof(VoletsReturned), "volets-returned.1")]
[JsonDerivedType(typeof(VoletsShared), "volets-shared.1")]
[JsonDerivedType(typeof(RapportHandedOver), "rapport-handed-over.1")]
[JsonDerivedType(typeof(RapportReturned), "rapport-returned.1")]
[JsonDerivedType(typeof(DiagnosticShared), "diagnostic-shared.1")]
[JsonDerivedType(typeof(RencontreRecorded), "rencontre-recorded.1")]
[JsonDerivedType(typeof(QuestionAnswered), "question-answered.1")]
[JsonDerivedType(typeof(SyntheseWritten), "synthese-written.1")]
[JsonDerivedType(typeof(EngagementProposed), "engagement-proposed.1")]
[JsonDerivedType(typeof(EngagementWithdrawn), "engagement-withdrawn.1")]
[JsonDerivedType(typeof(SyntheseAcceptedBy), "synthese-accepted-by.1")]
[JsonDerivedType(typeof(SyntheseAccepted), "synthese-accepted.1")]
[JsonDerivedType(typeof(SyntheseReopened), "synthese-reopened.1")]
[JsonDerivedType(typeof(NegociationProlonged), "negociation-prolonged.1")]
[JsonDerivedType(typeof(IssueChosen), "issue-chosen.1")]
[JsonDerivedType(typeof(SignatureNoted), "signature-noted.1")]
[JsonDerivedType(typeof(NegociationAbandoned), "negociation-abandoned.1")]
[JsonDerivedType(typeof(NegociationEcheanceReached), "negociation-echeance-reached.1")]
public abstract record NegociationEvent(DateOnly ValidOn) : IFact
{
    public sealed record NegociationOpened(DateOnly ValidOn, NegociationFiche Fiche) : NegociationEvent(ValidOn);

    public sealed record NegociateurChanged(DateOnly ValidOn, string Negociateur) : NegociationEvent(ValidOn);

    public sealed record TrameReceived(DateOnly ValidOn) : NegociationEvent(ValidOn);

    public sealed record SectionWritten(DateOnly ValidOn, string Entite, Section Section, string? Redacteur = null) : NegociationEvent(ValidOn);

    public sealed record IndicateurDefined(DateOnly ValidOn, string Entite, IndicateurDefini Indicateur) : NegociationEvent(ValidOn);

    public sealed record NoteAttached(DateOnly ValidOn, Note Note) : NegociationEvent(ValidOn);

    /// <param name="Volets">In their order, as in what follows.</param>
    public sealed record VoletsHandedOver(DateOnly ValidOn, string Entite, ValueList<Volet> Volets) : NegociationEvent(ValidOn);

    public sealed record VoletsReturned(DateOnly ValidOn, string Entite, ValueList<Volet> Volets, string Reason) : NegociationEvent(ValidOn);

    public sealed record VoletsShared(DateOnly ValidOn, string Entite, ValueList<Volet> Volets) : NegociationEvent(ValidOn);

    /// <summary>The report is complete. Before volets had locks of their own (decision 0051) it also closed each of them.</summary>
    public sealed record RapportHandedOver(DateOnly ValidOn, string Entite) : NegociationEvent(ValidOn);

    /// <summary>All that the agency had not shared goes back, and the report is complete no more.</summary>
    public sealed record RapportReturned(DateOnly ValidOn, string Entite, string Reason) : NegociationEvent(ValidOn);

    /// <summary>Every volet that is written is shared.</summary>
    public sealed record DiagnosticShared(DateOnly ValidOn, string Entite) : NegociationEvent(ValidOn);

    public sealed record RencontreRecorded(DateOnly ValidOn, string? CompteRendu) : NegociationEvent(ValidOn);

    public sealed record QuestionAnswered(DateOnly ValidOn, string Entite, int Numero, bool Oui, string? Commentaire) : NegociationEvent(ValidOn);

    public sealed record SyntheseWritten(DateOnly ValidOn, string Entite, Synthese Synthese) : NegociationEvent(ValidOn);

    public sealed record EngagementProposed(DateOnly ValidOn, string Entite, RapportAuteur By, Engagement Engagement) : NegociationEvent(ValidOn);

    public sealed record EngagementWithdrawn(DateOnly ValidOn, string Entite, int Number) : NegociationEvent(ValidOn);

    public sealed record SyntheseAcceptedBy(DateOnly ValidOn, string Entite, RapportAuteur By) : NegociationEvent(ValidOn);

    /// <summary>Both have accepted.</summary>
    /// <param name="Version">Counts up with every acceptance and every reopening, so that what the contrat is told late is known to be old.</param>
    /// <param name="Engagements">By number.</param>
    public sealed record SyntheseAccepted(DateOnly ValidOn, string Entite, int Version, ValueList<Engagement> Engagements) : NegociationEvent(ValidOn);

    public sealed record SyntheseReopened(DateOnly ValidOn, string Entite, int Version, string Reason) : NegociationEvent(ValidOn);

    public sealed record NegociationProlonged(DateOnly ValidOn, int Rang, string Motif) : NegociationEvent(ValidOn);

    public sealed record IssueChosen(DateOnly ValidOn, string Entite, NegociationIssue Issue, string? Contrat) : NegociationEvent(ValidOn);

    /// <param name="SignedOn">Null where a signature was taken back.</param>
    public sealed record SignatureNoted(DateOnly ValidOn, string Entite, Signatory Party, DateOnly? SignedOn) : NegociationEvent(ValidOn);

    public sealed record NegociationAbandoned(DateOnly ValidOn, string Reason) : NegociationEvent(ValidOn);

    public sealed record NegociationEcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : NegociationEvent(ValidOn);
}
