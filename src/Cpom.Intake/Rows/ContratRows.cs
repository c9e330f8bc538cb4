namespace Cpom.Intake;

/// <summary>A contract in the guide's format (docs/templates/contrats.csv). The form is checked here, the rules in the domain.</summary>
/// <param name="FinessSites">Empty: all the sites of the entity .</param>
/// <param name="MotifDuree">Why it lasts less than five years .</param>
/// <param name="DateDeliberationAg">Of the general assembly of a GCS .</param>
public sealed record ContratRow(
    string Numero,
    string FinessEj,
    IReadOnlyList<string> FinessSites,
    DateOnly DateEffet,
    DateOnly DateFin,
    DateOnly? DateSignatureStructure,
    string? SignataireStructure,
    DateOnly? DateSignatureArs,
    string? SignataireArs,
    string? SocleVersion,
    string? MotifDuree,
    DateOnly? DateDeliberationAg,
    string? ReferenceDeliberationAg,
    string Place) : ISourceRow;

public enum EngagementType
{
    Generique = 1,
    Specifique = 2,
}

public enum EngagementTheme
{
    Organisation = 1,
    Personnels = 2,
    Equipements = 3,
    Cooperations = 4,
    Fluidification = 5,
}

/// <summary>One indicator of an engagement (docs/templates/engagements.csv); an engagement with several has several rows .</summary>
/// <param name="AnnexeVolet">A1.V1 to A3.V3 .</param>
/// <param name="Finess">The EJ, or its ETs .</param>
/// <param name="NumeroRc">The RC in return for which it is made .</param>
/// <param name="Contrepartie">Any line in return for which it is made: its id, or its ARHGOS number.</param>
/// <param name="Cibles">N+1 to N+5, always five, as written; null where none is set .</param>
public sealed record EngagementRow(
    string NumeroContrat,
    int Numero,
    string AnnexeVolet,
    IReadOnlyList<string> Finess,
    string Objectif,
    EngagementType Type,
    string? NumeroRc,
    string? Contrepartie,
    string Indicateur,
    string? ModeCalcul,
    string? Unite,
    string? Source,
    string? ValeurReference,
    int? AnneeReference,
    IReadOnlyList<string?> Cibles,
    bool? ImpactMedical,
    IReadOnlyList<EngagementTheme> Themes,
    string Place) : ISourceRow;
