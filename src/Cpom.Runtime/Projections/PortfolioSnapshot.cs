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
        packed.AddAll(Contrat, view.Contrats.Values);
        packed.AddAll(Entite, view.Entites.Values);
        packed.AddAll(Site, view.Sites.Values);
        packed.AddAll(Sites, view.SitesOfEntite.Select(p => new SitesRow(p.Key, p.Value)));
        foreach (var suivi in view.Suivis.Values)
        {
            packed.Add(Suivi, new SuiviHead(suivi.Category, suivi.Id, suivi.Version));
            packed.AddBelow(Etat, suivi.State, Calendriers.Of(suivi.Category).StateType);
        }

        return packed.ToSnapshot(view.Position);
    }

    /// <summary>The view, or null where this build cannot read it.</summary>
    public static PortfolioView? TryRead(Snapshot snapshot) => PackedReader.TryRead(snapshot, Read, Join);

    /// <summary>What a block held.</summary>
    private sealed class Rows
    {
        public PortfolioView? Rest { get; set; }

        public List<ContratDossier> Contrats { get; } = [];

        public List<EntiteRow> Entites { get; } = [];

        public List<SiteRow> Sites { get; } = [];

        public List<SitesRow> SitesOfEntite { get; } = [];

        public List<SuiviRow> Suivis { get; } = [];
    }

    private static Rows Read(PackedLines lines)
    {
        var (rows, head) = (new Rows(), (SuiviHead?)null);
        while (lines.Next() is { } kind)
        {
            switch (kind)
            {
                case Rest:
                    rows.Rest = lines.Read<PortfolioView>();
                    break;
                case Contrat:
                    rows.Contrats.Add(lines.Read<ContratDossier>());
                    break;
                case Entite:
                    rows.Entites.Add(lines.Read<EntiteRow>());
                    break;
                case Site:
                    rows.Sites.Add(lines.Read<SiteRow>());
                    break;
                case Sites:
                    rows.SitesOfEntite.Add(lines.Read<SitesRow>());
                    break;
                case Suivi:
                    head = lines.Read<SuiviHead>();
                    break;
                case Etat when head is not null:
                    var calendrier = Calendriers.Of(head.Category);
                    var state = lines.Read(calendrier.StateType);
                    rows.Suivis.Add(new(head.Category, head.Id, calendrier.EntiteOf(state), state, head.Version));
                    break;
                default:
                    throw new InvalidDataException($"No row of a replica is told by {kind}.");
            }
        }

        return rows;
    }

    private static PortfolioView Join(IReadOnlyList<Rows> blocks)
    {
        var rest = blocks.Select(b => b.Rest).FirstOrDefault(r => r is not null) ?? PortfolioView.Empty;
        return rest with
        {
            Contrats = Sorted(blocks.SelectMany(b => b.Contrats), row => row.Numero),
            Entites = Sorted(blocks.SelectMany(b => b.Entites), row => row.Finess),
            Sites = Sorted(blocks.SelectMany(b => b.Sites), row => row.Finess),
            SitesOfEntite = blocks.SelectMany(b => b.SitesOfEntite).ToImmutableDictionary(row => row.Entite, row => row.Sites, StringComparer.Ordinal),
            Suivis = Sorted(blocks.SelectMany(b => b.Suivis), row => $"{row.Category}-{row.Id}"),
        };
    }

    private static ImmutableSortedDictionary<string, T> Sorted<T>(IEnumerable<T> rows, Func<T, string> keyOf)
    {
        var sorted = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            sorted.Add(keyOf(row), row);
        }

        return sorted.ToImmutable();
    }
}
