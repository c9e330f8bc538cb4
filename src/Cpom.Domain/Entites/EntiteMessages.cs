using System.Text.Json.Serialization;
using Cpom.Domain.Acts;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Entites;

/// <summary>What the registers say of a legal entity (FINESS EJ), beyond its number.</summary>
/// <param name="Statut">Code of statut juridique (TRE-R72/R400).</param>
public sealed record EntiteIdentite(string Nom, string? Statut, string? Siren, string? Commune, string? Departement);

public abstract record EntiteCommand : AuteurCommand
{
    private EntiteCommand() { }

    public sealed record Register(string Finess, EntiteIdentite Identite, DateOnly ValidOn, DateOnly? ClosedOn, DateOnly AsOf) : EntiteCommand;

    /// <summary>Movements of money notified to the entity or to one of its sites. Never complete: what is absent is not undone.</summary>
    public sealed record StateFinancements(string Finess, DateOnly AsOf, ValueList<LigneStatement> Lignes) : EntiteCommand;

    /// <summary>
    /// Sent by the reactions: all that waits under a site's number, in order. It may come again after a crash, when the ledger has been told
    /// otherwise since: a line whose last content here was recorded before is left as it is.
    /// </summary>
    public sealed record ReceiveForwarded(StateFinancements Statement) : EntiteCommand;

    /// <summary>Sent by the reactions: the number that movements wait under is a site's; they have gone to the site's entity.</summary>
    public sealed record ForwardHeld(string To, DateOnly AsOf) : EntiteCommand;

    /// <summary>The entity must have a contrat and has none in force: an alert for its délégation.</summary>
    public sealed record RequireContrat(string Rule, string Reason, DateOnly AsOf) : EntiteCommand;

    /// <summary>A contrat of the entity is in force.</summary>
    public sealed record NoteContratInForce(string Contrat, DateOnly ValidOn, DateOnly DateFin) : EntiteCommand;

    /// <summary>Sent by the reactions: a contrat of the entity is terminated.</summary>
    /// <param name="DateEffet">The first day on which it is no longer in force.</param>
    public sealed record NoteContratTerminated(string Contrat, DateOnly DateEffet) : EntiteCommand;

    /// <summary>R-103: a private for-profit hospital stays without contrat.</summary>
    public sealed record DeclareHorsContrat(string Motif, DateOnly On) : EntiteCommand;

    /// <summary>It was declared by mistake, or the hospital asks for a contrat after all.</summary>
    public sealed record WithdrawHorsContrat(string Motif, DateOnly On) : EntiteCommand;

    /// <summary>R-124: another contract of the entity with the agency.</summary>
    public sealed record RecordAutreContrat(AutreContratFiche Fiche) : EntiteCommand;

    /// <summary>It ends before its term.</summary>
    public sealed record EndAutreContrat(string Numero, string Motif, DateOnly On) : EntiteCommand;

    /// <summary>R-118: at which level the agency negotiates with the entity, and why.</summary>
    public sealed record SetNiveau(Niveau Niveau, string Motif, DateOnly On) : EntiteCommand;

    /// <param name="Numero">The clause under which it is concluded .</param>
    public sealed record ConcludeClinicien(string Numero, ContratDeClinicien Clinicien) : EntiteCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(EntiteRegistered), "entite-registered.1")]
[JsonDerivedType(typeof(EntiteIdentiteChanged), "entite-identite-changed.1")]
[JsonDerivedType(typeof(EntiteClosed), "entite-closed.1")]
[JsonDerivedType(typeof(EntiteReopened), "entite-reopened.1")]
[JsonDerivedType(typeof(FinancementsHeld), "entite-financements-held.1")]
[JsonDerivedType(typeof(FinancementsForwarded), "entite-financements-forwarded.1")]
[JsonDerivedType(typeof(FinancementNotified), "financement-notified.1")]
[JsonDerivedType(typeof(FinancementCorrected), "financement-corrected.1")]
[JsonDerivedType(typeof(FinancementCancelled), "financement-cancelled.1")]
[JsonDerivedType(typeof(ContratRequired), "contrat-required.1")]
[JsonDerivedType(typeof(ContratRequirementMet), "contrat-requirement-met.1")]
[JsonDerivedType(typeof(ContratLeftForce), "contrat-left-force.1")]
[JsonDerivedType(typeof(HorsContratDeclared), "hors-contrat-declared.1")]
[JsonDerivedType(typeof(HorsContratWithdrawn), "hors-contrat-withdrawn.1")]
[JsonDerivedType(typeof(AutreContratRecorded), "autre-contrat-recorded.1")]
[JsonDerivedType(typeof(AutreContratEnded), "autre-contrat-ended.1")]
[JsonDerivedType(typeof(ClinicienConcluded), "clinicien-concluded.1")]
[JsonDerivedType(typeof(EntiteNiveauSet), "entite-niveau-set.1")]
public abstract record EntiteEvent(DateOnly ValidOn) : IFact
{
    public sealed record EntiteRegistered(DateOnly ValidOn, string Finess, EntiteIdentite Identite) : EntiteEvent(ValidOn);

    public sealed record EntiteIdentiteChanged(DateOnly ValidOn, EntiteIdentite Identite) : EntiteEvent(ValidOn);

    public sealed record EntiteClosed(DateOnly ValidOn) : EntiteEvent(ValidOn);

    public sealed record EntiteReopened(DateOnly ValidOn) : EntiteEvent(ValidOn);

    /// <summary>Movements that wait in quarantine until the entity becomes known.</summary>
    public sealed record FinancementsHeld(DateOnly ValidOn, EntiteCommand.StateFinancements Statement) : EntiteEvent(ValidOn);

    public sealed record FinancementsForwarded(DateOnly ValidOn, string To) : EntiteEvent(ValidOn);

    public sealed record FinancementNotified(DateOnly ValidOn, string LigneId, int Revision, Ligne After, Cause Cause)
        : EntiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => null;

        Ligne? ILigneFact.After => After;
    }

    public sealed record FinancementCorrected(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Ligne After, Cause Cause)
        : EntiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => After;
    }

    public sealed record FinancementCancelled(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Cause Cause)
        : EntiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => null;
    }

    public sealed record ContratRequired(DateOnly ValidOn, string Rule, string Reason) : EntiteEvent(ValidOn);

    public sealed record ContratRequirementMet(DateOnly ValidOn, string Contrat, DateOnly DateFin) : EntiteEvent(ValidOn);

    /// <summary>The contrat is terminated: from that day on it is not in force.</summary>
    public sealed record ContratLeftForce(DateOnly ValidOn, string Contrat) : EntiteEvent(ValidOn);

    public sealed record HorsContratDeclared(DateOnly ValidOn, string Motif) : EntiteEvent(ValidOn);

    public sealed record HorsContratWithdrawn(DateOnly ValidOn, string Motif) : EntiteEvent(ValidOn);

    public sealed record AutreContratRecorded(DateOnly ValidOn, AutreContratFiche Fiche) : EntiteEvent(ValidOn);

    public sealed record AutreContratEnded(DateOnly ValidOn, string Numero, string Motif) : EntiteEvent(ValidOn);

    public sealed record ClinicienConcluded(DateOnly ValidOn, string Numero, ContratDeClinicien Clinicien) : EntiteEvent(ValidOn);

    /// <param name="Revision">From 1: how often it was said of the entity, by which a contrat knows what it has followed.</param>
    public sealed record EntiteNiveauSet(DateOnly ValidOn, Niveau Niveau, string Motif, int Revision) : EntiteEvent(ValidOn);
}
