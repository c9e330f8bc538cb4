using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// A project that was opened by mistake, or that comes to nothing, is given up before anybody signs it. After that it takes nothing any more; its number stays
/// its own, because letters and files may name it (decision 0044).
/// </summary>
public static class AbandonRules
{
    public static Decision<ContratEvent> Decide(Ouvert contrat, ContratCommand.Abandon command)
    {
        if (contrat.Phase != ContratPhase.Projet)
        {
            return Refuse.AbandonUnfit(contrat.Fiche.Numero, contrat.Phase == ContratPhase.EnVigueur);
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? Refuse.ReasonMissing() : new ContratAbandoned(command.On, command.Reason);
    }

    /// <summary>What the platform still sends, because it was on its way, changes nothing; people are told.</summary>
    public static Decision<ContratEvent> After(Ouvert contrat, Abandonne abandon, ContratCommand command) => command switch
    {
        ContratCommand.Abandon c when c.Reason == abandon.Reason => Decision<ContratEvent>.NothingToDo,
        RecordAct or RecordSite or CompleteCatchUp or RecordAccord or PassJour or EndRelais or FollowNiveau => Decision<ContratEvent>.NothingToDo,
        _ => Refuse.ContratAbandoned(contrat.Fiche.Numero, abandon),
    };
}
