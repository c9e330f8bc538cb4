using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;

namespace Cpom.Domain.Reactions;

/// <summary>All that <see cref="Coverage"/> knows, as plain data, for a snapshot. Which sites and contrats an entity has follows from theirs.</summary>
public sealed record CoverageShape(
    IReadOnlyList<CoverageShape.SiteShape> Sites, IReadOnlyList<CoverageShape.EntiteShape> Entites, IReadOnlyList<CoverageShape.ContratShape> Contrats,
    IReadOnlyList<CoverageShape.NegociationShape> Negociations, IReadOnlyList<CoverageShape.AvenantShape> Avenants)
{
    public sealed record NegociationShape(string Id, string Entite, IReadOnlyList<DossierShape> Dossiers);

    public sealed record DossierShape(string Entite, DossierCover Dossier);

    public sealed record AvenantShape(string Contrat, int Numero, string Negociation);

    public sealed record SiteShape(string Id, string? Entite, bool Known, int Autorisations, int Eml, int Rc);

    public sealed record EntiteShape(
        string Id, bool Known, bool Closed, bool Required, bool FirOrMigac, string? Statut, IReadOnlyList<EntiteCommand.StateFinancements> Held, NiveauEntite? Niveau = null);

    public sealed record ContratShape(string Id, Fiche Fiche, IReadOnlyList<string> Sites, bool InForce, DateOnly? EndedOn = null, string? Renews = null,
        IReadOnlyList<string>? Membres = null, IReadOnlyList<DepartShape>? Left = null, bool Abandoned = false);

    /// <summary>A member that has left the contrat of its GHT.</summary>
    public sealed record DepartShape(string Entite, DateOnly LastDay);
}
