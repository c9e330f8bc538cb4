using System.Text.Json.Serialization;

namespace Cpom.Domain.Entites;

/// <summary>The optional volets of a CAQES; its socle, on the good use of medicines, is in every one .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaqesVolet>))]
public enum CaqesVolet
{
    [JsonStringEnumMemberName("transports")] Transports = 1,

    /// <summary>The former CAPES, called quality contract.</summary>
    [JsonStringEnumMemberName("capes")] Capes = 2,
    [JsonStringEnumMemberName("pertinence")] Pertinence = 3,
}

/// <summary>R-124: a contract of an entity with the agency that is not its CPOM, or a plan that the CPOM must agree with. Each has clauses of its own.</summary>
[JsonDerivedType(typeof(Caqes), "caqes")]
[JsonDerivedType(typeof(Pref), "pref")]
[JsonDerivedType(typeof(Cref), "cref")]
[JsonDerivedType(typeof(Cliniciens), "cliniciens")]
[JsonDerivedType(typeof(MedicoSocial), "medico-social")]
[JsonDerivedType(typeof(Cls), "cls")]
[JsonDerivedType(typeof(ConventionFir), "convention-fir")]
[JsonDerivedType(typeof(ProjetEtablissement), "projet-etablissement")]
[JsonDerivedType(typeof(Autre), "autre")]
public abstract record AutreContrat
{
    private AutreContrat() { }

    /// <summary>R-125.</summary>
    public sealed record Caqes(ValueList<CaqesVolet> Volets) : AutreContrat;

    /// <summary>R-126: a plan of return to financial balance; its terms show in annexe 2 volet 3 of the CPOM.</summary>
    public sealed record Pref(string Modalites) : AutreContrat;

    /// <summary>R-127: a contract of return to financial balance.</summary>
    public sealed record Cref : AutreContrat;

    /// <summary>R-128: what the CPOM fixes of clinicians' contracts (L. 6152-3): how many at most, of what nature, in which specialties.</summary>
    public sealed record Cliniciens(int Max, string Nature, ValueList<string> Specialites) : AutreContrat;

    /// <summary>R-129: negotiated together perhaps, and another contract all the same.</summary>
    public sealed record MedicoSocial : AutreContrat;

    /// <summary>R-130: a local health contract, on the communes that it names (INSEE codes).</summary>
    public sealed record Cls(ValueList<string> Communes) : AutreContrat;

    /// <summary>R-131: a convention for FIR money, and the lines notified under it.</summary>
    public sealed record ConventionFir(ValueList<string> Lignes) : AutreContrat;

    /// <summary>R-132: no contract; the CPOM agrees with it.</summary>
    public sealed record ProjetEtablissement : AutreContrat;

    public sealed record Autre : AutreContrat;
}

/// <summary>One entry of an entity's register.</summary>
/// <param name="Numero">The agency's number of it.</param>
/// <param name="To">Its last day; null while none is set.</param>
public sealed record AutreContratFiche(string Numero, AutreContrat Contrat, string Objet, DateOnly From, DateOnly? To);

/// <summary>A clinician's contract concluded under the clause of the CPOM .</summary>
public sealed record ContratDeClinicien(string Reference, string Specialite, DateOnly On);

/// <param name="EndedOn">It ended before its term; null while it has not.</param>
public sealed record AutreContratInscrit(AutreContratFiche Fiche, ValueList<ContratDeClinicien> Cliniciens, DateOnly? EndedOn)
{
    /// <summary>Its term, or the day before it ended earlier.</summary>
    public DateOnly LastDay => EndedOn is { } ended && (Fiche.To is not { } last || ended <= last) ? Days.Before(ended) : Fiche.To ?? DateOnly.MaxValue;

    public bool IsValidOn(DateOnly day) => Fiche.From <= day && (Fiche.To is not { } last || day <= last) && (EndedOn is not { } ended || day < ended);
}

/// <summary>What this region does, and the law does not say. Data, one place: another region has another list.</summary>
public static class Usages
{
    /// <summary>R-127: kinds of contract that the agency does not sign, with what it does instead.</summary>
    public static IReadOnlyDictionary<Type, string> NotSigned { get; } = new Dictionary<Type, string>
    {
        [typeof(AutreContrat.Cref)] = "l'agence ne signe pas de contrat de retour à l'équilibre financier ; elle approuve un plan (PREF)",
    };
}
