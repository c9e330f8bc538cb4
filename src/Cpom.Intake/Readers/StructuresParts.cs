namespace Cpom.Intake;

/// <summary>A group as it is being read.</summary>
internal sealed class GccDraft(string place)
{
    public const string GhtType = "001";
    private const string CreationEvent = "003";

    private readonly List<(string Id, string Role)> _membres = [];
    private DateTime? _created;
    private DateTime? _earliest;

    public RowCheck Check { get; } = new(place);

    public string Place => place;

    public string? GccId { get; set; }

    public string? Nom { get; set; }

    public string? Type { get; set; }

    public string? NumFiness { get; set; }

    public string? IdentifiantExterne { get; set; }

    public string? Etat { get; set; }

    public DateTime? EvenementDate { get; set; }

    public string? EvenementCode { get; set; }

    public string? MembreId { get; set; }

    public string? MembreRole { get; set; }

    public IEnumerable<string> MembreIds => _membres.Select(membre => membre.Id);

    public void EndEvenement()
    {
        _created = EvenementCode == CreationEvent ? EvenementDate ?? _created : _created;
        _earliest = _earliest is null || EvenementDate < _earliest ? EvenementDate : _earliest;
        (EvenementDate, EvenementCode) = (null, null);
    }

    public void EndMembre()
    {
        if (MembreId is { } id)
        {
            _membres.Add((id, MembreRole ?? "M"));
        }
        (MembreId, MembreRole) = (null, null);
    }

    public GhtRow Row(string code, Dictionary<string, string> finessByPmSmsseId) => new(
        code,
        GccId,
        Nom,
        GhtType,
        [.. _membres.Select(m => new GhtMembre(m.Id, finessByPmSmsseId.GetValueOrDefault(m.Id), m.Role))],
        PmejDraft.Day(_created ?? _earliest),
        Etat != "I",
        place);
}

/// <summary>A legal entity as it is being read.</summary>
internal sealed class PmejDraft(string place)
{
    public RowCheck Check { get; } = new(place);

    public string Place => place;

    public string? PmSmsseId { get; set; }

    public string? NumFiness { get; set; }

    public string? Denomination { get; set; }

    public string? DenominationLongue { get; set; }

    public string? Siren { get; set; }

    public string? StatutJuridique { get; set; }

    public string? Commune { get; set; }

    public DateTime? DateCreation { get; set; }

    public DateTime? DateFermeture { get; set; }

    public string? Etat { get; set; }

    public EntiteRow Row(string finess) => new(
        finess,
        Denomination,
        DenominationLongue,
        Siren,
        StatutJuridique,
        null,
        Commune,
        Values.DepartementOf(Commune),
        Day(DateCreation),
        Day(DateFermeture),
        IsActive(Etat, DateFermeture),
        PmSmsseId,
        place);

    public static DateOnly? Day(DateTime? instant) => instant is { } known ? DateOnly.FromDateTime(known) : null;

    /// <summary>Where the state is missing, what is not closed is active.</summary>
    public static bool IsActive(string? etat, DateTime? fermeture) => etat is null ? fermeture is null : etat == "A";
}

/// <summary>A site as it is being read.</summary>
internal sealed class EgeDraft(string place)
{
    private List<string>? _espic;

    public RowCheck Check { get; } = new(place);

    public string? NumFiness { get; set; }

    public string? Nom { get; set; }

    public string? NomLong { get; set; }

    public string? Siret { get; set; }

    public string? Categorie { get; set; }

    public string? ModeFixationTarifaire { get; set; }

    public string? Commune { get; set; }

    public DateTime? DateOuverture { get; set; }

    public DateTime? DateAutorisation { get; set; }

    public DateTime? DateFermeture { get; set; }

    public string? Etat { get; set; }

    public void AddEspic(string? code)
    {
        if (code is not null)
        {
            (_espic ??= []).Add(code);
        }
    }

    public SourceItem<StructureRow> Item(string finessEj)
    {
        var finess = Check.Finess(NumFiness, "numFinessEge");
        return Check.Item<StructureRow>(() => new SiteRow(
            finess,
            finessEj,
            Nom,
            NomLong,
            Siret,
            Categorie,
            ModeFixationTarifaire,
            _espic ?? (IReadOnlyList<string>)[],
            Commune,
            Values.DepartementOf(Commune),
            PmejDraft.Day(DateOuverture),
            PmejDraft.Day(DateAutorisation),
            PmejDraft.Day(DateFermeture),
            PmejDraft.IsActive(Etat, DateFermeture),
            place));
    }

    /// <summary>A site whose entity has no usable number waits with it.</summary>
    public SourceItem<StructureRow> Orphan(string entitePlace)
    {
        Check.Fail(
            IntakeRules.Finess,
            $"L'entité juridique de cet établissement ({entitePlace}) n'a pas de numéro FINESS lisible.",
            "Corriger ou attendre le numéro de l'entité : ses établissements sont mis de côté avec elle.");
        return new SourceItem<StructureRow>.Fault(Check.Fault());
    }
}
