using Cpom.Domain;
using Cpom.Domain.Flux;

namespace Cpom.Intake;

/// <summary>
/// What the file being imported speaks of, and what of it a later snapshot of the same family has already spoken of: files may arrive in any
/// order, and the newest day wins (decision 0008).
/// </summary>
internal sealed class SnapshotCoverage
{
    private readonly ImportContext _context;
    private readonly string _famille;
    private readonly IReadOnlySet<long> _later;
    private readonly IReadOnlySet<string> _laterDepartements;
    private readonly HashSet<long> _keys = [];
    private readonly SortedSet<string> _departements = new(StringComparer.Ordinal);

    public SnapshotCoverage(ImportContext context, string famille)
    {
        var couvertures = context.Force ? Couvertures.Empty : context.Referentiel.Couvertures;
        (_context, _famille) = (context, famille);
        _later = couvertures.KeysAfter(famille, context.SnapshotOn);
        _laterDepartements = couvertures.DepartementsAfter(famille, context.SnapshotOn);
    }

    /// <summary>There is a later snapshot of something, and this one is not the newest.</summary>
    public bool HasLater => _later.Count > 0 || _laterDepartements.Count > 0;

    public void Saw(string number) => _keys.Add(CleSet.KeyOf(number));

    /// <summary>Lines of a site are told with its entity: a later snapshot that names the entity has spoken of all of its sites.</summary>
    public void SawSite(string site, string entite)
    {
        Saw(site);
        Saw(entite);
        _departements.Add(Finess.DepartementOf(entite));
    }

    public bool IsOutdated(string number) => _later.Count > 0 && _later.Contains(CleSet.KeyOf(number));

    /// <param name="entite">As the registers say, where they know the site; else as the file does.</param>
    public bool IsSiteOutdated(string site, string entite) =>
        HasLater && (IsOutdated(site) || IsOutdated(entite) || _laterDepartements.Contains(Finess.DepartementOf(entite)));

    public ImportStep Covered() => new ImportStep.Covered(
        new(_famille, CleSet.Pack(_keys), _context.Complete ? [.. _departements] : []), "fin du fichier");
}
