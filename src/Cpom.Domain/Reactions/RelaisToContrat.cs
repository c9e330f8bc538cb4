using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;

namespace Cpom.Domain.Reactions;

/// <summary>R-088: a contrat signed again whole is in force, and the contrat of socle commun that bridged until then ends.</summary>
public static class RelaisToContrat
{
    public static IEnumerable<Reaction> React(string contrat, Coverage coverage) =>
        coverage.FicheOf(contrat) is { Negociation: { } negociation } fiche
        && coverage.DossierOf(negociation, fiche.Entite) is { Issue: NegociationIssue.Resignature, Precedent: { } relais } dossier
        && dossier.Contrat == contrat && coverage.IsContrat(relais)
            ? [new Reaction.ToContrat(relais, new ContratCommand.EndRelais(contrat, fiche.DateEffet))]
            : [];

    /// <summary>The entity has one contrat less from that day on; the one signed again is in force, so that no alert follows.</summary>
    public static IEnumerable<Reaction> Replaced(string contrat, ContratEvent.ContratReplaced fact, Coverage coverage) =>
        coverage.EntitesIn(contrat).Select(entite => new Reaction.ToEntite(entite, new EntiteCommand.NoteContratTerminated(contrat, fact.ValidOn)));
}
