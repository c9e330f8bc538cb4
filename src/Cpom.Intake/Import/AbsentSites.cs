using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Sites;

namespace Cpom.Intake;

/// <summary>
/// What a snapshot does not mention has ended: of a site that it mentions, and of the other sites of an entity that it mentions; those of other
/// entities only where the file is said to be complete, since an extract of a few entities says nothing of the others. What a line that was put
/// aside may have mentioned has not ended.
/// </summary>
internal sealed class AbsentSites(ImportContext context, Volet volet, SnapshotCoverage coverage)
{
    /// <summary>Numbers named in one warning.</summary>
    private const int ShownMax = 10;

    /// <summary>Rights of which the file has the number and not the site: each is looked for at every site. With more of them nothing is closed.</summary>
    private const int FaultyNumerosMax = 1_000;

    private readonly Dictionary<string, HashSet<string>> _stated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _entites = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faultyNumeros = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faultySites = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faultyEntites = new(StringComparer.Ordinal);
    private bool _isFaultySomewhere;

    /// <summary>Of a line that was put aside, what it stated is told by the closest of its parts that can be read.</summary>
    public void See<TRow>(SourceItem<TRow> item)
        where TRow : ISourceRow => _ = (item as SourceItem<TRow>.Fault)?.Value.Scope switch
    {
        null => false,
        { Site: { } site } scope when IsOutdated(site, scope.Entite) => false, // A later file has spoken of it: this one closes nothing there.
        { Site: { } site, Numero: { } numero } => Lignes(site).Add(Ligne.Rc.IdOf(site, numero)),
        { Numero: { } numero } when _faultyNumeros.Count < FaultyNumerosMax => _faultyNumeros.Add(numero),
        { Site: { } site } => _faultySites.Add(site),
        { Entite: { } entite } => _faultyEntites.Add(entite),
        _ => _isFaultySomewhere = true,
    };

    public void Saw(string site, string entite, string? ligne = null)
    {
        _entites.Add(entite);
        var lignes = Lignes(site);
        if (ligne is not null)
        {
            lignes.Add(ligne);
        }
    }

    private HashSet<string> Lignes(string site)
    {
        if (!_stated.TryGetValue(site, out var lignes))
        {
            _stated[site] = lignes = new(StringComparer.Ordinal);
        }

        return lignes;
    }

    /// <summary>For the sites that the file did not mention.</summary>
    public IEnumerable<ImportStep> Steps()
    {
        var departements = _entites.Select(Finess.DepartementOf).ToHashSet(StringComparer.Ordinal);
        var absent = context.Referentiel.SitesWithLignes(volet, departements)
            .Where(s => !_stated.ContainsKey(s.Site) && !coverage.IsSiteOutdated(s.Site, s.Entite))
            .ToList();
        foreach (var (site, entite) in absent.Where(s => context.Complete || _entites.Contains(s.Entite)))
        {
            if (!IsFaulty(site, entite))
            {
                yield return Close(site, []);
            }
        }

        var untouched = absent.Count(s => !context.Complete && !_entites.Contains(s.Entite));
        if (untouched > 0)
        {
            yield return new ImportStep.Warn(new(
                "fin du fichier", IntakeRules.Absent, $"{untouched} site(s) connus d'entités absentes du fichier : leurs lignes n'ont pas été closes.",
                "Si le fichier est complet pour ses départements, l'importer de nouveau en le disant (--complete)."));
        }
    }

    /// <summary>For the sites whose lines came one by one: those that did not come have ended.</summary>
    public IEnumerable<ImportStep> StepsOfStated() => _stated
        .Where(p => !IsFaulty(p.Key, context.Referentiel.EntiteOf(p.Key)))
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => Close(p.Key, p.Value));

    /// <summary>What was left open because a line that was put aside does not say what it is about.</summary>
    public IEnumerable<ImportStep> StepsOfFaulty()
    {
        if (_isFaultySomewhere || _faultySites.Count + _faultyEntites.Count > 0)
        {
            var whose = _isFaultySomewhere ? "tout le fichier" : string.Join(", ", _faultySites.Concat(_faultyEntites).Order(StringComparer.Ordinal).Take(ShownMax));
            yield return new ImportStep.Warn(new(
                "fin du fichier", IntakeRules.Absent, $"Une ligne mise de côté ne dit pas ce qu'elle décrit : ce qui manque au fichier n'a pas été clos ({whose}).",
                "Corriger les lignes mises de côté à la source, puis importer de nouveau."));
        }
    }

    private bool IsOutdated(string site, string? entite) => coverage.IsSiteOutdated(site, context.Referentiel.EntiteOf(site) ?? entite ?? site);

    private bool IsFaulty(string site, string? entite) =>
        _isFaultySomewhere || _faultySites.Contains(site) || (entite is not null && _faultyEntites.Contains(entite));

    private ImportStep.Send Close(string site, IEnumerable<string> stated)
    {
        var lignes = stated.Concat(_faultyNumeros.Select(numero => Ligne.Rc.IdOf(site, numero))).Order(StringComparer.Ordinal).ToValueList();
        return new(site, new SiteCommand.CloseMissing(volet, context.SnapshotOn, lignes, Import.CauseAt(context, $"{site} : absent")), "fin du fichier", 0);
    }
}
