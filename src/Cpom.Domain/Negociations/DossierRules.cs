using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>Who negotiates, with whom, until when, and what comes of it.</summary>
public static class DossierRules
{
    // Refusals are checked from the most permanent to the most circumstantial; the specs pin this order.
    public static Decision<NegociationEvent> Open(Open command)
    {
        var fiche = command.Fiche;
        if (CheckStructures(fiche) is { } unfit)
        {
            return unfit;
        }

        // what is evaluated is a contrat.
        if (fiche.Route == NegociationRoute.Renouvellement && fiche.Structures.FirstOrDefault(s => s.Precedent is null) is { } unsigned)
        {
            return Refuse.PrecedentMissing(unsigned.Entite);
        }

        if (CheckNiveau(fiche, command.NiveauOfEntites) is { } misplaced)
        {
            return misplaced;
        }

        // each délégation in whose département a structure has a site leads, or is consulted.
        if (command.Departements.FirstOrDefault(d => d != fiche.Pilote && !fiche.Consultees.Contains(d)) is { } absent)
        {
            return Refuse.DelegationMissing(absent);
        }

        // nothing opens before each structure has its negotiator.
        if (string.IsNullOrWhiteSpace(fiche.Negociateur))
        {
            return Refuse.NegociateurMissing("la négociation");
        }

        return fiche.Campagne is not null && fiche.Structures.FirstOrDefault(s => !command.Nominations.Any(n => n.Entite == s.Entite && n.Negociateur is not null)) is { } unnamed
            ? Refuse.NegociateurMissing($"la structure {unnamed.Entite} dans la campagne {fiche.Campagne}")
            : new NegociationOpened(command.On, fiche);
    }

    public static Decision<NegociationEvent> OpenAgain(Ouverte negociation, Open command) =>
        negociation.Fiche == command.Fiche
            ? Decision<NegociationEvent>.NothingToDo
            : Refuse.NegociationOtherwise($"La négociation {negociation.Fiche.Numero} est déjà ouverte avec une autre fiche");

    public static Decision<NegociationEvent> Change(Ouverte negociation, ChangeNegociateur command)
    {
        if (string.IsNullOrWhiteSpace(command.Negociateur))
        {
            return Refuse.NegociateurMissing("la négociation");
        }

        return command.Negociateur == negociation.Negociateur ? Decision<NegociationEvent>.NothingToDo : new NegociateurChanged(command.On, command.Negociateur);
    }

    public static Decision<NegociationEvent> Receive(Ouverte negociation, ReceiveTrame command) => negociation.TrameOn switch
    {
        null => new TrameReceived(command.On),
        { } on when on == command.On => Decision<NegociationEvent>.NothingToDo,
        { } on => Refuse.NegociationOtherwise(FormattableString.Invariant($"La trame est reçue depuis le {on:dd/MM/yyyy}")),
    };

    /// <summary>R-082, R-083: as often as both want it, each time with its reason.</summary>
    public static Decision<NegociationEvent> Prolong(Ouverte negociation, Prolong command)
    {
        var known = negociation.Prolongations;
        if (command.Rang >= 1 && command.Rang <= known.Count)
        {
            return known[command.Rang - 1].Motif == command.Motif
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise($"La prolongation {command.Rang} est enregistrée avec un autre motif");
        }

        if (command.Rang != known.Count + 1)
        {
            return Refuse.ProlongationUnfit($"la prochaine prolongation est la {known.Count + 1}");
        }

        if (known.Count >= Limits.ProlongationsMax)
        {
            return Refuse.NegociationOutsideLimits($"Au plus {Limits.ProlongationsMax} prolongations : abandonnez la négociation et ouvrez-en une autre");
        }

        if (negociation.Etape == NegociationEtape.Signee)
        {
            return Refuse.ProlongationUnfit("tout est signé, il n'y a plus rien à prolonger");
        }

        if (string.IsNullOrWhiteSpace(command.Motif))
        {
            return Refuse.ProlongationUnfit("donnez son motif");
        }

        return command.Agreed
            ? new NegociationProlonged(command.On, command.Rang, command.Motif)
            : Refuse.ProlongationUnfit("les deux parties la décident : enregistrez-la quand elles en sont d'accord");
    }

