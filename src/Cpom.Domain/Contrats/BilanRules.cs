using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What an evaluation says, and the final report that renewal starts with .</summary>
public static class BilanRules
{
    /// <summary>An evaluation names the engagements that it speaks of, each once; its document has a name and its content.</summary>
    public static Refusal? Check(Ouvert contrat, Bilan bilan)
    {
        var numbers = bilan.Lignes.Select(l => l.Engagement).ToList();
        if (numbers.Cast<int?>().FirstOrDefault(n => !contrat.Engagements.ContainsKey(n!.Value) || numbers.Count(other => other == n) > 1) is { } wrong)
        {
            return Refuse.BilanEngagementUnknown(wrong);
        }

        return bilan.Document is { } document && !Document.IsWhole(document.Nom, document.Sha256) ? Refuse.DocumentInvalid("R-109") : null;
    }

    /// <summary>R-110: with the document, and an outcome of every engagement.</summary>
    public static Decision<ContratEvent> RecordRapportFinal(Ouvert contrat, RecordRapportFinal command)
    {
        if (Execution.Of(contrat).RapportFinal is { } known)
        {
            return known == new RapportFinal(command.On, command.Bilan) ? Decision<ContratEvent>.NothingToDo : Refuse.RapportFinalRecordedOtherwise(known.On);
        }

        if (command.Bilan.Document is null)
        {
            return Refuse.DocumentInvalid("R-110");
        }

        if (Check(contrat, command.Bilan) is { } refusal)
        {
            return refusal;
        }

        if (contrat.Engagements.Keys.Cast<int?>().FirstOrDefault(n => command.Bilan.Lignes.All(l => l.Engagement != n)) is { } missing)
        {
            return Refuse.RapportFinalIncomplete(missing);
        }

        return command.On < contrat.Fiche.DateEffet ? Refuse.RapportFinalBeforeContrat(contrat.Fiche.DateEffet) : new RapportFinalRecorded(command.On, command.Bilan);
    }

    /// <summary>Due once renewal is asked for, until the agency has answered it in so many words: silence does not do without it.</summary>
    public static IEnumerable<Echeance> Echeances(Ouvert contrat) =>
        contrat.Suivi.Renouvellement is { } asked && (asked.Answer is null or { Tacit: true } || Execution.Of(contrat).RapportFinal is not null)
            ? [new(
                EcheanceKind.RapportFinal, 0, "R-110", EcheanceDepart.DemandeRenouvellement, asked.AskedOn, Delai.OfMois(Limits.RapportFinalDueMonths), [],
                Execution.Of(contrat).RapportFinal?.On)]
            : [];
}
