using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>A member leaves the contrat of its GHT (L-05): after three years at the earliest, with six months of notice, on terms that the director general fixes within six months.</summary>
public static class RetraitRules
{
    public static Decision<ContratEvent> Notify(Ouvert contrat, NotifyRetrait command)
    {
        if (contrat.Groupe is not { } groupe || !groupe.Membres.Contains(command.Entite))
        {
            return Refuse.RetraitUnfit($"{command.Entite} n'est pas membre d'un groupement que ce contrat engage");
        }

        if (command.Entite == contrat.Fiche.Entite)
        {
            return Refuse.RetraitUnfit("c'est lui qui a conclu au nom des membres ; le contrat prend fin pour tous ou se poursuit avec lui");
        }

        if (groupe.RetraitOf(command.Entite) is { } known)
        {
            return (known.NotifiedOn, known.Reference) == (command.On, command.Reference)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RecordedOtherwise("L-05", "Le préavis de ce membre", known.NotifiedOn);
        }

        var effet = new Retrait(command.Entite, command.On, command.Reference, null, null).EffetOn(contrat.Fiche.DateEffet);
        return effet > contrat.LastDay
            ? Refuse.RetraitUnfit(FormattableString.Invariant($"il prendrait effet le {effet:dd/MM/yyyy}, après la fin du contrat ({contrat.LastDay:dd/MM/yyyy})"))
            : new RetraitNotified(command.On, command.Entite, command.Reference);
    }

    /// <summary>After six months as well: then it is late.</summary>
    public static Decision<ContratEvent> Fix(Ouvert contrat, FixRetrait command)
    {
        if (contrat.Groupe?.RetraitOf(command.Entite) is not { } retrait || command.Modalites.On < retrait.NotifiedOn)
        {
            return Refuse.RetraitUnfit($"{command.Entite} n'avait pas notifié son retrait à cette date");
        }

        if (retrait.Modalites is { } known)
        {
            return known == command.Modalites ? Decision<ContratEvent>.NothingToDo : Refuse.RecordedOtherwise("L-05", "Le texte des modalités de ce retrait", known.On);
        }

        return string.IsNullOrWhiteSpace(command.Modalites.Texte)
            ? Refuse.RetraitUnfit("dites les modalités que fixe le directeur général")
            : new RetraitFixed(command.Modalites.On, command.Entite, command.Modalites);
    }

    /// <summary>The terms within six months of the notice, and the day on which the member leaves: by itself.</summary>
    public static IEnumerable<Echeance> Echeances(Ouvert contrat)
    {
        var number = 0;
        foreach (var retrait in contrat.Groupe?.Retraits ?? [])
        {
            number++;
            yield return new(
                EcheanceKind.ModalitesRetrait, number, "L-05", EcheanceDepart.NotificationRetrait, retrait.NotifiedOn, Delai.OfMois(Limits.RetraitModalitesMonths), [], retrait.Modalites?.On);
            var (depart, from, delai) = retrait.Effet(contrat.Fiche.DateEffet);
            yield return new(EcheanceKind.EffetRetrait, number, "L-05", depart, from, delai, [], retrait.LeftOn);
        }
    }

    /// <summary>What the day of a retrait brings.</summary>
    public static (DateOnly Day, ContratEvent Event)? StepOf(Ouvert contrat, Echeance effet) =>
        effet.DoneOn is not null ? null : (effet.DueOn, new MembreWithdrawn(effet.DueOn, contrat.Groupe!.Retraits[effet.Numero - 1].Entite));
}
