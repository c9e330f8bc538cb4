using System.Diagnostics;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// A contract of objectives and means between the agency and one legal entity. This file is the table of contents: which state takes which
/// command. What is too long is in ContratTextes.cs, who may in ContratDroits.cs, the rules in the files *Rules.cs, what an act becomes in ContratItems.cs, the folding in Contrat.Evolve.cs,
/// what the clock needs in Contrat.Calendrier.cs.
/// </summary>
public sealed partial class Contrat : IDecider<ContratState, ContratCommand, ContratEvent>
{
    private Contrat() { }

    public static string Category => "contrat";

    public static ContratState Initial { get; } = new None();

    public static Decision<ContratEvent> Decide(ContratState state, ContratCommand command) =>
        (ContratTextes.Check(command) ?? ContratDroits.Check(state, command)) is { } refusal ? refusal
        : DecideOn(state, command is { Auteur: null, Territoire: null, NiveauOfEntites: null } ? command : command with { Auteur = null, Territoire = null, NiveauOfEntites = null });

    private static Decision<ContratEvent> DecideOn(ContratState state, ContratCommand command) => (state, command) switch
    {
        (None, Open c) => ProjetRules.Open(c),
        (None, _) => Refuse.ContratUnknown(),
        (Ouvert { Cloture.Abandonne: { } abandonne } s, _) => AbandonRules.After(s, abandonne, command),
        (Ouvert s, Abandon c) => AbandonRules.Decide(s, c),
        (Ouvert s, Open c) => ProjetRules.OpenAgain(s, c),
        (Ouvert { Cloture.Remplacement.Relayed: true } s, RecordAct c) => RelaisRules.Record(s, c),
        (Ouvert s, RecordAct c) => ContratItems.Record(s, c),
        (Ouvert s, RecordSite c) => ProjetRules.RecordSite(s, c),
        (Ouvert s, LinkFinancement c) => ProjetRules.Link(s, c),
        (Ouvert s, CompleteCatchUp c) => ProjetRules.CatchUp(s, c),
        (Ouvert { Phase: ContratPhase.Projet } s, AddEngagement c) => EngagementRules.AddToProjet(s, c),
        (Ouvert { Phase: ContratPhase.Projet } s, RemoveEngagement c) => EngagementRules.RemoveFromProjet(s, c),
        (Ouvert s, AddEngagement c) => EngagementRules.AddAgain(s, c),
        (Ouvert, RemoveEngagement) => Refuse.ContratTextSigned(),
        (Ouvert s, RecordAccord c) => AccordRules.Record(s, c),
        (Ouvert s, Sign c) => ProjetRules.Sign(s, c),
        (Ouvert s, WithdrawSignature c) => ProjetRules.WithdrawSignature(s, c),
        (Ouvert s, FixByArrete c) => SuitesRules.Fix(s, c),
        (Ouvert s, PassJour c) => EcheanceRules.Pass(s, c),
        (Ouvert s, RecordConsultation c) => ApprobationRules.Record(s, c),
        (Ouvert s, SetNiveau c) => ApprobationRules.SetNiveau(s, c),
        (Ouvert s, FollowNiveau c) => ApprobationRules.Follow(s, c),
        (Ouvert s, Validate c) => ApprobationRules.Validate(s, c),
        (Ouvert s, Transmit c) => ApprobationRules.Transmit(s, c),
        (Ouvert s, RecordOriginaux c) => PubliciteRules.RecordOriginaux(s, c),
        (Ouvert s, RecordArchive c) => PubliciteRules.RecordArchive(s, c),
        (Ouvert s, AssignNotification c) => PubliciteRules.Assign(s, c),
        (Ouvert s, NotifyCaisse c) => PubliciteRules.Notify(s, c),
        (Ouvert s, RecordDemande c) => PubliciteRules.RecordDemande(s, c),
        (Ouvert s, AnswerDemande c) => PubliciteRules.Answer(s, c),
        (Ouvert { Phase: not ContratPhase.EnVigueur }, _) => Refuse.ContratNotInForce(),
        (Ouvert s, Terminate c) => SuitesRules.Terminate(s, c),
        (Ouvert s, EndRelais c) => RelaisRules.End(s, c),
        (Ouvert s, RequireModification c) => SuitesRules.RequireModification(s, c),
        (Ouvert s, _) when SuitesRules.CheckOver(s, command) is { } over => over,
        (Ouvert s, DismissItem c) => ContratItems.Dismiss(s, c),
        (Ouvert s, OpenAvenant c) => AvenantRules.Open(s, c),
        (Ouvert s, ChangeEngagement c) => AvenantRules.ChangeEngagement(s, c),
        (Ouvert s, SignAvenant c) => AvenantRules.Sign(s, c),
        (Ouvert s, WithdrawAvenantSignature c) => AvenantRules.WithdrawSignature(s, c),
        (Ouvert s, IntegrateAvenant c) => AvenantRules.Integrate(s, c),
        (Ouvert s, AbandonAvenant c) => AvenantRules.Abandon(s, c),
        (Ouvert s, AskRenouvellement c) => SuiviRules.Ask(s, c),
        (Ouvert s, AnswerRenouvellement c) => SuiviRules.Answer(s, c),
        (Ouvert s, RecordEvaluation c) => SuiviRules.RecordEvaluation(s, c),
        (Ouvert s, RecordValeur c) => ValeurRules.Record(s, c),
        (Ouvert s, NoteRenewed c) => ReconductionRules.Note(s, c),
        (Ouvert s, RecordRapportFinal c) => BilanRules.RecordRapportFinal(s, c),
        (Ouvert s, NotifyRetrait c) => RetraitRules.Notify(s, c),
        (Ouvert s, FixRetrait c) => RetraitRules.Fix(s, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };
}
