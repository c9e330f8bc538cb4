using System.Text.Json.Serialization;

namespace Cpom.Domain.Echeances;

/// <summary>What may be due. A kind to come is a line here, its lead in <see cref="EcheanceLeads"/>, and a line where its actor counts its own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EcheanceKind>))]
public enum EcheanceKind
{
    /// <summary>The last day of a contrat, unless its renewal is granted .</summary>
    [JsonStringEnumMemberName("fin")] Fin = 1,

    /// <summary>The structure asks for renewal (L-01, L-02).</summary>
    [JsonStringEnumMemberName("demande-renouvellement")] DemandeRenouvellement = 2,

    /// <summary>The agency answers; its silence grants under the regime of 2025 (L-01, L-02).</summary>
    [JsonStringEnumMemberName("reponse-renouvellement")] ReponseRenouvellement = 3,

    /// <summary>The contrat is reviewed: yearly in 2018, at mid-term in 2025 (L-02).</summary>
    [JsonStringEnumMemberName("evaluation")] Evaluation = 4,

    /// <summary>A signed avenant enters its volets .</summary>
    [JsonStringEnumMemberName("effet-avenant")] EffetAvenant = 5,

    /// <summary>The letters of a wave have left .</summary>
    [JsonStringEnumMemberName("lettre-lancement")] LettreLancement = 10,

    /// <summary>The agency has received the diagnosis report .</summary>
    [JsonStringEnumMemberName("rapport-diagnostic")] RapportDiagnostic = 11,

    /// <summary>The diagnosis is shared, engagements are accepted .</summary>
    [JsonStringEnumMemberName("fin-negociation")] FinNegociation = 12,

    /// <summary>The structure has signed what was negotiated .</summary>
    [JsonStringEnumMemberName("signature-structure")] SignatureStructure = 13,

    /// <summary>The agency has signed it .</summary>
    [JsonStringEnumMemberName("signature-agence")] SignatureAgence = 14,

    /// <summary>The structure answers a mise en demeure (L-09 to L-12).</summary>
    [JsonStringEnumMemberName("reponse-mise-en-demeure")] ReponseMiseEnDemeure = 25,

    /// <summary>The structure pays a sum of which it was notified (L-10).</summary>
    [JsonStringEnumMemberName("paiement")] Paiement = 26,

    /// <summary>What the indicateurs were in a year for which they have a cible .</summary>
    [JsonStringEnumMemberName("valeurs")] Valeurs = 35,

    /// <summary>The structure sends its final report .</summary>
    [JsonStringEnumMemberName("rapport-final")] RapportFinal = 36,

    /// <summary>A year after the adoption of a PRS: what is not signed by then may be fixed by arrêté .</summary>
    [JsonStringEnumMemberName("signature-prs")] SignaturePrs = 43,

    /// <summary>A contrat of socle commun gives way to the one signed again in its place .</summary>
    [JsonStringEnumMemberName("relais")] Relais = 47,
    /// <summary>The agency answers the request of one contrat for a group; its silence refuses (L-05).</summary>
    [JsonStringEnumMemberName("reponse-contrat-unique")] ReponseContratUnique = 44,

    /// <summary>The director general fixes how a member leaves the contrat of its GHT (L-05).</summary>
    [JsonStringEnumMemberName("modalites-retrait")] ModalitesRetrait = 45,

    /// <summary>A member leaves the contrat of its GHT (L-05).</summary>
    [JsonStringEnumMemberName("effet-retrait")] EffetRetrait = 46,
}

/// <summary>How far time has come towards an échéance and past it. In this order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EcheanceStade>))]
public enum EcheanceStade
{
    [JsonStringEnumMemberName("a-venir")] AVenir = 0,

    /// <summary>Due within the lead of its kind.</summary>
    [JsonStringEnumMemberName("proche")] Proche = 1,

    /// <summary>Due today.</summary>
    [JsonStringEnumMemberName("echue")] Echue = 2,

    /// <summary>The day has passed, and it is not done.</summary>
    [JsonStringEnumMemberName("depassee")] Depassee = 3,
}

/// <summary>What an échéance is counted from.</summary>
public enum EcheanceDepart
{
    DateEffet = 1,
    DateFin = 2,
    DemandeRenouvellement = 3,
    EffetAvenant = 4,

    /// <summary>The end of January of the year planned for a wave.</summary>
    AnneeNegociation = 10,

    /// <summary>The structures have received the frame of the report .</summary>
    ReceptionTrame = 11,

