using System.Text.Json.Serialization;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Ghts;

[JsonConverter(typeof(JsonStringEnumConverter<GhtRole>))]
public enum GhtRole
{
    [JsonStringEnumMemberName("membre")] Membre = 1,
    [JsonStringEnumMemberName("support")] Support = 2,
}

public sealed record GhtMembre(string Entite, GhtRole Role);

/// <summary>Who is heard before the one contrat of a group is signed (L-05).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GhtInstance>))]
public enum GhtInstance
{
    [JsonStringEnumMemberName("comite-strategique")] ComiteStrategique = 1,

    /// <summary>Commission médicale de groupement.</summary>
    [JsonStringEnumMemberName("commission-medicale")] CommissionMedicale = 2,

    /// <summary>Of that commission: his opinion gives its grounds.</summary>
    [JsonStringEnumMemberName("president-commission-medicale")] PresidentCommissionMedicale = 3,
}

/// <summary>How a group became a legal person (L-06).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonnaliteForme>))]
public enum PersonnaliteForme
{
    [JsonStringEnumMemberName("fusion")] Fusion = 1,

    /// <summary>Groupement de coopération sanitaire.</summary>
    [JsonStringEnumMemberName("gcs")] Gcs = 2,
}

/// <summary>One instance was heard.</summary>
/// <param name="Motifs">The grounds of the opinion.</param>
/// <param name="Piece">The opinion itself.</param>
public sealed record GhtAvis(GhtInstance Instance, DateOnly On, string? Reference = null, string? Motifs = null, Document? Piece = null);

/// <summary>What one member has voted about the legal personality of its group.</summary>
/// <param name="Reference">Of the minutes, as people write it.</param>
public sealed record Deliberation(string Entite, string Reference, DateOnly On);

public abstract record GhtCommand : AuteurCommand
{
    private GhtCommand() { }

    /// <summary>The structures file describes the group and its members on a day.</summary>
    /// <param name="Whole">These are all of them: one that is known and not stated has left.</param>
    public sealed record State(string Code, string Nom, DateOnly ValidOn, ValueList<GhtMembre> Membres, DateOnly AsOf, bool Whole = true) : GhtCommand;

    /// <summary>L-05: the director of one member asks for one contrat of the whole group. When all have asked, the agency has received the request.</summary>
    /// <param name="Deliberation">Of the member, as people write it, where it has voted.</param>
    public sealed record AskContratUnique(string Entite, string Directeur, string? Deliberation, DateOnly On) : GhtCommand;

    /// <summary>L-05: the director general allows it, or refuses.</summary>
    public sealed record AnswerContratUnique(bool Granted, string? Reason, DateOnly On) : GhtCommand;

    /// <summary>L-05: an instance of the group has given its opinion on the contrat.</summary>
    public sealed record RecordAvis(GhtAvis Avis) : GhtCommand;

    /// <summary>L-06: the group is a legal person of its own.</summary>
    /// <param name="Entite">Its FINESS EJ.</param>
    /// <param name="Deliberations">Concordant, of each member.</param>
    public sealed record AcquirePersonnalite(string Entite, PersonnaliteForme Forme, ValueList<Deliberation> Deliberations, DateOnly On) : GhtCommand;

    /// <summary>Sent by the clock: that day has begun.</summary>
    public sealed record PassJour(DateOnly Jour) : GhtCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(GhtRegistered), "ght-registered.1")]
[JsonDerivedType(typeof(GhtRenamed), "ght-renamed.1")]
[JsonDerivedType(typeof(MembreJoined), "ght-membre-joined.1")]
[JsonDerivedType(typeof(MembreLeft), "ght-membre-left.1")]
[JsonDerivedType(typeof(DemandeMade), "ght-demande-made.1")]
[JsonDerivedType(typeof(DemandeReceived), "ght-demande-received.1")]
[JsonDerivedType(typeof(DemandeAnswered), "ght-demande-answered.1")]
[JsonDerivedType(typeof(DemandeRefusedTacitly), "ght-demande-refused-tacitly.1")]
[JsonDerivedType(typeof(GhtAvisRecorded), "ght-avis-recorded.1")]
[JsonDerivedType(typeof(PersonnaliteAcquired), "ght-personnalite-acquired.1")]
[JsonDerivedType(typeof(GhtEcheanceReached), "ght-echeance-reached.1")]
public abstract record GhtEvent(DateOnly ValidOn) : IFact
{
    public sealed record GhtRegistered(DateOnly ValidOn, string Code, string Nom) : GhtEvent(ValidOn);

    public sealed record GhtRenamed(DateOnly ValidOn, string Nom) : GhtEvent(ValidOn);

    public sealed record MembreJoined(DateOnly ValidOn, string Entite, GhtRole Role) : GhtEvent(ValidOn);

    public sealed record MembreLeft(DateOnly ValidOn, string Entite) : GhtEvent(ValidOn);

    /// <summary>One member has asked for the one contrat. After a refusal it begins a new request.</summary>
    public sealed record DemandeMade(DateOnly ValidOn, string Entite, string Directeur, string? Deliberation) : GhtEvent(ValidOn);

    /// <summary>All members have: the director general has a month.</summary>
    public sealed record DemandeReceived(DateOnly ValidOn, ValueList<string> Membres) : GhtEvent(ValidOn);

    public sealed record DemandeAnswered(DateOnly ValidOn, bool Granted, string? Reason) : GhtEvent(ValidOn);

    /// <summary>A month has passed without an answer.</summary>
    public sealed record DemandeRefusedTacitly(DateOnly ValidOn) : GhtEvent(ValidOn);

    public sealed record GhtAvisRecorded(DateOnly ValidOn, GhtAvis Avis) : GhtEvent(ValidOn);

    public sealed record PersonnaliteAcquired(DateOnly ValidOn, string Entite, PersonnaliteForme Forme, ValueList<Deliberation> Deliberations) : GhtEvent(ValidOn);

    public sealed record GhtEcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : GhtEvent(ValidOn);
}
