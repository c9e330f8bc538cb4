using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>What one fact asks of other actors. Actors never call actors: the relay sends these, and may send them twice.</summary>
public abstract record Reaction
{
    private Reaction() { }

    public sealed record ToSite(string Site, SiteCommand Command) : Reaction;

    public sealed record ToEntite(string Entite, EntiteCommand Command) : Reaction;

    /// <summary>The record of a file that brought what could not be taken.</summary>
    public sealed record ToFichier(string Sha256, FichierCommand Command) : Reaction;

    public sealed record ToContrat(string Contrat, ContratCommand Command) : Reaction;

    public sealed record ToNegociation(string Negociation, NegociationCommand Command) : Reaction;

    /// <summary>Every act of the contrat's scope up to this fact is to be sent to it, oldest first; then the end is told .</summary>
    /// <param name="Entite">Of its fiche: in whose partition all of them are sent.</param>
    /// <param name="Membres">Of a contrat for a GHT, whose own ledgers are read too; null for one of one entity.</param>
    public sealed record CatchUp(string Contrat, string Entite, ValueList<string> Sites, ValueList<string>? Membres = null) : Reaction;

    /// <summary>A site has changed entity: its lines leave the contrats of the one and join those of the other.</summary>
    public sealed record MoveLignes(string Site, ValueList<string> From, ValueList<string> To, DateOnly ValidOn) : Reaction;
}

/// <summary>The table of contents of what follows from what.</summary>
public static class Reactions
{
    /// <param name="coverage">Folded up to and including this fact.</param>
    /// <param name="today">The day on which the platform learned the fact.</param>
    public static IEnumerable<Reaction> To(string id, IFact fact, Coverage coverage, DateOnly today) => fact switch
    {
        SiteEvent and ILigneFact f => [.. ActToContrats.React(coverage.EntiteOf(id)!, f, coverage), .. ContratRequirement.React(coverage.EntiteOf(id)!, coverage, today)],
        EntiteEvent and ILigneFact f => [.. ActToContrats.React(id, f, coverage), .. ContratRequirement.React(id, coverage, today)],
        EntiteEvent.EntiteRegistered => [.. EntiteToSites.React(id, coverage), .. ContratRequirement.React(id, coverage, today)],
        EntiteEvent.FinancementsHeld when coverage.IsKnownSite(id) => EntiteToSites.Forward(id, coverage.EntiteOf(id)!, coverage, today),
        EntiteEvent.EntiteIdentiteChanged or EntiteEvent.EntiteReopened => ContratRequirement.React(id, coverage, today),
        SiteEvent.SiteDeclared e when coverage.IsKnown(e.Entite) => EntiteToSites.Confirm(id, e.Entite),
        SiteEvent.SiteRegistered e => [.. SiteToContrats.Register(id, e, coverage), .. EntiteToSites.Forward(id, e.Entite, coverage, today)],
        SiteEvent.SiteTransferred e => [.. SiteToContrats.Transfer(id, e, coverage), .. ContratRequirement.React(e.To, coverage, today)],
        SiteEvent.LignesRefused e => SiteToFichiers.React(id, e),
        ContratEvent.ContratReplaced e => RelaisToContrat.Replaced(id, e, coverage),
        ContratEvent.ContratOpened e => [new Reaction.CatchUp(id, e.Fiche.Entite, coverage.SitesIn(id).ToValueList(), e.Groupe?.Membres), .. NegociationReactions.Opened(e.Fiche, coverage), .. NiveauToContrats.Opened(id, e.Fiche, coverage)],
        ContratEvent.ContratEnteredIntoForce e => [.. GroupeToContrats.InForce(id, e, coverage), .. RenewalToContrat.React(id, coverage, today), .. RelaisToContrat.React(id, coverage)],
        ContratEvent.EcheanceReached e => coverage.EntitesIn(id).SelectMany(entite => ContratRequirement.AtTheEnd(entite, e, coverage)),
        ContratEvent.MembreWithdrawn e => GroupeToContrats.Withdrawn(id, e, coverage, today),
        ContratEvent.ContratTerminated e => SanctionToContrats.Ended(id, e, coverage, today),
        ManquementsEvent.SanctionDecided e => SanctionToContrats.React(id, e, coverage),
        EntiteEvent.EntiteNiveauSet => NiveauToContrats.React(id, coverage),
        EntiteEvent.HorsContratWithdrawn => ContratRequirement.React(id, coverage, today),
        NegociationEvent.SyntheseAccepted e => NegociationReactions.Tell(id, e.Entite, coverage),
        NegociationEvent.SyntheseReopened e => NegociationReactions.Tell(id, e.Entite, coverage),
        NegociationEvent.IssueChosen e => NegociationReactions.Tell(id, e.Entite, coverage),
        ContratEvent.ContratSigned e => NegociationReactions.Signed(id, null, e.Party, e.ValidOn, e.ValidOn, coverage),
        ContratEvent.ContratSignatureWithdrawn e => NegociationReactions.Signed(id, null, Signatory.RepresentantLegal, null, e.ValidOn, coverage),
        ContratEvent.AvenantSigned e => NegociationReactions.Signed(id, e.Number, e.Party, e.ValidOn, e.ValidOn, coverage),
        ContratEvent.AvenantSignatureWithdrawn e => NegociationReactions.Signed(id, e.Number, Signatory.RepresentantLegal, null, e.ValidOn, coverage),
        _ => [],
    };
}
