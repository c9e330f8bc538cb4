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
        if (held.Count > 0)
        {
            var lignes = held.SelectMany(h => h.Lignes).ToValueList();
            yield return new Reaction.ToEntite(entite, new EntiteCommand.ReceiveForwarded(new(entite, held[^1].AsOf, lignes)));
            yield return new Reaction.ToEntite(site, new EntiteCommand.ForwardHeld(entite, today));
        }
    }
}
