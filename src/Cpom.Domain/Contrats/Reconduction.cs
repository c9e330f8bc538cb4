using System.Text.Json.Serialization;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Contrats;

/// <summary>What becomes of an engagement when its contrat is renewed .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EngagementIssue>))]
public enum EngagementIssue
{
    /// <summary>It goes on as it was worded, from what it has come to; its cibles are negotiated anew.</summary>
    [JsonStringEnumMemberName("poursuivi")] Poursuivi = 1,

    /// <summary>It goes on in other words.</summary>
    [JsonStringEnumMemberName("modifie")] Modifie = 2,

    [JsonStringEnumMemberName("abandonne")] Abandonne = 3,
}

/// <param name="Motif">Why it is abandoned; free otherwise.</param>
public sealed record Issue(int Engagement, EngagementIssue Kind, string? Motif);

/// <summary>A contrat is the renewal of another: which one, until when that lasts, and what became of its engagements.</summary>
public sealed record Reconduction(string Contrat, DateOnly DateFin, ValueList<Issue> Issues)
{
    /// <param name="Modifies">The new wording of each engagement whose issue is that, under its former number.</param>
    /// <param name="Proof">The former contrat as it is; null where there is none of that number.</param>
    public sealed record Demande(string Contrat, ValueList<Issue> Issues, ValueList<Engagement> Modifies, Ancien? Proof);

    /// <summary>What the opening of a renewal needs to know of the former contrat.</summary>
    /// <param name="Refused">The agency has refused its renewal.</param>
    /// <param name="RenewedBy">Another contrat that is its renewal already.</param>
    /// <param name="Niveau">At which it is negotiated and validated .</param>
    /// <param name="Engagements">As they would go on: from the newest value of each indicateur, without cibles.</param>
    public sealed record Ancien(
        string Entite, DateOnly DateFin, bool InForce, bool Asked, bool Refused, bool RapportFinal, string? RenewedBy, ValueList<Engagement> Engagements,
        Niveau Niveau = Niveau.Departemental);
}

/// <summary>The contrat by which another goes on .</summary>
/// <param name="On">The day on which that was learned.</param>
public sealed record Successeur(string Contrat, DateOnly DateEffet, DateOnly On);
