using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// What passing days bring to a contrat. It is taken step by step in the order of the days, each step seen from the state that the one before leaves: a
/// clock that stood still for a week and then tells the last day brings the same facts as one that told them all.
/// </summary>
public static class EcheanceRules
{
    private static readonly EcheanceStade[] Stades = [EcheanceStade.Proche, EcheanceStade.Echue, EcheanceStade.Depassee];

    public static Decision<ContratEvent> Pass(Ouvert contrat, PassJour command)
    {
        var events = new List<ContratEvent>();
        while (Next(contrat) is { } next && next.Day <= command.Jour)
        {
            events.Add(next.Event);
            contrat = (Ouvert)Contrat.Evolve(contrat, next.Event);
        }

        return events;
    }

    /// <summary>The next day on which time changes something in the contrat, and the first thing that it brings; null when nothing more will come by itself.</summary>
    public static (DateOnly Day, ContratEvent Event)? Next(Ouvert contrat)
    {
        (DateOnly Day, ContratEvent Event)? next = null;
        foreach (var echeance in ContratEcheances.Of(contrat).Where(e => e.DoneOn is null))
        {
            if (StepOf(contrat, echeance) is { } step && (next is null || step.Day < next.Value.Day))
            {
                next = step;
            }
        }

        return next;
    }

    private static (DateOnly Day, ContratEvent Event)? StepOf(Ouvert contrat, Echeance echeance)
    {
        if (echeance.Kind == EcheanceKind.EffetAvenant)
        {
            // on its date d'effet, or once it is signed where that is later.
            var signedOn = contrat.Avenants[echeance.Numero].SignedByDgArs!.On;
            return (signedOn > echeance.DueOn ? signedOn : echeance.DueOn, new AvenantIntegrated(echeance.DueOn, echeance.Numero));
        }

        if (NextStade(contrat.Suivi, echeance) is not { } stade)
        {
            return null;
        }

        var day = echeance.DayOf(stade)!.Value;
        return echeance.Kind == EcheanceKind.ReponseRenouvellement && stade == EcheanceStade.Depassee && contrat.Regime.SilenceRenews
            ? (day, new RenouvellementGrantedTacitly(day))
            : (day, new EcheanceReached(day, echeance.Kind, echeance.Numero, stade, echeance.DueOn));
    }

    /// <summary>
    /// The stage after the one recorded; the first, where it was recorded of another due day. A contrat may be older than the platform's knowledge of
    /// it: of the stages before that day only the last is a fact to tell.
    /// </summary>
    private static EcheanceStade? NextStade(Suivi suivi, Echeance echeance)
    {
        var reached = suivi.StadeOf(echeance);
        var ahead = Stades.Where(s => s > reached && echeance.DayOf(s) is not null).ToList();
        var known = ahead.FindLastIndex(s => echeance.DayOf(s) < suivi.OpenedOn);
        return ahead.Count == 0 ? null : ahead[Math.Max(known, 0)];
    }
}
