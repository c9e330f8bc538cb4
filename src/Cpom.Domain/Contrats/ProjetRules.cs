using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>From the opening of a project to its entry into force.</summary>
public static class ProjetRules
{
    // Refusals are checked from the most permanent to the most circumstantial; the specs pin this order.
    public static Decision<ContratEvent> Open(Open command)
    {
        var fiche = command.Fiche;
        if (string.IsNullOrWhiteSpace(fiche.Numero))
        {
            return Refuse.ContratNumeroMissing();
        }

        if (!Finess.IsValid(fiche.Entite) || command.Sites.Any(s => !Finess.IsValid(s)))
        {
            return Refuse.FinessInvalid(command.Sites.Prepend(fiche.Entite).First(f => !Finess.IsValid(f)));
        }

        if (CheckPartie(fiche) is { } unfit)
        {
            return unfit;
        }

        if (CheckDuree(fiche) is { } wrong)
        {
            return wrong;
        }

        if (GroupeRules.CheckOpen(command) is { } otherGroupe)
        {
            return otherGroupe;
        }

        // one legal person, its own sites and no other's; of a GHT those of its members.
        if (command.Sites.FirstOrDefault(s => !command.SitesOfEntite.Contains(s)) is { } foreign)
        {
            return Refuse.SiteOutsideEntite(foreign, fiche.Entite);
        }

        if (AccordRules.CheckDossier(command) is { } otherwise)
        {
            return otherwise;
        }

        if (!fiche.WholeEntite && command.Sites.Count == 0)
        {
            return Refuse.ScopeEmpty();
        }

        var opened = new ContratOpened(command.OpenedOn, fiche, command.Sites, Groupe: GroupeRules.Of(command));
        return AtNiveau(command, command.Reconduction is { } asked ? ReconductionRules.Open(opened, asked) : opened);
    }

    /// <summary>The sites of a whole entité change by themselves; those of another contrat are part of what was asked for.</summary>
    public static Decision<ContratEvent> OpenAgain(Ouvert contrat, Open command) =>
        contrat.Fiche == command.Fiche && ReconductionRules.IsSame(Execution.Of(contrat).Reconduction, command.Reconduction)
        && (command.Fiche.WholeEntite || command.Sites.ToHashSet().SetEquals(contrat.Sites.Keys))
            ? Decision<ContratEvent>.NothingToDo
            : Refuse.ContratAlreadyOpen(contrat.Fiche.Numero);

    public static Decision<ContratEvent> RecordSite(Ouvert contrat, RecordSite command)
    {
        if (contrat.SiteMoves.TryGetValue(command.Site, out var latest) && command.ValidOn <= latest)
        {
            return Decision<ContratEvent>.NothingToDo; // Told again by a relay that started anew: later moves have been taken since.
        }

        var present = contrat.Sites.TryGetValue(command.Site, out var lastDay) && lastDay is null;
        return (present, command.Joined) switch
        {
            (false, true) => new SiteJoined(command.ValidOn, command.Site),
            (true, false) => new SiteLeft(command.ValidOn, command.Site),
            _ => Decision<ContratEvent>.NothingToDo,
        };
    }

    public static Decision<ContratEvent> CatchUp(Ouvert contrat, CompleteCatchUp command) =>
        contrat.CaughtUp ? Decision<ContratEvent>.NothingToDo : new SocleCaughtUp(command.On);

    /// <summary>R-134. Both lines must be known to the contrat, consolidated or pending.</summary>
    public static Decision<ContratEvent> Link(Ouvert contrat, LinkFinancement command)
    {
        if (contrat.Liens.TryGetValue(command.LigneFinancement, out var linked) && linked == command.LigneRc)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        if (!Knows(contrat, command.LigneFinancement) || Ligne.VoletOf(command.LigneFinancement) != Volet.A2V4)
        {
            return Refuse.LigneUnknown(command.LigneFinancement);
        }

        return Knows(contrat, command.LigneRc) && Ligne.VoletOf(command.LigneRc) == Volet.A2V2
            ? new FinancementLinked(command.On, command.LigneFinancement, command.LigneRc)
            : Refuse.LigneUnknown(command.LigneRc);
    }

