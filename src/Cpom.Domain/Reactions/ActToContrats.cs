using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;

namespace Cpom.Domain.Reactions;

/// <summary>R-056: an act goes to every contrat that covers its FINESS number.</summary>
public static class ActToContrats
{
    public static IEnumerable<Reaction> React(string entite, ILigneFact fact, Coverage coverage)
    {
        var contrats = coverage.ContratsFor(entite, fact);
        return contrats.Select(contrat => new Reaction.ToContrat(contrat, new ContratCommand.RecordAct(coverage.ActFor(contrat, fact), Shared: contrats.Count > 1)));
    }

    /// <summary>What a contrat that has just been opened is sent: the acts of its scope, in the order in which they were learned.</summary>
    /// <param name="facts">Each with the entity whose it is.</param>
    public static IEnumerable<ContratCommand> CatchUp(string contrat, IEnumerable<(string Entite, ILigneFact Fact)> facts, Coverage coverage, DateOnly today)
    {
        foreach (var (entite, fact) in facts.Where(f => coverage.Covers(contrat, f.Fact)))
        {
            yield return new ContratCommand.RecordAct(coverage.ActFor(contrat, fact), Shared: coverage.ContratsFor(entite, fact).Count > 1);
        }

        yield return new ContratCommand.CompleteCatchUp(today);
    }
}
