using Cpom.Domain.Entites;
using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>An entity becomes known: the sites that wait for it are admitted, with the facts they hold.</summary>
public static class EntiteToSites
{
    public static IEnumerable<Reaction> React(string entite, Coverage coverage) =>
        coverage.SitesWaitingFor(entite).SelectMany(site => Confirm(site, entite));

    public static IEnumerable<Reaction> Confirm(string site, string entite) =>
        [new Reaction.ToSite(site, new SiteCommand.ConfirmEntite(entite))];

    /// <summary>Money notified to a number that turns out to be a site's belongs in the ledger of the site's entity.</summary>
    public static IEnumerable<Reaction> Forward(string site, string entite, Coverage coverage, DateOnly today)
    {
        var held = coverage.HeldUnder(site);
        foreach (var statement in held)
        {
            yield return new Reaction.ToEntite(entite, statement with { Finess = entite });
        }

        if (held.Count > 0)
        {
            yield return new Reaction.ToEntite(site, new EntiteCommand.ForwardHeld(entite, today));
        }
    }
}
