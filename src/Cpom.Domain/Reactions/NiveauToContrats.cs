using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Reactions;

/// <summary>R-118: the level that is said of an entity is that of its contrats, those there are and those opened after.</summary>
public static class NiveauToContrats
{
    public static IEnumerable<Reaction> React(string entite, Coverage coverage) =>
        coverage.ContratsOfFiche(entite).Select(contrat => Follow(contrat, coverage.NiveauOf(entite)!));

    /// <summary>The département's is what a contrat begins with, unless its own négociation says otherwise.</summary>
    public static IEnumerable<Reaction> Opened(string contrat, Fiche fiche, Coverage coverage) =>
        coverage.NiveauOf(fiche.Entite) is { Niveau: Niveau.Regional } said ? [Follow(contrat, said)] : [];

    private static Reaction.ToContrat Follow(string contrat, NiveauEntite said) => new(contrat, new ContratCommand.FollowNiveau(said.Niveau, said.Motif, said.Revision, said.On));
}
