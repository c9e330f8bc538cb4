using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What is imposed on a contrat (R-101, R-102, R-115, L-11).</summary>
public static class SuitesRules
{
    /// <summary>Sent by the relay, which may send it twice. Of two terminations the earlier one ends the contrat.</summary>
    public static Decision<ContratEvent> Terminate(Ouvert contrat, Terminate command) =>
        command.DateEffet > contrat.LastDay
            ? Decision<ContratEvent>.NothingToDo
            : new ContratTerminated(command.DateEffet, command.Procedure);

    public static Decision<ContratEvent> RequireModification(Ouvert contrat, RequireModification command) =>
        contrat.Suites?.Modifications.Any(m => m.Procedure == command.Procedure) == true
            ? Decision<ContratEvent>.NothingToDo
            : new ModificationRequired(command.On, command.Procedure, command.Objet);

    /// <summary>What is asked of a contrat from its last day on. What was done before may still be said again.</summary>
    public static Refusal? CheckOver(Ouvert contrat, ContratCommand command)
    {
        if (contrat.LeavesForceOn is not { } ended)
        {
            return null;
        }

        var asked = command switch
        {
            OpenAvenant c => c.DateEffet > c.On ? c.DateEffet : c.On,
            ChangeEngagement c => c.On,
            SignAvenant c => c.On,
            AskRenouvellement c => c.On,
            AnswerRenouvellement c => c.On,
            RecordEvaluation c => c.On,
            RecordRapportFinal c => c.On,
            NotifyRetrait c => c.On,
            FixRetrait c => c.Modalites.On,
            _ => DateOnly.MinValue,
        };
        if (asked < ended || Repeats(contrat, command))
        {
            return null;
        }

        return contrat.Cloture?.Remplacement is { } remplacement && remplacement.DateEffet == ended
            ? Refuse.ContratReplaced(contrat.Fiche.Numero, remplacement)
            : Refuse.ContratTerminated(contrat.Suites!.Resilie!);
    }

    /// <summary>R-115: an avenant of that motive follows a decision, which it uses up unless it is abandoned.</summary>
    public static Refusal? CheckMotif(Ouvert contrat, OpenAvenant command) =>
        command.Motif == AvenantMotif.Manquement
        && (contrat.Suites?.Modifications.Count ?? 0) <= contrat.Avenants.Values.Count(a => a.Request.Motif == AvenantMotif.Manquement && a.End != AvenantEnd.Abandoned)
            ? Refuse.ModificationNotRequired()
            : null;

    /// <summary>
    /// a hospital with public service obligations that has not signed within a year of the PRS. The arrêté takes the place of both
    /// signatures; its engagements are those of the contrat, and no others. They are imposed: a négociation that did not come to an end binds them to nothing.
    /// </summary>
    public static Decision<ContratEvent> Fix(Ouvert contrat, FixByArrete command)
    {
        if (contrat.Suites?.Arrete is { } known)
        {
            return known == command.Arrete ? Decision<ContratEvent>.NothingToDo : Refuse.ContratTextSigned();
        }

        if (contrat.Phase == ContratPhase.EnVigueur)
        {
            return Refuse.ContratTextSigned();
        }

        if (CheckArrete(contrat, command) is { } unfit)
        {
            return unfit;
        }

        if (contrat.Fiche.Nature == ContratNature.SocleCommun)
        {
            return Refuse.ContratSocleCommun(contrat.Fiche.Numero);
        }

        if (!contrat.CaughtUp)
        {
            return Refuse.SocleIncomplete();
        }

        var wanted = command.Engagements.Select(EngagementRules.Normalize).ToValueList();
        if (command.Pref is { } pref && wanted.All(e => e.Volet != Volet.A2V3))
        {
            return Refuse.PrefUnwritten(pref); // an arrêté, too, says how balance is found again.
        }

        var events = new List<ContratEvent>(contrat.Engagements.Values.Where(e => !wanted.Contains(e)).Select(e => new EngagementRemoved(command.Arrete.On, e.Number)));
        var state = (Ouvert)events.Aggregate((ContratState)contrat, Contrat.Evolve);
        foreach (var engagement in wanted.Distinct().Where(e => !contrat.Engagements.Values.Contains(e)))
        {
            if (EngagementRules.CheckImposed(state, engagement, command.Generiques) is { } refusal)
            {
                return refusal;
            }

            var added = new EngagementAdded(command.Arrete.On, engagement);
            events.Add(added);
            state = (Ouvert)Contrat.Evolve(state, added);
        }

        return (List<ContratEvent>)[.. events, new ArreteFixed(command.Arrete.On, command.Arrete, command.Prs!.Prs), new ContratEnteredIntoForce(contrat.Fiche.DateEffet)];
    }

    private static Refusal? CheckArrete(Ouvert contrat, FixByArrete command)
    {
        if (contrat.Fiche.Partie is not (PartieKind.Eps or PartieKind.Espic))
        {
            return Refuse.ArreteUnfit("il ne vise que les établissements publics et les ESPIC ; un établissement privé lucratif reste hors contrat");
        }

        var arrete = command.Arrete;
        if (string.IsNullOrWhiteSpace(arrete.Penalites) || arrete.Courrier.Document is null || command.Engagements.Count == 0)
        {
            return Refuse.ArreteUnfit("il fixe des engagements, porte sur les pénalités, et son document est joint");
        }

        if (command.Prs is not { } prs)
        {
            return Refuse.ArreteUnfit("le PRS n'est pas enregistré ; enregistrez son adoption");
        }

        var due = Delai.OfMois(Limits.PrsSignatureMonths).After(prs.AdoptedOn);
        return arrete.On <= due
            ? Refuse.ArreteUnfit(FormattableString.Invariant($"le contrat peut être signé jusqu'au {due:dd/MM/yyyy}, un an après l'adoption du {prs.Prs}"))
            : null;
    }

    private static bool Repeats(Ouvert contrat, ContratCommand command) => command switch
    {
        OpenAvenant c => contrat.Avenants.Values.Any(a => a.Request.RequestId == c.RequestId),
        SignAvenant c => contrat.Avenants.GetValueOrDefault(c.Avenant) is { } a && (c.Party == Signatory.DgArs ? a.SignedByDgArs : a.SignedByRepresentant) is not null,
        RecordEvaluation c => contrat.Suivi.Evaluations.ContainsKey(c.Numero),
        AskRenouvellement => contrat.Suivi.Renouvellement is not null,
        AnswerRenouvellement => contrat.Suivi.Renouvellement?.Answer is { Tacit: false },
        RecordRapportFinal => Execution.Of(contrat).RapportFinal is not null,
        NotifyRetrait c => contrat.Groupe?.RetraitOf(c.Entite) is not null,
        FixRetrait c => contrat.Groupe?.RetraitOf(c.Entite)?.Modalites is not null,
        _ => false,
    };
}
