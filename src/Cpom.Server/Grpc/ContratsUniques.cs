using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Ghts;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What a view proves of groups and of the contrats of their members (L-05, L-06).</summary>
internal static class ContratsUniques
{
    public static GhtState? Of(PortfolioView view, string code) => view.Suivis.GetValueOrDefault($"{Ght.Category}-{code}")?.State as GhtState;

    public static IEnumerable<ContratDossier> ContratsOf(PortfolioView view, string code) =>
        view.Contrats.Values.Where(c => c.State.Fiche.Ght == code && !c.State.IsAbandoned).OrderBy(c => c.State.Fiche.DateEffet).ThenBy(c => c.Numero, StringComparer.Ordinal);

    /// <summary>Whose sites an opening covers: of the entity, or of all members of the group and the legal person that it may be.</summary>
    public static IEnumerable<string> EntitesOf(PortfolioView view, string entite, string? ght) =>
        ght is { } code && Of(view, code) is { } state ? state.Membres.Keys.Append(entite).Distinct().Order(StringComparer.Ordinal) : [entite];

    public static GroupeProof? Prove(PortfolioView view, string? ght)
    {
        if (ght is null || Of(view, ght) is not { Nom: not null } state)
        {
            return null;
        }

        var personne = state.Personnalite?.Entite;
        var membres = state.Membres.Keys.Select(m => new GroupeProof.Membre(m, state.Unique?.Parts.ContainsKey(m) == true, OwnOf(view, m)));
        if (personne is not null && !state.Membres.ContainsKey(personne))
        {
            membres = membres.Append(new(personne, Asked: true, OwnOf(view, personne)));
        }

        return new(ght, SupportOf(state), personne, state.Unique?.GrantedOn, state.Unique?.AvisOn, membres.ToValueList());
    }

    /// <summary>The number of a contrat of a group that the entity is in on a day of a contrat of its own; null where there is none.</summary>
    public static string? OverlapOf(PortfolioView view, Fiche fiche) => fiche.Ght is not null ? null : view.ContratsOf(fiche.Entite)
        .Select(numero => view.Contrats[numero])
        .FirstOrDefault(c => c.State is { Groupe: not null, IsAbandoned: false } && c.State.Fiche.DateEffet <= fiche.DateFin && c.State.EngagedUntil(fiche.Entite) >= fiche.DateEffet)?.Numero;

    public static string? SupportOf(GhtState state) => state.Membres.FirstOrDefault(m => m.Value == GhtRole.Support).Key;

    private static ValueList<GroupeProof.ContratDeMembre> OwnOf(PortfolioView view, string entite) =>
        view.ContratsOf(entite).Select(numero => view.Contrats[numero]).Where(c => !c.State.IsAbandoned).Select(c => new GroupeProof.ContratDeMembre(c.Numero, c.State.EngagedUntil(entite))).ToValueList();
}