    MiseEnDemeure = 25,
    Notification = 26,
    FinAnnee = 35,
    AdoptionPrs = 43,

    /// <summary>The contrat signed again takes effect .</summary>
    Relais = 47,

    /// <summary>All members of a group have asked.</summary>
    ReceptionDemande = 44,

    /// <summary>A member has given notice.</summary>
    NotificationRetrait = 45,
}

/// <summary>The delay was made longer.</summary>
/// <param name="On">The day on which that was decided.</param>
public sealed record Prorogation(DateOnly On, Delai Delai, string Motif);

/// <summary>
/// What is due by a day: always computed from the facts of its actor, never stored. It is done on a day, or it is not; a day counts as kept until it ends.
/// </summary>
/// <param name="Numero">Which one of its kind: the evaluation's rank, the avenant's number; 0 where there is only one.</param>
/// <param name="Rule">By which it is due.</param>
/// <param name="From">The day of what it is counted from.</param>
/// <param name="Delai">Below zero it is counted back from that day.</param>
/// <param name="Prorogations">What has made the delay longer, oldest first: the whole is counted from <paramref name="From"/>.</param>
public sealed record Echeance(
    EcheanceKind Kind,
    int Numero,
    string Rule,
    EcheanceDepart Depart,
    DateOnly From,
    Delai Delai,
    ValueList<Prorogation> Prorogations,
    DateOnly? DoneOn)
{
    public DateOnly DueOn => Prorogations.Aggregate(Delai, (sum, p) => sum.Plus(p.Delai)).After(From);

    /// <summary>Which one it is within its actor.</summary>
    public string Cle => CleOf(Kind, Numero);

    public bool IsLate => DoneOn > DueOn;

    public static string CleOf(EcheanceKind kind, int numero) => $"{kind}-{numero}";

    /// <summary>Where it stands on a day, as long as it is not done.</summary>
    public EcheanceStade StadeOn(DateOnly day) =>
        day > DueOn ? EcheanceStade.Depassee
        : day == DueOn ? EcheanceStade.Echue
        : DayOf(EcheanceStade.Proche) <= day ? EcheanceStade.Proche
        : EcheanceStade.AVenir;

    /// <summary>The day on which it comes to a stage; null where it never does: its kind has no lead, or the calendar ends.</summary>
    public DateOnly? DayOf(EcheanceStade stade) => stade switch
    {
        EcheanceStade.Proche => EcheanceLeads.Of(Kind) is var lead && lead != Delai.None ? lead.Before(DueOn) : null,
        EcheanceStade.Echue => DueOn,
        EcheanceStade.Depassee => DueOn == DateOnly.MaxValue ? null : DueOn.AddDays(1),
        _ => null,
    };
}

/// <summary>How long before it an échéance is said to be close, one line per kind.</summary>
public static class EcheanceLeads
{
    public static Delai Of(EcheanceKind kind) => kind switch
    {
        EcheanceKind.Fin => Delai.OfMois(Limits.FinLeadMonths),
        EcheanceKind.DemandeRenouvellement => Delai.OfMois(Limits.DemandeRenouvellementLeadMonths),
        EcheanceKind.ReponseRenouvellement => Delai.OfMois(Limits.ReponseRenouvellementLeadMonths),
        EcheanceKind.Evaluation => Delai.OfMois(Limits.EvaluationLeadMonths),
        EcheanceKind.LettreLancement => Delai.OfMois(Limits.LettreLancementLeadMonths),
        EcheanceKind.RapportDiagnostic or EcheanceKind.FinNegociation or EcheanceKind.SignatureStructure or EcheanceKind.SignatureAgence =>
            Delai.OfJours(Limits.NegociationLeadDays),
        EcheanceKind.ReponseMiseEnDemeure or EcheanceKind.Paiement => Delai.OfJours(Limits.ProcedureLeadDays),
        EcheanceKind.Valeurs => Delai.OfMois(Limits.ValeursLeadMonths),
        EcheanceKind.RapportFinal => Delai.OfMois(Limits.RapportFinalLeadMonths),
        EcheanceKind.SignaturePrs => Delai.OfMois(Limits.PrsSignatureLeadMonths),
        EcheanceKind.ReponseContratUnique => Delai.OfJours(Limits.ContratUniqueLeadDays),
        EcheanceKind.ModalitesRetrait => Delai.OfMois(Limits.RetraitModalitesLeadMonths),
        _ => Delai.None, // An avenant, a relais and a member that leaves need nobody on their day: they come by themselves.
    };
}
