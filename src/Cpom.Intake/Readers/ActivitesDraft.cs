using System.Globalization;
using Cpom.Intake.Json;

namespace Cpom.Intake;

/// <summary>The parts of an activity's code and their order in it.</summary>
internal static class ActiviteParts
{
    public const int CountMax = 5;

    public static IReadOnlyDictionary<string, int> Places { get; } = new Dictionary<string, int>
    {
        ["activiteAMM"] = 0,
        ["modaliteAMM"] = 1,
        ["mentionAMM"] = 2,
        ["ptsAMM"] = 3,
        ["declarationAMM"] = 4,
        ["activiteAMF"] = 0,
        ["activiteSanitaireRegulee"] = 0,
        ["activiteSanitaireDiverseRegulee"] = 0,
        ["activiteSocialeRegulee"] = 0,
        ["activiteEnseignementRegulee"] = 0,
        ["typeEmlId"] = 0,
        ["modaliteActivite"] = 1,
        ["modeFonctionnement"] = 1,
        ["formeActivite"] = 2,
        ["public"] = 2,
    };
}

/// <summary>What has been read of an activités file and not yet handed out.</summary>
internal sealed class ActivitesDraft : IJsonDraft
{
    private readonly List<SourceItem<SiteActivites>> _ready = [];
    private readonly Dictionary<string, string> _codes = [];
    private RowCheck _check = new("/");
    private string _pmejPlace = "";
    private string _egePlace = "";
    private List<ActiviteDraft> _rows = [];
    private int _faultCount;

    public string? NumFinessEj { get; set; }

    public string? NumFinessEt { get; set; }

    public ActiviteDraft Activite { get; private set; } = new("");

    public bool HasPmej { get; set; }

    public void BadValue(string name, string written) => _check.Fail(
        IntakeRules.Date,
        $"La valeur de « {name} » est illisible : « {Values.Quote(written)} ».",
        "Attendre la prochaine extraction FINESS+, ou signaler l'enregistrement à son gestionnaire.");

    public IReadOnlyList<SourceItem<SiteActivites>> TakeReady()
    {
        SourceItem<SiteActivites>[] ready = [.. _ready];
        _ready.Clear();
        return ready;
    }

    public void BeginPmej(string place)
    {
        NumFinessEj = null;
        _pmejPlace = place;
        _check = new RowCheck(place);
    }

    /// <summary>An entity without a number is told once; its sites are handed out all the same, they carry their own.</summary>
    public void EndPmej()
    {
        if (Values.Finess(NumFinessEj) is null)
        {
            var check = new RowCheck(_pmejPlace);
            check.Finess(NumFinessEj, "numFiness");
            _ready.Add(new SourceItem<SiteActivites>.Fault(check.Fault()));
        }
    }

    public void BeginEge(string place)
    {
        NumFinessEt = null;
        _egePlace = place;
        _rows = [];
        _faultCount = 0;
        _check = new RowCheck(place);
    }

    public void BeginActivite(string place)
    {
        Activite = new ActiviteDraft(place);
        _check = Activite.Check;
    }

    public void EndActivite()
    {
        if (_rows.Count >= IntakeLimits.ActivitesPerSiteMax)
        {
            Activite.Check.Fail(
                IntakeRules.Limit,
                $"L'établissement exerce plus de {IntakeLimits.ActivitesPerSiteMax} activités.",
                "Vérifier le fichier : aucun n'en exerce autant.");
        }
        Activite.Close();
        if (Activite.Check.IsSound)
        {
            _rows.Add(Activite);
        }
        else
        {
            _faultCount++;
            _ready.Add(new SourceItem<SiteActivites>.Fault(Activite.Check.Fault()));
        }
    }

