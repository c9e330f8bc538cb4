using System.Collections.Immutable;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What several services look up in a view.</summary>
internal static class Registers
{
    public static ImmutableArray<string> GhtsOf(PortfolioView view, string entite) => view.GhtsOfEntite.TryGetValue(entite, out var ghts) ? ghts : [];

    public static IEnumerable<string> SitesOf(PortfolioView view, string entite) => view.SitesOfEntite.TryGetValue(entite, out var sites) ? sites : [];

    public static IEnumerable<ContratRow> ContratsOf(PortfolioView view, string entite, DateOnly validOn) =>
        view.ContratsOf(entite).Order(StringComparer.Ordinal).Select(numero => view.Row(view.Contrats[numero], validOn));

    /// <summary>True when one of the texts contains what is searched, without case or accents; an empty search finds everything.</summary>
    public static bool Matches(string search, params IEnumerable<string> texts)
    {
        var folded = Text.Fold(search);
        return folded.Length == 0 || texts.Any(text => Text.Fold(text).Contains(folded, StringComparison.Ordinal));
    }

    /// <summary>True when a filter is absent or equal to the value.</summary>
    public static bool Is(string filter, string? value) => filter.Length == 0 || filter == value;

    public static bool IsIn(string ght, PortfolioView view, string entite) => ght.Length == 0 || GhtsOf(view, entite).Contains(ght);
}
