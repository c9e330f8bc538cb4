using Cpom.Intake.Json;

namespace Cpom.Intake;

/// <summary>What has been read of a structures file and not yet handed out.</summary>
internal sealed class StructuresDraft : IJsonDraft
{
    private readonly List<SourceItem<StructureRow>> _ready = [];
    private readonly List<GccDraft> _ghts = [];
    private readonly Dictionary<string, string> _finessByPmSmsseId = [];
    private readonly List<EgeDraft> _sites = [];
    private RowCheck _check = new("/");

    public GccDraft Gcc { get; private set; } = new("");

    public PmejDraft Pmej { get; private set; } = new("");

    public EgeDraft Ege { get; private set; } = new("");

    public bool HasPmej { get; set; }

    public void BadValue(string name, string written) => _check.Fail(
        IntakeRules.Date,
        $"La valeur de « {name} » est illisible : « {Values.Quote(written)} ».",
        "Attendre la prochaine extraction FINESS+, ou signaler l'enregistrement à son gestionnaire.");

    public IReadOnlyList<SourceItem<StructureRow>> TakeReady()
    {
        SourceItem<StructureRow>[] ready = [.. _ready];
        _ready.Clear();
        return ready;
    }

    public void BeginGcc(string place)
    {
        Gcc = new GccDraft(place);
        _check = Gcc.Check;
    }

    public void EndGcc()
    {
        if (Gcc.Type != GccDraft.GhtType)
        {
            _ready.Add(new SourceItem<StructureRow>.OutOfScope(
                Gcc.Place, $"Groupement de type {Gcc.Type ?? "inconnu"} : seuls les GHT (type {GccDraft.GhtType}) sont suivis."));
            return;
        }
        if (_ghts.Count >= IntakeLimits.GhtMax)
        {
            Gcc.Check.Fail(IntakeRules.Limit, $"Le fichier contient plus de {IntakeLimits.GhtMax} GHT.", "Vérifier le fichier : la France en compte 135.");
            _ready.Add(new SourceItem<StructureRow>.Fault(Gcc.Check.Fault()));
            return;
        }
        _ghts.Add(Gcc);
    }

    public void BeginPmej(string place)
    {
        Pmej = new PmejDraft(place);
        _check = Pmej.Check;
    }

    public void BeginEge(string place)
    {
        Ege = new EgeDraft(place);
        _check = Ege.Check;
    }

    public void EndEge()
    {
        _check = Pmej.Check;
        if (_sites.Count >= IntakeLimits.SitesPerEntiteMax)
        {
            Ege.Check.Fail(
                IntakeRules.Limit, $"L'entité a plus de {IntakeLimits.SitesPerEntiteMax} établissements.", "Vérifier le fichier : aucune n'en a autant.");
            _ready.Add(new SourceItem<StructureRow>.Fault(Ege.Check.Fault()));
            return;
        }
        _sites.Add(Ege);
    }

    /// <summary>The state of an entity comes after its sites in the file, and its row before theirs in what is handed out.</summary>
    public void EndPmej()
    {
        var finess = Pmej.Check.Finess(Pmej.NumFiness, "numFinessPm");
        if (finess.Length > 0 && Pmej.PmSmsseId is { } id && _finessByPmSmsseId.Count < IntakeLimits.EntitesMax)
        {
            _finessByPmSmsseId[id] = finess;
        }
        _ready.Add(Pmej.Check.Item<StructureRow>(() => Pmej.Row(finess)));
        foreach (var site in _sites)
        {
            _ready.Add(finess.Length > 0 ? site.Item(finess) : site.Orphan(Pmej.Place));
        }
        _sites.Clear();
    }

    /// <summary>The GHT, once every entity is known by number.</summary>
    public IEnumerable<SourceItem<StructureRow>> TakeGhts()
    {
        foreach (var ght in _ghts)
        {
            foreach (var id in ght.MembreIds.Where(id => !_finessByPmSmsseId.ContainsKey(id)))
            {
                yield return new SourceItem<StructureRow>.Warning(new LineWarning(
                    ght.Place,
                    IntakeRules.GhtMembre,
                    $"Le membre {id} du GHT « {ght.Nom} » n'est pas parmi les entités du fichier : aucun membre connu n'est retiré du groupe.",
                    "Importer le fichier national, ou une extraction qui contient tous les membres du GHT."));
            }
            var code = ght.Check.Text(ght.NumFiness ?? ght.IdentifiantExterne ?? ght.GccId, "numFinessGcc");
            yield return ght.Check.Item<StructureRow>(() => ght.Row(code, _finessByPmSmsseId));
        }
        _ghts.Clear();
    }
}
