namespace Cpom.Intake;

/// <summary>What a structures file holds: entities, each followed by its sites, then the GHT.</summary>
public abstract record StructureRow(string Place) : ISourceRow;

/// <summary>A legal entity (EJ), from FINESS+ structures or cs1400101. Codes as written.</summary>
/// <param name="StatutJuridique">TRE-R400 in FINESS+, statutjuridique in the flux.</param>
/// <param name="StatutJuridiqueLibelle">Only the flux gives it.</param>
/// <param name="Commune">INSEE, five characters.</param>
/// <param name="PmSmsseId">FINESS+'s own identifier; null from the flux.</param>
public sealed record EntiteRow(
    string Finess,
    string? Denomination,
    string? DenominationLongue,
    string? Siren,
    string? StatutJuridique,
    string? StatutJuridiqueLibelle,
    string? Commune,
    string? Departement,
    DateOnly? DateCreation,
    DateOnly? DateFermeture,
    bool Actif,
    string? PmSmsseId,
    string Place) : StructureRow(Place);

/// <summary>A geographic site (ET, "EGE" in FINESS+). Codes as written.</summary>
/// <param name="Categorie">TRE-R397, for example 355.</param>
/// <param name="ModeFixationTarifaire">TRE-R74.</param>
/// <param name="Espic">Codes of participation in the public hospital service; empty when unknown.</param>
public sealed record SiteRow(
    string Finess,
    string FinessEj,
    string? Nom,
    string? NomLong,
    string? Siret,
    string? Categorie,
    string? ModeFixationTarifaire,
    IReadOnlyList<string> Espic,
    string? Commune,
    string? Departement,
    DateOnly? DateOuverture,
    DateOnly? DateAutorisation,
    DateOnly? DateFermeture,
    bool Actif,
    string Place) : StructureRow(Place);

/// <summary>A member of a GHT.</summary>
/// <param name="FinessEj">Null when the file does not hold the entity; a warning has said so.</param>
/// <param name="Role">M member, S établissement support.</param>
public sealed record GhtMembre(string PmSmsseId, string? FinessEj, string Role);

/// <summary>A groupement hospitalier de territoire: a <c>gcc</c> of type 001.</summary>
/// <param name="Code">numFinessGcc, or gccIdentifiantExterne in the files of early 2026, or else the gccId.</param>
/// <param name="DateDebut">Of its creation event (003), else of its earliest event.</param>
public sealed record GhtRow(
    string Code,
    string? GccId,
    string? Nom,
    string TypeGcc,
    IReadOnlyList<GhtMembre> Membres,
    DateOnly? DateDebut,
    bool Actif,
    string Place) : StructureRow(Place);
