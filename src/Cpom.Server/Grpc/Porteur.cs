using System.Collections.Immutable;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Whose échéances are, and what they are: computed when they are looked at.</summary>
/// <param name="Contrat">Its resource name where it is a contrat, else empty.</param>
/// <param name="Name">Its resource name.</param>
/// <param name="Finess">Of the legal entity; the actor's own id where it belongs to no one entity.</param>
internal sealed record Porteur(string Contrat, string Name, string Finess, EntiteRow? Entite, ImmutableArray<string> Ghts, IEnumerable<Echeance> Echeances)
{
    public static Porteur Of(ContratRow row)
    {
        var name = Names.Contrat(row.Dossier.Numero);
        return new(name, name, row.Dossier.State.Fiche.Entite, row.Entite, row.Ghts, ContratEcheances.On(row.Dossier.State, row.Day));
    }

    /// <summary>Contrats first.</summary>
    public static IEnumerable<Porteur> All(PortfolioView view, DateOnly day) => view.Rows(day).Select(Of).Concat(view.Suivis.Values.Select(row => Of(row, view)));

    public static Porteur Of(SuiviRow row, PortfolioView view) => row.State is GhtState ght ? Of(row, ght, view) : new(
        string.Empty,
        row.Category == Prs.Category ? $"{row.Category}/{row.Id}" : $"{row.Category}s/{row.Id}",
        row.Entite,
        view.Entites.GetValueOrDefault(row.Entite),
        Registers.GhtsOf(view, row.Entite),
        Calendriers.Of(row.Category).EcheancesOf(row.State));

    /// <summary>A group is shown with its établissement support.</summary>
    private static Porteur Of(SuiviRow row, GhtState ght, PortfolioView view)
    {
        var support = ght.Membres.FirstOrDefault(m => m.Value == GhtRole.Support).Key ?? string.Empty;
        return new(string.Empty, Names.Ght(row.Id), support, view.Entites.GetValueOrDefault(support), [row.Id], Ght.EcheancesOf(ght));
    }
}
