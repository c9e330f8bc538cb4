using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What passing days bring to a contrat: see <see cref="Jours"/>.</summary>
public static class EcheanceRules
{
    public static Decision<ContratEvent> Pass(Ouvert contrat, PassJour command)
    {
        var events = Jours.Pass(contrat, command.Jour, Next, (at, recorded) => (Ouvert)Contrat.Evolve(at, recorded));
        if (events.OfType<RelaisEnded>().FirstOrDefault() is { } ended)
        {
            events.AddRange(RelaisRules.Empty((Ouvert)events.Aggregate((ContratState)contrat, Contrat.Evolve), ended.ValidOn, ended.By));
        }

        return events;
    }

    /// <summary>The next day on which time changes something in the contrat, and the first thing that it brings; null when nothing more will come by itself.</summary>
    public static (DateOnly Day, ContratEvent Event)? Next(Ouvert contrat) => Jours.First(ContratEcheances.Of(contrat).Select(e => StepOf(contrat, e)));

    private static (DateOnly Day, ContratEvent Event)? StepOf(Ouvert contrat, Echeance echeance)
    {
        if (echeance.Kind == EcheanceKind.EffetAvenant)
        {
            // on its date d'effet, or once it is signed where that is later.
            var signedOn = contrat.Avenants[echeance.Numero].SignedByDgArs!.On;
            return echeance.DoneOn is not null ? null : (signedOn > echeance.DueOn ? signedOn : echeance.DueOn, new AvenantIntegrated(echeance.DueOn, echeance.Numero));
        }

        if (echeance.Kind == EcheanceKind.Relais)
        {
            return echeance.DoneOn is null ? (echeance.DueOn, new RelaisEnded(echeance.DueOn, contrat.Cloture!.Remplacement!.Contrat)) : null;
        }

        if (echeance.Kind == EcheanceKind.EffetRetrait)
        {
            return RetraitRules.StepOf(contrat, echeance);
        }

        if (contrat.Suivi.Rappels.Next(echeance) is not var (day, stade))
        {
            return null;
        }

        return echeance.Kind == EcheanceKind.ReponseRenouvellement && stade == EcheanceStade.Depassee && contrat.Regime.SilenceRenews
            ? (day, new RenouvellementGrantedTacitly(day))
            : (day, new EcheanceReached(day, echeance.Kind, echeance.Numero, stade, echeance.DueOn));
    }
}
