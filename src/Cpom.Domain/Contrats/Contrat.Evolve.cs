using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Acts;
using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

public sealed partial class Contrat
{
    public static ContratState Evolve(ContratState state, ContratEvent recorded) => (state, recorded) switch
    {
        (None, ContratOpened e) => Opened(e),
        (Ouvert s, SiteJoined e) => s with { Sites = s.Sites.SetItem(e.Site, null), SiteMoves = s.SiteMoves.SetItem(e.Site, e.ValidOn) },
        (Ouvert s, SiteLeft e) => s with { Sites = s.Sites.SetItem(e.Site, Days.Before(e.ValidOn)), SiteMoves = s.SiteMoves.SetItem(e.Site, e.ValidOn) },
        (Ouvert s, EngagementAdded e) => s with { Engagements = s.Engagements.SetItem(e.Engagement.Number, e.Engagement), Formalites = s.Formalites.TextChanged(null) },
        (Ouvert s, EngagementRemoved e) => WithEngagements(s, s.Engagements.Remove(e.Number)) with { Formalites = s.Formalites.TextChanged(null) },
        (Ouvert s, SocleLigneSet e) => Set(s, e.Act, e.ValidOn, null) with { Seen = s.Seen.Add(e.Act.Id) },
        (Ouvert s, SocleCaughtUp) => s with { CaughtUp = true },
        (Ouvert s, ContratSigned e) => Signed(s, e),
        (Ouvert s, ContratSignatureWithdrawn) =>
            s with { Phase = ContratPhase.Projet, SignedByRepresentant = null, Formalites = Initialled(s.Formalites, null, Signatory.RepresentantLegal, null) },
        (Ouvert s, ItemEnteredSocle e) => EnteredSocle(s, s.Items[e.ItemId]),
        (Ouvert s, ContratEnteredIntoForce) => s with { Phase = ContratPhase.EnVigueur },
        (Ouvert s, FinancementLinked e) => s with { Liens = s.Liens.SetItem(e.LigneFinancement, e.LigneRc) },
        (Ouvert s, ItemPended e) => Pended(s, e),
        (Ouvert s, ActWithoutEffect e) => s with { Seen = s.Seen.Add(e.ActId) },
        (Ouvert s, ItemSuperseded e) => Move(s, e.ItemId, new ItemPlace.Superseded(e.By)),
        (Ouvert s, ItemCancelled e) => Move(s, e.ItemId, new ItemPlace.Cancelled(e.By)),
        (Ouvert s, ItemDismissed e) => Move(s, e.ItemId, new ItemPlace.Dismissed(e.Reason)),
        (Ouvert s, ItemRebased e) => s with
        {
            Items = s.Items.SetItem(e.ItemId, s.Items[e.ItemId] with { Expected = e.Expected, Conflict = e.Conflict }),
        },
        (Ouvert s, EngagementFlagged e) => s with { FlaggedEngagements = s.FlaggedEngagements.SetItem(e.Number, e.Contrepartie) },
        (Ouvert s, EngagementFlagCleared e) => s with { FlaggedEngagements = s.FlaggedEngagements.Remove(e.Number) },
        (Ouvert s, FinancementFlagged e) => s with { FlaggedFinancements = s.FlaggedFinancements.SetItem(e.LigneFinancement, e.LigneRc) },
        (Ouvert s, FinancementFlagCleared e) => s with { FlaggedFinancements = s.FlaggedFinancements.Remove(e.LigneFinancement) },
        (Ouvert s, AvenantOpened e) => AvenantStarted(s, e),
        (Ouvert s, AvenantEngagementChanged e) =>
            With(s, e.Number, a => a with { Changes = [.. a.Changes, e.Change] }) with { Formalites = s.Formalites.TextChanged(e.Number) },
        (Ouvert s, AvenantSigned e) => With(s, e.Number, a => e.Party == Signatory.RepresentantLegal
            ? a with { SignedByRepresentant = new(e.Name, e.ValidOn) }
            : a with { SignedByDgArs = new(e.Name, e.ValidOn) }) with { Formalites = Initialled(s.Formalites, e.Number, e.Party, e.Paraphes) },
        (Ouvert s, AvenantSignatureWithdrawn e) =>
            With(s, e.Number, a => a with { SignedByRepresentant = null }) with { Formalites = Initialled(s.Formalites, e.Number, Signatory.RepresentantLegal, null) },
        (Ouvert s, AvenantIntegrated e) => Integrated(s, e),
        (Ouvert s, AvenantAbandoned e) => Abandoned(s, e),
        (Ouvert s, EcheanceReached e) => s with { Suivi = s.Suivi with { Rappels = s.Suivi.Rappels.Note(e.Kind, e.Numero, e.Stade, e.DueOn) } },
        (Ouvert s, RenouvellementAsked e) => s with { Suivi = s.Suivi with { Renouvellement = new(e.ValidOn, null) } },
        (Ouvert s, RenouvellementAnswered e) => Answered(s, new(e.ValidOn, e.Granted, e.Reason, Tacit: false)),
        (Ouvert s, RenouvellementGrantedTacitly e) => Answered(s, new(e.ValidOn, Granted: true, null, Tacit: true)),
        (Ouvert s, EvaluationRecorded e) => Evaluated(s, e),
        (Ouvert s, ValeurRecorded e) => s with { Execution = Execution.Of(s).With(e) },
        (Ouvert s, EngagementAlerted) => s,
        (Ouvert s, ContratRenewed e) => s with { Execution = Execution.Of(s) with { Successeur = new(e.By, e.DateEffet, e.ValidOn) } },
        (Ouvert s, RapportFinalRecorded e) => s with { Execution = Execution.Of(s) with { RapportFinal = new(e.ValidOn, e.Bilan) } },
        (Ouvert s, ContratTerminated e) => s with { Suites = (s.Suites ?? Suites.None) with { Resilie = new(e.Procedure, e.ValidOn) } },
        (Ouvert s, ModificationRequired e) => s with
        {
            Suites = (s.Suites ?? Suites.None) with { Modifications = [.. s.Suites?.Modifications ?? [], new(e.Procedure, e.Objet, e.ValidOn)] },
        },
        (Ouvert s, ArreteFixed e) => s with { Suites = (s.Suites ?? Suites.None) with { Arrete = e.Arrete } },
        (Ouvert s, ContratReplaced e) => s with { Cloture = (s.Cloture ?? Cloture.None) with { Remplacement = new(e.By, e.ValidOn) } },
        (Ouvert s, RelaisEnded e) => s with { Cloture = (s.Cloture ?? Cloture.None) with { Remplacement = new(e.By, e.ValidOn, Relayed: true) } },
        (Ouvert s, RetraitNotified e) => s with { Groupe = s.Groupe! with { Retraits = [.. s.Groupe.Retraits, new(e.Entite, e.ValidOn, e.Reference, null, null)] } },
        (Ouvert s, RetraitFixed e) => s with { Groupe = s.Groupe!.With(e.Entite, r => r with { Modalites = e.Modalites }) },
        (Ouvert s, MembreWithdrawn e) => s with { Groupe = s.Groupe!.With(e.Entite, r => r with { LeftOn = e.ValidOn }) },
        (Ouvert s, ContratAbandoned e) => s with { Cloture = (s.Cloture ?? Cloture.None) with { Abandonne = new(e.ValidOn, e.Reason) } },
        (Ouvert s, AccordRecorded e) => s with { Accord = new(e.Negociation, e.Version, e.Engagements, e.Avenant) },
        (Ouvert s, ConsultationRecorded or NiveauSet or Validated or Transmitted or OriginauxRecorded or ArchiveRecorded or NotificationAssigned or CaisseNotified
            or DemandeRecorded or DemandeAnswered) => s with { Formalites = After(s.Formalites, recorded) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    private static Ouvert Opened(ContratOpened e) => new(
        e.Fiche,
        ContratPhase.Projet,
        CaughtUp: false,
        SignedByRepresentant: null,
        SignedByDgArs: null,
        e.Sites.ToImmutableSortedDictionary(s => s, _ => (DateOnly?)null, StringComparer.Ordinal),
        SiteMoves: ImmutableDictionary<string, DateOnly>.Empty,
        Lignes: ImmutableDictionary<string, LigneDatee>.Empty,
        Engagements: ImmutableSortedDictionary<int, Engagement>.Empty,
        Seen: [],
        Items: ImmutableDictionary<string, Item>.Empty,
        PendingByLigne: ImmutableDictionary<string, string>.Empty,
        Avenants: ImmutableSortedDictionary<int, Avenant>.Empty,
        TakenByLigne: ImmutableDictionary<string, ImmutableSortedDictionary<int, string>>.Empty,
        Liens: ImmutableDictionary<string, string>.Empty,
        FlaggedEngagements: ImmutableDictionary<int, string>.Empty,
        FlaggedFinancements: ImmutableDictionary<string, string>.Empty,
        Suivi.From(e.ValidOn),
        Formalites.None,
        e.Reconduction is { } of ? Execution.None with { Reconduction = of } : null,
        Groupe: GroupeMembres.Of(e.Groupe));

    private static Ouvert Signed(Ouvert s, ContratSigned e) => (e.Party == Signatory.RepresentantLegal
        ? s with { Phase = ContratPhase.EnSignature, SignedByRepresentant = new(e.Name, e.ValidOn) }
        : s with { SignedByDgArs = new(e.Name, e.ValidOn) }) with { Formalites = Initialled(s.Formalites, null, e.Party, e.Paraphes) };

    private static Ouvert Answered(Ouvert s, Renouvellement.Reponse answer) =>
        s with { Suivi = s.Suivi with { Renouvellement = s.Suivi.Renouvellement! with { Answer = answer } } };

    private static Ouvert Evaluated(Ouvert s, EvaluationRecorded e) => s with
    {
        Suivi = s.Suivi with { Evaluations = s.Suivi.Evaluations.SetItem(e.Numero, e.ValidOn) },
        Execution = e.Bilan is null ? s.Execution : Execution.Of(s) with { Bilans = Execution.Of(s).Bilans.SetItem(e.Numero, e.Bilan) },
    };

    private static Ouvert Set(Ouvert s, Act act, DateOnly from, int? avenant) => s with
    {
        Lignes = s.Lignes.SetItem(act.LigneId, LigneDatee.Extend(s.Lignes.GetValueOrDefault(act.LigneId), new(from, act.After, act.Id, avenant))),
    };

    private static Ouvert Pended(Ouvert s, ItemPended e) => s with
    {
        Seen = s.Seen.Add(e.Act.Id),
        Items = s.Items.SetItem(e.Act.Id, new(e.Act, e.Expected, e.Conflict, e.Shared, new ItemPlace.Pending())),
        PendingByLigne = s.PendingByLigne.SetItem(e.Act.LigneId, e.Act.Id),
    };

    private static Ouvert EnteredSocle(Ouvert s, Item item) => Set(s, item.Act, item.Act.ValidOn, null) with
    {
        Items = s.Items.Remove(item.Id),
        PendingByLigne = s.PendingByLigne.Remove(item.Act.LigneId),
    };

    private static Ouvert Move(Ouvert s, string itemId, ItemPlace place)
    {
        var item = s.Items[itemId];
        var pending = s.PendingByLigne;
        if (place is ItemPlace.Pending)
        {
            pending = pending.SetItem(item.Act.LigneId, itemId);
        }
        else if (pending.TryGetValue(item.Act.LigneId, out var current) && current == itemId)
        {
            pending = pending.Remove(item.Act.LigneId);
        }

        return s with { Items = s.Items.SetItem(itemId, item with { Place = place }), PendingByLigne = pending };
    }

    private static Ouvert With(Ouvert s, int number, Func<Avenant, Avenant> change) =>
        s with { Avenants = s.Avenants.SetItem(number, change(s.Avenants[number])) };

    /// <summary>An engagement that leaves takes its flag and its values with it: its number may serve again.</summary>
    private static Ouvert WithEngagements(Ouvert s, ImmutableSortedDictionary<int, Engagement> engagements) => s with
    {
        Engagements = engagements,
        Execution = s.Execution?.Keep(s.Engagements, engagements),
        FlaggedEngagements = s.FlaggedEngagements.RemoveRange(s.FlaggedEngagements.Keys.Where(n => !engagements.ContainsKey(n))),
    };

    private static Ouvert AvenantStarted(Ouvert s, AvenantOpened e)
    {
        var opened = s with { Avenants = s.Avenants.Add(e.Number, new(e.Number, e.Request, e.Items, [], null, null, AvenantEnd.None, null)) };
        return e.Items.Aggregate(opened, (at, id) => Take(Move(at, id, new ItemPlace.InAvenant(e.Number)), e.Number, id));
    }

    private static Ouvert Take(Ouvert s, int number, string itemId)
    {
        var ligne = s.Items[itemId].Act.LigneId;
        var taken = s.TakenByLigne.GetValueOrDefault(ligne) ?? ImmutableSortedDictionary<int, string>.Empty;
        return s with { TakenByLigne = s.TakenByLigne.SetItem(ligne, taken.SetItem(number, itemId)) };
    }

    private static Ouvert GiveBack(Ouvert s, int number, string ligne)
    {
        var taken = s.TakenByLigne[ligne].Remove(number);
        return s with { TakenByLigne = taken.IsEmpty ? s.TakenByLigne.Remove(ligne) : s.TakenByLigne.SetItem(ligne, taken) };
    }

    /// <summary>R-059: the annexes change on the avenant's date d'effet.</summary>
    private static Ouvert Integrated(Ouvert s, AvenantIntegrated e)
    {
        var avenant = s.Avenants[e.Number];
        var merged = avenant.Items.Aggregate(s, (at, id) =>
            Set(Move(at, id, new ItemPlace.Integrated(e.Number)), at.Items[id].Act, e.ValidOn, e.Number));
        merged = WithEngagements(merged, avenant.Changes.Aggregate(merged.Engagements, EngagementRules.Apply));
        return With(merged, e.Number, a => a with { End = AvenantEnd.Integrated });
    }

    /// <summary>Its items are pending again, but where a later one of their line already waits: the decision says what becomes of those.</summary>
    private static Ouvert Abandoned(Ouvert s, AvenantAbandoned e)
    {
        var returned = s.Avenants[e.Number].Items.Aggregate(s, (at, id) =>
        {
            var ligne = at.Items[id].Act.LigneId;
            var back = GiveBack(at, e.Number, ligne);
            return back.PendingByLigne.ContainsKey(ligne) ? back : Move(back, id, new ItemPlace.Pending());
        });
        return With(returned, e.Number, a => a with { End = AvenantEnd.Abandoned, AbandonReason = e.Reason });
    }
}