    /// <summary>R-011: one contrat for each structure.: of a contrat of socle commun, an avenant, or the whole signed again.</summary>
    public static Decision<NegociationEvent> Choose(Ouverte negociation, ChooseIssue command)
    {
        if (!negociation.Structures.TryGetValue(command.Entite, out var dossier))
        {
            return Refuse.StructureUnknown(command.Entite);
        }

        if (dossier.Issue == command.Issue && dossier.Contrat == command.Contrat)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (dossier.SignedByRepresentant is not null)
        {
            return Refuse.SyntheseBinds($"Ce qui est accepté pour {command.Entite} est signé");
        }

        // an open project says what is accepted here, and is signed only so; under another number nothing would ever come to it.
        if (command.Ouvert is { } open && command.Contrat != open)
        {
            return Refuse.IssueContratOpen(command.Entite, open);
        }

        if (command.Issue != NegociationIssue.Contrat && dossier.Structure.Precedent is null)
        {
            return Refuse.IssueUnfit("un avenant ou une nouvelle signature complète suppose le contrat « socle commun » qu'elle avait en attendant");
        }

        // only a bridge gives way to the contrat signed again (decision 0047).
        if (command is { Issue: NegociationIssue.Resignature, Bridges: false })
        {
            return Refuse.IssueUnfit($"le contrat {dossier.Structure.Precedent} n'est pas « socle commun », il court jusqu'à son terme ; concluez par un avenant, ou par le contrat qui le renouvelle");
        }

        if (command.Issue == NegociationIssue.Avenant != command.Contrat is null || command.Contrat == dossier.Structure.Precedent && command.Contrat is not null)
        {
            return Refuse.IssueUnfit("un avenant se prend au contrat en cours, et n'a pas d'autre numéro ; un contrat a le sien, qui est nouveau");
        }

        return command.Contrat is { } numero && negociation.Structures.Any(s => s.Key != command.Entite && s.Value.Contrat == numero)
            ? Refuse.StructuresUnfit($"le contrat {numero} est déjà celui d'une autre structure : chacune garde le sien")
            : new IssueChosen(command.On, command.Entite, command.Issue, command.Contrat);
    }

    /// <summary>What the contrat says happened there: no rule is left to hold here.</summary>
    public static Decision<NegociationEvent> NoteSignature(Ouverte negociation, NoteSignature command)
    {
        if (!negociation.Structures.TryGetValue(command.Entite, out var dossier))
        {
            return Refuse.StructureUnknown(command.Entite);
        }

        var known = command.Party == Signatory.RepresentantLegal ? dossier.SignedByRepresentant : dossier.SignedByAgence;
        return known == command.SignedOn
            ? Decision<NegociationEvent>.NothingToDo
            : new SignatureNoted(command.On, command.Entite, command.Party, command.SignedOn);
    }

    public static Decision<NegociationEvent> Abandon(Ouverte negociation, Abandon command)
    {
        if (negociation.AbandonedOn is not null)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (negociation.Structures.Values.Any(d => d.SignedByRepresentant is not null))
        {
            return Refuse.SyntheseBinds("Une structure a signé ce qui est accepté");
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? Refuse.ReasonMissing() : new NegociationAbandoned(command.On, command.Reason);
    }

    private static Refusal? CheckStructures(NegociationFiche fiche)
    {
        if (fiche.Structures.FirstOrDefault(s => !Finess.IsValid(s.Entite)) is { } wrong)
        {
            return Refuse.FinessInvalid(wrong.Entite);
        }

        // a group negotiates by its members, each of which concludes.
        if (fiche.Structures.FirstOrDefault(s => s.Partie is PartieKind.Etablissement or PartieKind.Ght) is { } powerless)
        {
            return powerless.Partie == PartieKind.Ght ? Refuse.GhtNeverSigns() : Refuse.PartieWithoutPersonality(powerless.Entite);
        }

        if (fiche.Structures.Count is 0 or > Limits.NegociationStructuresMax)
        {
            return Refuse.NegociationOutsideLimits($"Une négociation réunit d'une à {Limits.NegociationStructuresMax} structures");
        }

        if (fiche.Structures.GroupBy(s => s.Entite).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Refuse.StructuresUnfit($"la structure {twice.Key} y est deux fois");
        }

        return fiche.Structures.Where(s => s.Contrat is not null).GroupBy(s => s.Contrat).FirstOrDefault(g => g.Count() > 1) is { } shared
            ? Refuse.StructuresUnfit($"le contrat {shared.Key} est celui de deux structures : chacune garde le sien")
            : null;
    }

    /// <summary>R-118: the délégation of the département negotiates, unless there is a reason why not.</summary>
    /// <param name="ofEntites">What was said of one of the structures (decision 0050); null where nobody has proved it.</param>
    private static Refusal? CheckNiveau(NegociationFiche fiche, Niveau? ofEntites)
    {
        if (fiche.Consultees.Count > Limits.DelegationsMax)
        {
            return Refuse.NegociationOutsideLimits($"Au plus {Limits.DelegationsMax} délégations consultées");
        }

        return fiche.Niveau switch
        {
            Niveau.Regional => string.IsNullOrWhiteSpace(fiche.MotifNiveau) ? Refuse.NiveauUnreasoned() : null,
            _ when ofEntites == Niveau.Regional => Refuse.NiveauOfEntite(),
            _ => string.IsNullOrWhiteSpace(fiche.Pilote) ? Refuse.DelegationMissing("pilote") : null,
        };
    }
}
