using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;

namespace Cpom.Runtime.Projections;

/// <summary>Which part of what files state of an entity or a site a fact changes: a statement of another part says nothing new after it. In doubt, each.</summary>
internal static class StatedPart
{
    public static EntiteRow Touch(EntiteRow row, EntiteEvent recorded) => recorded is
        ILigneFact or EntiteEvent.ContratRequired or EntiteEvent.ContratRequirementMet
        ? row
        : row with { IdentiteVersion = row.Version };

    /// <summary>A right that is stated under another entity is refused, so lines depend on the transfer of their site, and on nothing else of its identity.</summary>
    public static SiteRow Touch(SiteRow row, SiteEvent recorded) => recorded switch
    {
        SiteEvent.AutorisationGranted or SiteEvent.AutorisationChanged or SiteEvent.AutorisationEnded => row with { AutorisationsVersion = row.Version },
        SiteEvent.RcRecognised or SiteEvent.RcChanged or SiteEvent.RcWithdrawn => row with { RcVersion = row.Version },
        SiteEvent.SiteIdentiteChanged or SiteEvent.SiteClosed or SiteEvent.SiteReopened => row with { IdentiteVersion = row.Version },
        _ => row with { IdentiteVersion = row.Version, AutorisationsVersion = row.Version, RcVersion = row.Version },
    };
}
