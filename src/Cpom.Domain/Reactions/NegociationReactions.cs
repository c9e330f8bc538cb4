using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;

namespace Cpom.Domain.Reactions;

/// <summary>R-075: what both parties accepted goes to the contrat, whichever was first; and what they sign there comes back .</summary>
public static class NegociationReactions
{
    public static IEnumerable<Reaction> Tell(string negociation, string entite, Coverage coverage) =>
        coverage.DossierOf(negociation, entite) is { Version: > 0, Target: { } contrat } dossier && coverage.IsOpen(contrat)
            ? [new Reaction.ToContrat(contrat, new ContratCommand.RecordAccord(negociation, dossier.Version, dossier.Engagements, dossier.ByAvenant, dossier.On))]
            : [];

    public static IEnumerable<Reaction> Opened(Fiche fiche, Coverage coverage) => fiche.Negociation is { } negociation ? Tell(negociation, fiche.Entite, coverage) : [];

    /// <param name="signedOn">Null where the signature is taken back.</param>
    public static IEnumerable<Reaction> Signed(string contrat, int? avenant, Signatory party, DateOnly? signedOn, DateOnly on, Coverage coverage) =>
        coverage.NegociationOf(contrat, avenant) is { } negociation
            ? [new Reaction.ToNegociation(negociation, new NegociationCommand.NoteSignature(coverage.FicheOf(contrat).Entite, party, signedOn, on))]
            : [];
}
