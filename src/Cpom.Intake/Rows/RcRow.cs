namespace Cpom.Intake;

/// <summary>An avenant of an RC (D-04).</summary>
/// <param name="Type">1 to 3.</param>
public sealed record RcAvenant(
    int? NumOrdre,
    string? Type,
    string? Libelle,
    string? Numero,
    DateOnly? Date,
    int? AncienneCapacite,
    int? Capacite,
    string Place);

/// <summary>A reconnaissance contractuelle, from cs1600102. Codes as written.</summary>
/// <param name="Numero">codeautorarhgos, for example 84-82-RC57626.</param>
/// <param name="NoAutor">FINESS's own number, which its avenants quote.</param>
/// <param name="DateEffet">dateeffetasr; when it is missing, that of the CPOM, then the day of the last update, with a warning.</param>
/// <param name="Capacite">Null when the activity has none .</param>
/// <param name="Regional">indicateurregional: N for a national code (D-09); null when the file leaves it out.</param>
/// <param name="Etat">23 Initiale, 26 Suppression… (D-06).</param>
/// <param name="Avenants">In the order of their numordre.</param>
public sealed record RcRow(
    string Numero,
    string? NoAutor,
    string? IdCpom,
    string FinessEj,
    string FinessEt,
    string? RaisonSocialeEj,
    string? RaisonSocialeEt,
    DateOnly? DateEffetCpom,
    DateOnly? DateFinCpom,
    string Activite,
    string? ActiviteLibelle,
    string? Modalite,
    string? ModaliteLibelle,
    string? Forme,
    string? FormeLibelle,
    DateOnly DateEffet,
    int? Capacite,
    string? Etat,
    string? EtatLibelle,
    string? Region,
    DateOnly? DateMaj,
    IReadOnlyList<RcAvenant> Avenants,
    bool? Regional,
    string Place) : ISourceRow;