    public void EndEge()
    {
        var check = new RowCheck(_egePlace);
        var finessEt = check.Finess(NumFinessEt, "numFinessEge");
        var finessEj = Values.Finess(NumFinessEj);
        if (check.IsSound && finessEj is null)
        {
            _ready.Add(new SourceItem<SiteActivites>.Warning(new LineWarning(
                _egePlace,
                IntakeRules.Finess,
                $"Le numéro FINESS de l'entité juridique n'est pas connu avant l'établissement {finessEt}.",
                "Rien à faire si l'entité est connue par le fichier des structures ; sinon l'importer d'abord.")));
        }
        _ready.Add(check.IsSound
            ? new SourceItem<SiteActivites>.Row(new(finessEt, finessEj, [.. _rows.Select(row => row.Row(finessEt, finessEj, CodeOf(row)))], _faultCount, _egePlace))
            : new SourceItem<SiteActivites>.Fault(check.Fault() with { Scope = new(finessEj, null, null) }));
    }

    /// <summary>Half a million activities share a few thousand codes: each is joined once.</summary>
    private string CodeOf(ActiviteDraft row)
    {
        var code = row.Code();
        if (_codes.TryGetValue(code, out var kept))
        {
            return kept;
        }
        if (_codes.Count >= IntakeLimits.CodesMax)
        {
            _codes.Clear();
        }
        _codes.Add(code, code);
        return code;
    }
}

/// <summary>An activity as it is being read.</summary>
internal sealed class ActiviteDraft(string place)
{
    private readonly string?[] _parts = new string?[ActiviteParts.CountMax];
    private List<ActiviteCapacite>? _capacites;
    private DateTime? _recorded;

    public RowCheck Check { get; } = new(place);

    public string? ActiviteAeId { get; set; }

    public string? Etat { get; set; }

    public string? NumAutorisationArhgos { get; set; }

    public DateTime? DateDebut { get; set; }

    public DateTime? DateFin { get; set; }

    public DateTime? DateFinEffective { get; set; }

    public DateTime? DateCaducite { get; set; }

    public string? Nature { get; set; }

    public string? CapaciteNombre { get; set; }

    public string? CapacitePrecision { get; set; }

    public string? CapaciteStatut { get; set; }

    public string? CapaciteUnite { get; set; }

    public void SetPart(int at, string? code) => _parts[at] = code ?? _parts[at];

    public void SeeRecorded(DateTime? recorded) => _recorded = _recorded is null || recorded > _recorded ? recorded ?? _recorded : _recorded;

    public void EndCapacite()
    {
        (_capacites ??= []).Add(new ActiviteCapacite(
            int.TryParse(CapaciteNombre, NumberStyles.None, CultureInfo.InvariantCulture, out var nombre) ? nombre : null,
            CapaciteStatut,
            CapaciteUnite,
            CapacitePrecision));
        (CapaciteNombre, CapacitePrecision, CapaciteStatut, CapaciteUnite) = (null, null, null, null);
    }

    /// <summary>An activity that cannot be told from another is of no use.</summary>
    public void Close()
    {
        Check.Text(Nature, "codeNature");
        Check.Text(ActiviteAeId, "activiteAeId");
        if (_parts[0] is null)
        {
            Check.Fail(
                IntakeRules.Compulsory,
                $"Le code de l'activité manque (nature {Nature ?? "inconnue"}).",
                "Attendre la prochaine extraction FINESS+, ou signaler un changement de format.");
        }
    }

    public string Code()
    {
        var last = Array.FindLastIndex(_parts, part => part is not null);
        return string.Join('/', _parts.Take(last + 1).Select(part => part ?? "-"));
    }

    public ActiviteRow Row(string finessEt, string? finessEj, string code) => new(
        finessEt,
        finessEj,
        Nature!,
        code,
        NumAutorisationArhgos,
        ActiviteAeId!,
        PmejDraft.Day(DateDebut),
        PmejDraft.Day(DateFin),
        PmejDraft.Day(DateFinEffective),
        PmejDraft.Day(DateCaducite),
        PmejDraft.IsActive(Etat, DateFinEffective),
        _capacites ?? (IReadOnlyList<ActiviteCapacite>)[],
        _recorded,
        place);
}