    /// <summary>R-097: the representative first. The text is then fixed; the second signature brings the contrat into force.</summary>
    public static Decision<ContratEvent> Sign(Ouvert contrat, Sign command)
    {
        var signed = command.Party == Signatory.RepresentantLegal ? contrat.SignedByRepresentant : contrat.SignedByDgArs;
        if (signed is not null)
        {
            return signed == new Signature(command.Name, command.On)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.AlreadySignedOtherwise(signed);
        }

        if (contrat.Suites?.Arrete is not null)
        {
            return Refuse.ContratTextSigned(); // nobody signs what an arrêté has fixed.
        }

        if (string.IsNullOrWhiteSpace(command.Name))
        {
            return Refuse.SignatoryMissing();
        }

        if (!contrat.CaughtUp)
        {
            return Refuse.SocleIncomplete();
        }

        if (AccordRules.CheckSigned(contrat) is { } different)
        {
            return different;
        }

        if (command.Party == Signatory.DgArs && (contrat.SignedByRepresentant is not { } first || command.On < first.On))
        {
            return Refuse.SignatureOutOfOrder();
        }

        // how balance is found again shows in the contrat.
        if (!command.Reprise && command.Pref is { } pref && contrat.Engagements.Values.All(e => e.Volet != Volet.A2V3))
        {
            return Refuse.PrefUnwritten(pref);
        }

        if (!command.Reprise && CheckFormalites(contrat, command) is { } missing)
        {
            return missing;
        }

        var signature = new ContratSigned(command.On, command.Party, command.Name, command.Paraphes, command.Reprise ? true : null);
        return command.Party == Signatory.RepresentantLegal ? signature : new List<ContratEvent> { signature, new ContratEnteredIntoForce(contrat.Fiche.DateEffet) };
    }

    /// <summary>What was asked and validated before the first signature counts for both; each party initials .</summary>
    private static Refusal? CheckFormalites(Ouvert contrat, Sign command) =>
        (command.Party == Signatory.RepresentantLegal ? GroupeRules.CheckSigned(contrat, command.On) ?? ApprobationRules.CheckApproved(contrat, null, command.On) : null)
        ?? ApprobationRules.CheckParaphes(contrat, null, command.Paraphes);

    /// <summary>
    /// A text that one party has signed is negotiated again (R-097: until the second signature it binds nobody). Acts that came in between were set
    /// aside for an avenant; they belong to the project as if they had come during it.
    /// </summary>
    public static Decision<ContratEvent> WithdrawSignature(Ouvert contrat, WithdrawSignature command)
    {
        if (contrat.Phase == ContratPhase.EnVigueur)
        {
            return Refuse.ContratTextSigned();
        }

        if (contrat.SignedByRepresentant is null)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Refuse.ReasonMissing()
            : AccordRules.ThenAlign(
                contrat,
                [
                    new ContratSignatureWithdrawn(command.On, command.Reason),
                    .. contrat.PendingByLigne.Values.Order(StringComparer.Ordinal).Select(id => new ItemEnteredSocle(contrat.Items[id].Act.ValidOn, id)),
                ],
                command.On);
    }

    /// <summary>R-118: what is negotiated at the level of the region is validated there; of a renewal without négociation the former contrat says it.</summary>
    private static Decision<ContratEvent> AtNiveau(Open command, Decision<ContratEvent> decision) =>
        decision is Decision<ContratEvent>.Accepted accepted && (command.Dossier?.Niveau ?? command.Reconduction?.Proof?.Niveau) == Niveau.Regional
            ? (List<ContratEvent>)[.. accepted.Events, new NiveauSet(command.OpenedOn, Niveau.Regional)]
            : decision;

    /// <summary>The contrat has the line, or will have it: consolidated, pending, or in an avenant under way.</summary>
    public static bool Knows(Ouvert contrat, string ligneId) =>
        (contrat.Consolidated(ligneId) ?? contrat.PendingOn(ligneId)?.Act.After ?? contrat.AfterAvenants(ligneId)) is not null;

    /// <summary>R-003, R-009: only a legal person signs; a site and a group have no personality.</summary>
    private static Refusal? CheckPartie(Fiche fiche) => fiche.Partie switch
    {
        PartieKind.Etablissement => Refuse.PartieWithoutPersonality(fiche.Entite),
        PartieKind.Ght => Refuse.GhtNeverSigns(),
        _ => Enum.IsDefined(fiche.Partie) ? null : Refuse.PartieKindUnknown(),
    };

    /// <summary>R-013 in both regimes; L-02: exactly five years for a hospital under the second.</summary>
    private static Refusal? CheckDuree(Fiche fiche)
    {
        var regime = Regimes.Of(fiche.DateEffet);
        var lastDay = Regimes.LastDay(regime, fiche.DateEffet);
        if (fiche.DateFin < fiche.DateEffet)
        {
            return Refuse.DatesReversed();
        }

        if (fiche.DateFin > lastDay)
        {
            return Refuse.DureeTooLong(regime, lastDay);
        }

        return regime.DureeExact && Parties.IsHospital(fiche.Partie) && fiche.DateFin != lastDay ? Refuse.DureeNotExact(regime, lastDay) : null;
    }
}
