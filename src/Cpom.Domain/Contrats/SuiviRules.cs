using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What is done about the échéances of a contrat: its evaluations, its renewal asked for and answered (L-01, L-02).</summary>
public static class SuiviRules
{
    public static Decision<ContratEvent> Ask(Ouvert contrat, AskRenouvellement command)
    {
        if (contrat.Suivi.Renouvellement is { } asked)
        {
            return asked.AskedOn == command.On ? Decision<ContratEvent>.NothingToDo : Refuse.RenouvellementAlreadyAsked(contrat.Regime, asked.AskedOn);
        }

        return command.On < contrat.Fiche.DateEffet || command.On > contrat.Fiche.DateFin
            ? Refuse.RenouvellementOutsideContrat(contrat.Regime, contrat.Fiche)
            : new RenouvellementAsked(command.On);
    }

    /// <summary>
    /// Silence answers after its four months whether or not a clock has said so yet; and where a clock has, an answer given in time and typed late
    /// still counts.
    /// </summary>
    public static Decision<ContratEvent> Answer(Ouvert contrat, AnswerRenouvellement command)
    {
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        if (contrat.Suivi.Renouvellement is not { } asked || command.On < asked.AskedOn)
        {
            return Refuse.RenouvellementNotAsked(contrat.Regime);
        }

        if (asked.Answer is { Tacit: false } given)
        {
            return given == new Renouvellement.Reponse(command.On, command.Granted, reason, Tacit: false)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.RenouvellementAlreadyAnswered(contrat.Regime, given);
        }

        if (!command.Granted && reason is null)
        {
            return Refuse.RenouvellementRefusalUnreasoned(contrat.Regime);
        }

        if (command.Granted && Execution.Of(contrat).RapportFinal is null)
        {
            return Refuse.RapportFinalMissing();
        }

        return contrat.Regime.SilenceRenews && ContratEcheances.AnswerDueOn(contrat) is { } lastDay && command.On > lastDay
            ? Refuse.RenouvellementTacit(lastDay)
            : new RenouvellementAnswered(command.On, command.Granted, reason);
    }

    public static Decision<ContratEvent> RecordEvaluation(Ouvert contrat, RecordEvaluation command)
    {
        var ranks = ContratEcheances.Evaluations(contrat).Select(e => e.Rank).ToList();
        if (!ranks.Contains(command.Numero))
        {
            return Refuse.EvaluationUnknown(command.Numero, ranks.Count);
        }

        var said = Execution.Of(contrat).Bilans.GetValueOrDefault(command.Numero);
        if (contrat.Suivi.Evaluations.TryGetValue(command.Numero, out var on))
        {
            if (on == command.On && (command.Bilan is null || command.Bilan == said))
            {
                return Decision<ContratEvent>.NothingToDo;
            }

            if (on != command.On || said is not null)
            {
                return Refuse.EvaluationRecordedOtherwise(command.Numero, on);
            }
        }

        if (command.On < contrat.Fiche.DateEffet)
        {
            return Refuse.EvaluationBeforeContrat(command.Numero, contrat.Fiche.DateEffet);
        }

        return command.Bilan is { } bilan && BilanRules.Check(contrat, bilan) is { } refusal
            ? refusal
            : new EvaluationRecorded(command.On, command.Numero, command.Bilan);
    }
}
