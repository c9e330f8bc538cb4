using System.Collections.Immutable;
using Cpom.Domain.Echeances;

namespace Cpom.Runtime.Projections;

/// <summary>A replica as it is left for the next process: what there are thousands of row by row, the rest in the first line.</summary>
internal static class PortfolioSnapshot
{
    private const char Rest = 'v';
    private const char Contrat = 'c';
    private const char Entite = 'e';
    private const char Site = 's';
    private const char Sites = 'l';
    private const char Suivi = 'd';
    private const char Etat = 'f';

    private sealed record SitesRow(string Entite, ImmutableSortedSet<string> Sites);

    /// <summary>A row of <see cref="PortfolioView.Suivis"/>; its state is the line after.</summary>
    private sealed record SuiviHead(string Category, string Id, long Version);

    public static Snapshot Of(PortfolioView view)
    {
        using var packed = new PackedWriter();
        packed.Add(Rest, view with
        {
            Contrats = PortfolioView.Empty.Contrats,
            Entites = PortfolioView.Empty.Entites,
            Sites = PortfolioView.Empty.Sites,
            SitesOfEntite = PortfolioView.Empty.SitesOfEntite,
            Suivis = PortfolioView.Empty.Suivis,
        });
        AddAll(packed, Contrat, view.Contrats.Values);
        AddAll(packed, Entite, view.Entites.Values);
        AddAll(packed, Site, view.Sites.Values);
        AddAll(packed, Sites, view.SitesOfEntite.Select(p => new SitesRow(p.Key, p.Value)));
        foreach (var suivi in view.Suivis.Values)
        {
            packed.Add(Suivi, new SuiviHead(suivi.Category, suivi.Id, suivi.Version));
            packed.Add(Etat, suivi.State, Calendriers.Of(suivi.Category).StateType);
        }

        return packed.ToSnapshot(view.Position);
    }

    /// <summary>The view, or null where this build cannot read it.</summary>
    public static PortfolioView? TryRead(Snapshot snapshot) => PackedReader.TryRead(snapshot, Read);

    private static PortfolioView Read(PackedReader lines)
    {
        var rest = PortfolioView.Empty;
        var contrats = rest.Contrats.ToBuilder();
        var entites = rest.Entites.ToBuilder();
        var sites = rest.Sites.ToBuilder();
        var sitesOfEntite = rest.SitesOfEntite.ToBuilder();
        var suivis = rest.Suivis.ToBuilder();
        var head = (SuiviHead?)null;
        while (lines.Next() is { } kind)
        {
            switch (kind)
            {
                case Rest:
                    rest = lines.Read<PortfolioView>();
                    break;
                case Contrat when lines.Read<ContratDossier>() is var row:
                    contrats.Add(row.Numero, row);
                    break;
                case Entite when lines.Read<EntiteRow>() is var row:
                    entites.Add(row.Finess, row);
                    break;
                case Site when lines.Read<SiteRow>() is var row:
                    sites.Add(row.Finess, row);
                    break;
                case Sites when lines.Read<SitesRow>() is var row:
                    sitesOfEntite.Add(row.Entite, row.Sites);
                    break;
                case Suivi:
                    head = lines.Read<SuiviHead>();
                    break;
                case Etat when head is not null:
                    var calendrier = Calendriers.Of(head.Category);
                    var state = lines.Read(calendrier.StateType);
                    suivis.Add($"{head.Category}-{head.Id}", new(head.Category, head.Id, calendrier.EntiteOf(state), state, head.Version));
                    break;
                default:
                    throw new InvalidDataException($"No row of a replica is told by {kind}.");
            }
        }

        return rest with
        {
            Contrats = contrats.ToImmutable(),
            Entites = entites.ToImmutable(),
            Sites = sites.ToImmutable(),
            SitesOfEntite = sitesOfEntite.ToImmutable(),
            Suivis = suivis.ToImmutable(),
        };
    }

    private static void AddAll<T>(PackedWriter packed, char kind, IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            packed.Add(kind, row);
        }
    }
}
