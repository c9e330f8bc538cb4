using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;

namespace Cpom.Domain.Reactions;

/// <summary>A contrat for a GHT is that of each member (R-001, L-05): in force, it is what each had to have; a member that leaves it takes its sites along, and needs another.</summary>
public static class GroupeToContrats
{
    public static IEnumerable<Reaction> InForce(string contrat, ContratEvent.ContratEnteredIntoForce fact, Coverage coverage) => coverage.EntitesIn(contrat)
        .Select(entite => new Reaction.ToEntite(entite, new EntiteCommand.NoteContratInForce(contrat, fact.ValidOn, coverage.FicheOf(contrat).DateFin)));

    /// <summary>Its sites leave as in a transfer: each line ends in the contrat on that day, once.</summary>
    public static IEnumerable<Reaction> Withdrawn(string contrat, ContratEvent.MembreWithdrawn fact, Coverage coverage, DateOnly today)
    {
        foreach (var site in coverage.SitesOf(fact.Entite))
        {
            yield return new Reaction.ToContrat(contrat, new ContratCommand.RecordSite(site, Joined: false, fact.ValidOn));
            yield return new Reaction.MoveLignes(site, [contrat], [], fact.ValidOn);
        }

        yield return new Reaction.ToEntite(fact.Entite, new EntiteCommand.NoteContratTerminated(contrat, fact.ValidOn));
        foreach (var alert in ContratRequirement.React(fact.Entite, coverage, fact.ValidOn > today ? fact.ValidOn : today))
        {
            yield return alert;
        }
    }
}
