using Cpom.Domain;
using Cpom.Domain.Sites;

namespace Cpom.Intake;

/// <summary>
/// The known sites that a snapshot does not mention. Those of an entity that it does mention have nothing left; those of other entities
/// only where the file is said to be complete, since an extract of a few entities says nothing of the others.
/// </summary>
internal sealed class AbsentSites(ImportContext context, Volet volet, SnapshotCoverage coverage)
{
    private readonly Dictionary<string, HashSet<string>> _stated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _entites = new(StringComparer.Ordinal);

    public void Saw(string site, string entite, string? ligne = null)
    {
        _entites.Add(entite);
        if (!_stated.TryGetValue(site, out var lignes))
        {
            _stated[site] = lignes = new(StringComparer.Ordinal);
        }

        if (ligne is not null)
        {
            lignes.Add(ligne);
        }
    }

    /// <summary>For the sites that the file did not mention.</summary>
    public IEnumerable<ImportStep> Steps()
    {
        var departements = _entites.Select(Finess.DepartementOf).ToHashSet(StringComparer.Ordinal);
        var absent = context.Referentiel.SitesWithLignes(volet, departements)
            .Where(s => !_stated.ContainsKey(s.Site) && !coverage.IsSiteOutdated(s.Site, s.Entite))
            .ToList();
        foreach (var (site, _) in absent.Where(s => context.Complete || _entites.Contains(s.Entite)))
        {
            yield return Close(site, []);
        }

        var untouched = absent.Count(s => !context.Complete && !_entites.Contains(s.Entite));
        if (untouched > 0)
        {
            yield return new ImportStep.Warn(new(
                "fin du fichier", "I-08", $"{untouched} site(s) connus d'entités absentes du fichier : leurs lignes n'ont pas été closes.",
                "Si le fichier est complet pour ses départements, l'importer de nouveau en le disant (--complete)."));
        }
    }

    /// <summary>For the sites whose lines came one by one: those that did not come have ended.</summary>
    public IEnumerable<ImportStep> StepsOfStated() =>
        _stated.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Close(p.Key, p.Value.Order(StringComparer.Ordinal).ToValueList()));

    private ImportStep.Send Close(string site, ValueList<string> stated) => new(
        site, new SiteCommand.CloseMissing(volet, context.SnapshotOn, stated, Import.CauseAt(context, $"{site} : absent")), "fin du fichier", 0);
}
