using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Flux;
using Cpom.Domain.Nomenclatures;
using Cpom.Intake;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What the importer may ask, answered from the portfolio's newest view.</summary>
internal sealed class ViewReferentiel(Portfolio portfolio) : IReferentiel
{
    private PortfolioView View => portfolio.Current;

    public string? EntiteOf(string finess) => View switch
    {
        var view when view.Sites.TryGetValue(finess, out var site) && site.Entite.Length > 0 => site.Entite,
        var view when view.Entites.TryGetValue(finess, out var entite) && entite.Known => finess,
        _ => null,
    };

    public bool IsEntite(string finess) => View.Entites.TryGetValue(finess, out var entite) && entite.Known;

    public bool IsGht(string code) => View.Ghts.ContainsKey(code);

    public string? StatutOf(string entite) => View.Entites.GetValueOrDefault(entite)?.Identite.Statut;

    public IReadOnlyList<string> SitesOf(string entite) => View.SitesOfEntite.TryGetValue(entite, out var sites) ? [.. sites] : [];

    public IReadOnlyList<(string Site, string Entite)> SitesWithLignes(Volet volet, IReadOnlySet<string> departements) =>
        [.. View.Sites.Values
            .Where(s => (volet == Volet.A2V1 ? s.Autorisations : s.Rc) > 0 && departements.Contains(Finess.DepartementOf(s.Entite)))
            .Select(s => (s.Finess, s.Entite))];

    public Couvertures Couvertures => View.Couvertures;

    public NomenclatureState? NomenclatureOf(string name) => View.Nomenclatures.GetValueOrDefault(name);

    public bool IsContrat(string numero) => View.Contrats.ContainsKey(numero);

    public IReadOnlyList<string> LignesOf(string contrat, string numero) => View.Contrats.GetValueOrDefault(contrat) is not { } dossier
        ? []
        : [.. dossier.State.Lignes
            .Where(p => p.Key == numero || p.Value.Latest is Ligne.Rc rc && rc.Numero == numero || p.Value.Latest is Ligne.Autorisation aut && aut.Numero == numero)
            .Select(p => p.Key)
            .Order(StringComparer.Ordinal)];
}
