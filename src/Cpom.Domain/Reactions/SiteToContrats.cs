using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>A site appears under an entity or changes entity: the perimeters and the lines of the contrats follow .</summary>
public static class SiteToContrats
{
    public static IEnumerable<Reaction> Register(string site, SiteEvent.SiteRegistered fact, Coverage coverage) =>
        coverage.WholeContratsOf(fact.Entite).Select(c => new Reaction.ToContrat(c, new ContratCommand.RecordSite(site, Joined: true, fact.ValidOn)));

    public static IEnumerable<Reaction> Transfer(string site, SiteEvent.SiteTransferred fact, Coverage coverage)
    {
        // Between two members of one GHT the site stays in their contrat.
        var (covering, whole) = (coverage.ContratsCovering(fact.From, site), coverage.WholeContratsOf(fact.To).ToValueList());
        var (from, to) = (covering.Except(whole).ToValueList(), whole.Except(covering).ToValueList());
        foreach (var contrat in from)
        {
            yield return new Reaction.ToContrat(contrat, new ContratCommand.RecordSite(site, Joined: false, fact.ValidOn));
        }

        foreach (var contrat in to)
        {
            yield return new Reaction.ToContrat(contrat, new ContratCommand.RecordSite(site, Joined: true, fact.ValidOn));
        }

        yield return new Reaction.MoveLignes(site, from, to, fact.ValidOn);
    }

    /// <summary>The acts of a move: each line of the site ends in one contrat and begins in the other, once, where the days of the contrat meet it.</summary>
    /// <param name="facts">The site's own line facts before the move, oldest first.</param>
    public static IEnumerable<Reaction> MoveLignes(Reaction.MoveLignes move, IEnumerable<ILigneFact> facts, Coverage coverage, Cause cause)
    {
        foreach (var fact in facts.GroupBy(f => f.LigneId).Select(g => g.Last()).Where(f => f.After is not null))
        {
            var left = new LigneChange(move.ValidOn, fact.LigneId, fact.Revision, fact.After, null, cause);
            foreach (var contrat in move.From.Where(c => coverage.Covers(c, left)))
            {
                yield return Record(contrat, coverage.ActFor(contrat, left), $"sortie-{move.ValidOn:yyyy-MM-dd}", false);
            }

            var joined = left with { Before = null, After = fact.After };
            var to = move.To.Where(c => coverage.Covers(c, joined)).ToList();
            foreach (var contrat in to)
            {
                yield return Record(contrat, coverage.ActFor(contrat, joined), $"entree-{move.ValidOn:yyyy-MM-dd}", to.Count > 1);
            }
        }
    }

    private static Reaction.ToContrat Record(string contrat, Act act, string move, bool shared) =>
        new(contrat, new ContratCommand.RecordAct(act with { Id = $"{act.Id}@{move}" }, shared));
}
