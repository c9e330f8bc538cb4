using System.Text.Json.Serialization;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;

namespace Cpom.Domain.Sanctions;

/// <summary>By which procedure the agency answers a breach. All have the same clocks; they end differently.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ManquementKind>))]
public enum ManquementKind
{
    /// <summary>L-10 (R. 6114-10): engagements are not, or not wholly, carried out; it may end with a penalty.</summary>
    [JsonStringEnumMemberName("inexecution")] Inexecution = 1,

    /// <summary>L-11 (R. 6114-9): a grave breach; it may end with the modification or the termination of the contrat.</summary>
    [JsonStringEnumMemberName("grave")] Grave = 2,

    /// <summary>L-12 (R. 6114-17): of another health service; termination, funds given back, the contrat amended.</summary>
    [JsonStringEnumMemberName("autre-service")] AutreService = 3,

    /// <summary>L-09 (R. 1435-33): what FIR money was given for; the contract is amended or terminated, the money given back.</summary>
    [JsonStringEnumMemberName("fir")] Fir = 4,
}

/// <summary>How the structure was heard (L-10: in writing or by word of mouth).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ObservationForme>))]
public enum ObservationForme
{
    [JsonStringEnumMemberName("ecrite")] Ecrite = 1,
    [JsonStringEnumMemberName("orale")] Orale = 2,
}

/// <summary>How far a procedure is. In the order in which it goes, the ends last.</summary>
public enum ManquementEtape
{
    Constate = 1,
    MisEnDemeure = 2,
    Renouvele = 3,
    Sanctionne = 4,
    Notifie = 5,
    Recouvrement = 6,
    Solde = 7,
    Classe = 8,
}

/// <summary>A letter of the procedure.</summary>
/// <param name="Numero">The number under which the agency, or the structure, registers it.</param>
/// <param name="Document">The file that is it; null where it is kept elsewhere, which a reasoned decision may not be .</param>
/// <param name="Sha256">Of that file, in lowercase hexadecimal.</param>
public sealed record Courrier(string Numero, string? Document = null, string? Sha256 = null);

/// <summary>What was noticed, of which contract. Fixed: what follows rests on it.</summary>
/// <param name="Numero">The agency's number of the procedure.</param>
/// <param name="Contrat">Number of the contrat; of the convention, for FIR money that has one of its own.</param>
/// <param name="Engagements">The engagements that are not kept (L-10 and L-13 ask for at least one).</param>
/// <param name="Faits">What is the matter, in a few sentences.</param>
public sealed record Constat(string Numero, ManquementKind Kind, string Contrat, ValueList<int> Engagements, string Faits, DateOnly On);

/// <summary>The proof that a contract is the entity's and in force: read beside the actor, judged by it.</summary>
/// <param name="From">First day in force.</param>
/// <param name="To">Last day in force, after any termination.</param>
/// <param name="Convention">It is a FIR convention of the entity's register, and no contrat (L-09).</param>
public sealed record ContratProof(string Contrat, string Entite, DateOnly From, DateOnly To, ValueList<int> Engagements, bool Convention = false)
{
    /// <summary>A FIR convention as proof; null for another contract: its breach is a matter of its own clauses .</summary>
    public static ContratProof? Of(string entite, AutreContratInscrit? inscrit) => inscrit is { Fiche.Contrat: AutreContrat.ConventionFir }
        ? new(inscrit.Fiche.Numero, entite, inscrit.Fiche.From, inscrit.LastDay, [], Convention: true)
        : null;
}

/// <summary>R-116: what was tried before, the failure of which the procedure rests on.</summary>
public sealed record Dialogue(DateOnly On, string CompteRendu, Courrier? Courrier);

/// <param name="On">The day on which the structure received it: the month is counted from there.</param>
/// <param name="Motifs">R-114: its grounds.</param>
public sealed record MiseEnDemeure(DateOnly On, string Motifs, Courrier Courrier);

/// <summary>R-113: the other side, heard.</summary>
public sealed record Observations(DateOnly On, ObservationForme Forme, string Texte, Courrier? Courrier);

/// <summary>What the agency decides at the end .</summary>
[JsonDerivedType(typeof(Penalite), "penalite")]
[JsonDerivedType(typeof(Restitution), "restitution")]
[JsonDerivedType(typeof(Modification), "modification")]
[JsonDerivedType(typeof(Resiliation), "resiliation")]
public abstract record Sanction
{
    private Sanction() { }

