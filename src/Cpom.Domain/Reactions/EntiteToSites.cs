using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>An entity becomes known: the sites that wait for it are admitted, with the facts they hold.</summary>
public static class EntiteToSites
{
    public static IEnumerable<Reaction> React(string entite, Coverage coverage, DateOnly today) =>
        coverage.SitesWaitingFor(entite).SelectMany(site => Confirm(site, entite, today));

    public static IEnumerable<Reaction> Confirm(string site, string entite, DateOnly today) =>
        [new Reaction.ToSite(site, new SiteCommand.ConfirmEntite(entite, today))];
}
