namespace Cpom.Cli.Commands;

internal static class ContratCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "contrat",
        "Un contrat : le lire avec ses preuves, l'ouvrir, y porter ses engagements, le signer, l'évaluer, le renouveler.",
        "cpom contrat pending 11-75-C00001")
    {
        ContratShowCommand.Build(environment),
        ContratExplainCommand.Build(environment),
        ContratHistoryCommand.Build(environment),
        ContratPendingCommand.Build(environment),
        ContratProposeCommand.Build(environment),
        ContratOpenCommand.Build(environment),
        ContratAddEngagementCommand.Build(environment),
        ContratRemoveEngagementCommand.Build(environment),
        ContratLinkFinancementCommand.Build(environment),
        ContratSignCommand.Build(environment),
        ContratWithdrawCommand.Build(environment),
        ContratAbandonCommand.Build(environment),
        ContratDismissCommand.Build(environment),
        ContratRecordEvaluationCommand.Build(environment),
        ContratAskRenouvellementCommand.Build(environment),
        ContratRapportFinalCommand.Build(environment),
        ContratAnswerRenouvellementCommand.Build(environment),
        ContratRenewCommand.Build(environment),
    };
}