    /// <summary>R-112: euros, under the ceiling of the year.</summary>
    public sealed record Penalite(decimal Montant) : Sanction;

    /// <summary>L-09, L-12: money given for what was not done. No penalty: the ceiling does not count it.</summary>
    public sealed record Restitution(decimal Montant) : Sanction;

    /// <summary>R-115: the contrat is to be amended so.</summary>
    public sealed record Modification(string Objet) : Sanction;

    /// <summary>L-11: the contrat ends; <paramref name="DateEffet"/> is the first day on which it is no longer in force.</summary>
    public sealed record Resiliation(DateOnly DateEffet) : Sanction;

    /// <summary>Euros to be paid; null for what costs nothing.</summary>
    [JsonIgnore]
    public decimal? Somme => this switch
    {
        Penalite p => p.Montant,
        Restitution r => r.Montant,
        _ => null,
    };
}

/// <param name="Annulation">Why it was taken back or annulled; null while it holds.</param>
public sealed record SanctionDecidee(DateOnly On, Sanction Sanction, string Motifs, Courrier Courrier, Annulation? Annulation = null);

public sealed record Annulation(DateOnly On, string Motif);

/// <summary>The month was renewed, once, by this letter.</summary>
public sealed record DelaiRenouvele(DateOnly On, string Motif, Courrier Courrier);

/// <summary>The structure has justified itself, or has corrected what was wrong: the procedure ends without sanction.</summary>
public sealed record Classement(DateOnly On, string Motif, Courrier Courrier);

/// <summary>The structure has received the decision that asks for a sum: the month to pay is counted from there. The letter is the proof of receipt.</summary>
public sealed record Notification(DateOnly On, Courrier Courrier);

public sealed record Paiement(DateOnly On, string Reference);

/// <summary>The fund recovers what was not paid.</summary>
public sealed record Recouvrement(DateOnly On, string Caisse, Courrier Courrier);

/// <summary>One procedure, from what was noticed to its end.</summary>
/// <param name="Rang">Which one of the entity, from 1.</param>
public sealed record Manquement(
    int Rang,
    Constat Constat,
    ValueList<Dialogue> Dialogues,
    MiseEnDemeure? MiseEnDemeure,
    DelaiRenouvele? Renouvellement,
    ValueList<Observations> Observations,
    Classement? Classement,
    ValueList<SanctionDecidee> Sanctions,
    Notification? Notification,
    Paiement? Paiement,
    Recouvrement? Recouvrement)
{
    public static Manquement Of(int rang, Constat constat) => new(rang, constat, [], null, null, [], null, [], null, null, null);

    /// <summary>The last day on which the structure may justify itself; null before it has been put on notice. Renewed, it is counted in one go.</summary>
    public DateOnly? ReponseDueOn => MiseEnDemeure is { } lettre
        ? Delai.OfMois(Renouvellement is null ? Limits.MiseEnDemeureDelaiMonths : 2 * Limits.MiseEnDemeureDelaiMonths).After(lettre.On)
        : null;

    public DateOnly? PaiementDueOn => Notification is { } notification ? Delai.OfMois(Limits.PaiementDelaiMonths).After(notification.On) : null;

    /// <summary>The sum asked for that still holds.</summary>
    public SanctionDecidee? Somme => Sanctions.FirstOrDefault(s => s.Sanction.Somme is not null && s.Annulation is null);

    /// <summary>Nothing more is to come of it.</summary>
    public bool IsEnded => Etape is ManquementEtape.Solde or ManquementEtape.Classe;

    public ManquementEtape Etape => this switch
    {
        { Classement: not null } => ManquementEtape.Classe,
        { Paiement: not null } => ManquementEtape.Solde,
        { Recouvrement: not null, Somme: not null } => ManquementEtape.Recouvrement,
        { Notification: not null, Somme: not null } => ManquementEtape.Notifie,
        { Somme: not null } => ManquementEtape.Sanctionne,
        { Sanctions.Count: > 0 } => ManquementEtape.Solde,
        { Renouvellement: not null } => ManquementEtape.Renouvele,
        { MiseEnDemeure: not null } => ManquementEtape.MisEnDemeure,
        _ => ManquementEtape.Constate,
    };
}
