using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

public sealed partial class Negociation
{
    public static NegociationState Evolve(NegociationState state, NegociationEvent recorded) => (state, recorded) switch
    {
        (None, NegociationOpened e) => new Ouverte(
            e.Fiche, e.Fiche.Negociateur, null, e.Fiche.Structures.ToImmutableSortedDictionary(s => s.Entite, Dossier.Of, StringComparer.Ordinal), [], [], [], null, Rappels.From(e.ValidOn)),
        (Ouverte s, NegociateurChanged e) => s with { Negociateur = e.Negociateur },
        (Ouverte s, TrameReceived e) => s with { TrameOn = e.ValidOn },
        (Ouverte s, NoteAttached e) => s with { Notes = [.. s.Notes, e.Note] },
        (Ouverte s, RencontreRecorded e) => s with { Rencontres = [.. s.Rencontres, new(e.ValidOn, e.CompteRendu)] },
        (Ouverte s, NegociationProlonged e) => s with { Prolongations = [.. s.Prolongations, new(e.ValidOn, Delai.OfJours(NegociationEcheances.ProlongationJours), e.Motif)] },
        (Ouverte s, NegociationAbandoned e) => s with { AbandonedOn = e.ValidOn },
        (Ouverte s, NegociationEcheanceReached e) => s with { Rappels = s.Rappels.Note(e.Kind, e.Numero, e.Stade, e.DueOn) },
        (Ouverte s, SectionWritten e) => With(s, e.Entite, d => d.Write(e.Section, e.ValidOn, e.Redacteur)),
        (Ouverte s, IndicateurDefined e) => With(s, e.Entite, d => d with { Indicateurs = [.. d.Indicateurs.Where(i => i.Libelle != e.Indicateur.Libelle), e.Indicateur] }),
        (Ouverte s, VoletsHandedOver e) => With(s, e.Entite, d => d.Change(e.Volets, v => v.HandOver(e.ValidOn))),
        (Ouverte s, VoletsReturned e) => With(s, e.Entite, d => d.Change(e.Volets, v => v.Return(e.ValidOn, e.Reason))),
        (Ouverte s, VoletsShared e) => With(s, e.Entite, d => d.Change(e.Volets, v => v with { PartageOn = e.ValidOn })),
        (Ouverte s, RapportHandedOver e) => With(s, e.Entite, d => d.Complete(e.ValidOn)),
        (Ouverte s, RapportReturned e) => With(s, e.Entite, d => d.ReturnAll(e.ValidOn, e.Reason)),
        (Ouverte s, DiagnosticShared e) => With(s, e.Entite, d => d.ShareAll(e.ValidOn)),
        (Ouverte s, QuestionAnswered e) => With(s, e.Entite, d => d with { Reponses = d.Reponses.SetItem(e.Numero, new(e.Oui, e.Commentaire)) }),
        (Ouverte s, SyntheseWritten e) => With(s, e.Entite, d => d with { Synthese = e.Synthese, Acceptances = d.Acceptances.Clear() }),
        (Ouverte s, EngagementProposed e) => With(s, e.Entite, d => Proposed(d, d.Propositions.SetItem(e.Engagement.Number, new(e.By, e.Engagement)))),
        (Ouverte s, EngagementWithdrawn e) => With(s, e.Entite, d => Proposed(d, d.Propositions.Remove(e.Number))),
        (Ouverte s, SyntheseAcceptedBy e) => With(s, e.Entite, d => d with { Acceptances = d.Acceptances.SetItem(e.By, e.ValidOn) }),
        (Ouverte s, SyntheseAccepted e) => With(s, e.Entite, d => d with { Version = e.Version, Accepted = new(e.ValidOn, e.Engagements) }),
        (Ouverte s, SyntheseReopened e) => With(s, e.Entite, d => d with { Version = e.Version, Accepted = null, Acceptances = d.Acceptances.Clear() }),
        (Ouverte s, IssueChosen e) => With(s, e.Entite, d => d with { Issue = e.Issue, Contrat = e.Contrat }),
        (Ouverte s, SignatureNoted e) => With(s, e.Entite, d => e.Party == Signatory.RepresentantLegal
            ? d with { SignedByRepresentant = e.SignedOn }
            : d with { SignedByAgence = e.SignedOn }),
        _ => throw new UnreachableException($"{recorded.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    private static Ouverte With(Ouverte s, string entite, Func<Dossier, Dossier> change) => s with { Structures = s.Structures.SetItem(entite, change(s.Structures[entite])) };

    /// <summary>Who had accepted had accepted something else.</summary>
    private static Dossier Proposed(Dossier dossier, ImmutableSortedDictionary<int, Proposition> propositions) =>
        dossier with { Propositions = propositions, Acceptances = dossier.Acceptances.Clear() };
}
