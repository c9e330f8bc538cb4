using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// the contrat of socle commun that bridged until a whole one was signed again ends on the day that one takes effect. What still waits in it then is
/// in the socle commun of the other, which caught up with every act before its signature (decision 0047).
/// </summary>
public static class RelaisRules
{
    /// <summary>Sent by the relay, which may send it twice. A bridge that ends before, by its term or a termination, needs nothing more.</summary>
    public static Decision<ContratEvent> End(Ouvert contrat, EndRelais command)
    {
        if (contrat.Cloture?.Remplacement is { } known)
        {
            return known.Contrat == command.By
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RelaisUnfit(contrat.Fiche.Numero, command.By, $"le contrat {known.Contrat} l'a déjà remplacé");
        }

        if (contrat.Fiche.Nature != ContratNature.SocleCommun)
        {
            return Refuse.RelaisUnfit(contrat.Fiche.Numero, command.By, "ce n'est pas un contrat « socle commun », il court jusqu'à son terme");
        }

        return command.DateEffet > contrat.LastDay ? Decision<ContratEvent>.NothingToDo : new ContratReplaced(command.DateEffet, command.By);
    }

    /// <summary>After the day on which it ends: its avenants under way are given up, and its items are dismissed, those that come back included.</summary>
    public static List<ContratEvent> Empty(Ouvert contrat, DateOnly on, string by)
    {
        var reason = ReasonOf(by);
        var events = new List<ContratEvent>();
        foreach (var avenant in contrat.Avenants.Values.Where(a => a.IsUnderWay).Reverse())
        {
            Add(new AvenantAbandoned(on, avenant.Number, reason));
            foreach (var returned in ContratItems.Return(contrat, avenant, on).ToList())
            {
                Add(returned);
            }
        }

        events.AddRange(Dismissed(contrat, on, by));
        return events;

        void Add(ContratEvent added)
        {
            events.Add(added);
            contrat = (Ouvert)Contrat.Evolve(contrat, added);
        }
    }

    /// <summary>An act of the days of the bridge, learned after its end, is known to it and waits for nothing.</summary>
    public static Decision<ContratEvent> Record(Ouvert contrat, RecordAct command)
    {
        var decision = ContratItems.Record(contrat, command);
        if (decision is not Decision<ContratEvent>.Accepted { Events.Count: > 0 } recorded)
        {
            return decision;
        }

        var after = (Ouvert)recorded.Events.Aggregate<ContratEvent, ContratState>(contrat, Contrat.Evolve);
        return (List<ContratEvent>)[.. recorded.Events, .. Dismissed(after, command.Act.ValidOn, contrat.Cloture!.Remplacement!.Contrat)];
    }

    private static IEnumerable<ContratEvent> Dismissed(Ouvert contrat, DateOnly on, string by) =>
        contrat.PendingByLigne.Values.Order(StringComparer.Ordinal).Select(id => new ItemDismissed(on, id, ReasonOf(by)));

    private static string ReasonOf(string by) => $"Le contrat {by}, signé à nouveau, en tient compte (R-088).";
}
