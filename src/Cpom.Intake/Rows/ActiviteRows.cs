namespace Cpom.Intake;

/// <summary>A capacity of an activity.</summary>
/// <param name="Statut">08 authorised, 09 installed.</param>
/// <param name="Unite">Code of the unit of measure.</param>
public sealed record ActiviteCapacite(int? Nombre, string? Statut, string? Unite, string? Precision);

/// <summary>An activity exercised on a site, from FINESS+ activités.</summary>
/// <param name="Nature">AMM, AMF, AASA, EML, ASR, ASDR, ASMR, ASOCR, AER…</param>
/// <param name="Code">The parts of its type joined by "/": activité, modalité, mention, PTS, déclaration for an AMM; activité,
/// modalité, forme for an AMF or an AASA; type of device for an EML. Missing parts are left out at the end, "-" inside.</param>
/// <param name="NumAutorisationArhgos">Missing from a part of the older authorisations.</param>
/// <param name="DateEnregistrement">When the source recorded the latest of its events; no time zone is given.</param>
public sealed record ActiviteRow(
    string FinessEt,
    string? FinessEj,
    string Nature,
    string Code,
    string? NumAutorisationArhgos,
    string ActiviteAeId,
    DateOnly? DateDebut,
    DateOnly? DateFin,
    DateOnly? DateFinEffective,
    DateOnly? DateCaducite,
    bool Actif,
    IReadOnlyList<ActiviteCapacite> Capacites,
    DateTime? DateEnregistrement,
    string Place)
{
    /// <summary>The four natures that a CPOM's annexe 2 volet 1 lists .</summary>
    public bool IsSanitaire => Nature is "AMM" or "AMF" or "AASA" or "EML";
}

/// <summary>All the activities of one site: the unit that an importer compares with what it knows.</summary>
/// <param name="FinessEj">Null when the file gives the entity's number only after its sites; a warning has said so.</param>
/// <param name="Rows">May be empty: the site then exercises nothing.</param>
/// <param name="FaultCount">Lines of this site set aside. When it is not 0, an activity that is missing here has not ended.</param>
public sealed record SiteActivites(string FinessEt, string? FinessEj, IReadOnlyList<ActiviteRow> Rows, int FaultCount, string Place) : ISourceRow;
