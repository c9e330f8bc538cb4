using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// R-075: what both parties of a négociation have accepted is what the contrat says, no more and no less. A project takes it at once, word for word; a text
/// that one party has signed does when that signature is taken back; a contrat in force by an avenant of its own (R-086).
/// </summary>
public static class AccordRules
{
    /// <summary>R-011: the négociation has this contrat for this entity.</summary>
    public static Refusal? CheckDossier(Open command)
    {
        var fiche = command.Fiche;
        if (fiche.Negociation is null || (command.Dossier is { } dossier && dossier.Entite == fiche.Entite && dossier.Contrat == fiche.Numero))
        {
            return null;
        }

        return Refuse.StructuresUnfit(command.Dossier is { Contrat: { } other }
            ? $"la négociation {fiche.Negociation} prévoit le contrat {other} pour {fiche.Entite}, et non {fiche.Numero}"
            : $"la négociation {fiche.Negociation} ne prévoit pas de contrat pour {fiche.Entite} : donnez-lui d'abord ce numéro");
    }

    /// <summary>By hand comes nothing that was not accepted (R-075); to a contrat that bridges, nothing (R-086).</summary>
    public static Refusal? CheckByHand(Ouvert contrat, Engagement engagement)
    {
        if (contrat.Fiche.Nature == ContratNature.SocleCommun)
        {
            return Refuse.ContratSocleCommun(contrat.Fiche.Numero);
        }

        return contrat.Fiche.Negociation is { } negociation && !IsAgreed(contrat, engagement)
            ? Refuse.SyntheseBinds($"Le contrat {contrat.Fiche.Numero} vient de la négociation {negociation}, qui n'a pas retenu cet engagement")
            : null;
    }

    public static bool IsAgreed(Ouvert contrat, Engagement engagement) =>
        contrat.Fiche.Negociation is not null && contrat.Accord?.Engagements is { } agreed && agreed.Contains(engagement);

    /// <summary>Neither party signs anything but what was accepted.</summary>
    public static Refusal? CheckSigned(Ouvert contrat)
    {
        if (contrat.Fiche.Negociation is not { } negociation)
        {
            return null;
        }

        if (contrat.Accord?.Engagements is not { } agreed)
        {
            return Refuse.SyntheseBinds($"Les deux parties n'ont pas accepté la synthèse de la négociation {negociation}");
        }

        if (agreed.FirstOrDefault(e => !contrat.Engagements.TryGetValue(e.Number, out var written) || written != e) is { } absent)
        {
            var why = EngagementRules.CheckNew(contrat, contrat.Engagements.Count, absent, GeneriqueRules.OwnWordsOf(absent));
            return Refuse.SyntheseBinds($"L'engagement {absent.Number} accepté n'est pas dans le contrat{(why is null ? "" : $" ({why.Detail.TrimEnd('.')})")}");
        }

        return contrat.Engagements.Values.FirstOrDefault(e => !agreed.Contains(e)) is { } more
            ? Refuse.SyntheseBinds($"L'engagement {more.Number} du contrat n'a pas été accepté")
            : null;
    }

    public static Decision<ContratEvent> Record(Ouvert contrat, RecordAccord command)
    {
        if (contrat.Accord is { } known && known.Negociation == command.Negociation && known.Version >= command.Version)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        if (command.ByAvenant)
        {
            return ByAvenant(contrat, command);
        }

        // What is in force was signed as it was accepted: a négociation reopened since speaks of another contrat.
        return contrat.Fiche.Negociation != command.Negociation || contrat.Phase == ContratPhase.EnVigueur
            ? Decision<ContratEvent>.NothingToDo
            : ThenAlign(contrat, [new AccordRecorded(command.On, command.Negociation, command.Version, command.Engagements, null)], command.On);
    }

    /// <summary>Events, and after them what a project lacks or has too much of what was accepted. What does not fit it (R-029, R-053) is said at its signature.</summary>
    public static List<ContratEvent> ThenAlign(Ouvert contrat, List<ContratEvent> events, DateOnly on)
    {
        var after = (Ouvert)events.Aggregate<ContratEvent, ContratState>(contrat, Contrat.Evolve);
        if (after.Phase != ContratPhase.Projet || after.Fiche.Negociation is null)
        {
            return events;
        }

        var agreed = after.Accord?.Engagements ?? [];
        foreach (var gone in after.Engagements.Values.Where(e => !agreed.Contains(e)).ToList())
        {
            Add(new EngagementRemoved(on, gone.Number));
        }

        foreach (var lacking in agreed.Where(e => !after.Engagements.ContainsKey(e.Number)).ToList())
        {
            if (EngagementRules.CheckNew(after, after.Engagements.Count, lacking, GeneriqueRules.OwnWordsOf(lacking)) is null)
            {
                Add(new EngagementAdded(on, lacking));
            }
        }

        return events;

        void Add(ContratEvent added)
        {
            events.Add(added);
            after = (Ouvert)Contrat.Evolve(after, added);
        }
    }

    /// <summary>An avenant of its own, of the day on which both accepted; given up where they negotiate again before it is signed.</summary>
    private static Decision<ContratEvent> ByAvenant(Ouvert contrat, RecordAccord command)
    {
        if (contrat.Phase != ContratPhase.EnVigueur)
        {
            return Refuse.ContratNotInForce();
        }

        var steps = new List<Func<Ouvert, Decision<ContratEvent>>>();
        var number = command.Engagements is null ? (int?)null : contrat.Avenants.Count + 1;
        if (contrat.Accord is { Avenant: { } former } && contrat.Avenants[former].IsUnderWay)
        {
            steps.Add(s => AvenantRules.Abandon(s, new(former, $"Négociation {command.Negociation} rouverte", command.On)));
        }

        if (command.Engagements is { } engagements)
        {
            var effect = command.On > contrat.Fiche.DateEffet ? command.On : contrat.Fiche.DateEffet;
            steps.Add(s => AvenantRules.Open(
                s, new($"negociation {command.Negociation}/{command.Version}", effect, AvenantMotif.Engagements, AllPending: false, [], AcceptConflicts: false, command.On)));
            steps.AddRange(engagements.Select(e => (Func<Ouvert, Decision<ContratEvent>>)(s =>
                AvenantRules.ChangeEngagement(s, new(number!.Value, new EngagementChange.Add(e), command.On, GeneriqueRules.OwnWordsOf(e))))));
        }

        var events = new List<ContratEvent>();
        foreach (var step in steps)
        {
            if (step(contrat) is not Decision<ContratEvent>.Accepted accepted)
            {
                return step(contrat);
            }

            events.AddRange(accepted.Events);
            contrat = (Ouvert)accepted.Events.Aggregate<ContratEvent, ContratState>(contrat, Contrat.Evolve);
        }

        events.Add(new AccordRecorded(command.On, command.Negociation, command.Version, command.Engagements, number));
        return events;
    }
}
