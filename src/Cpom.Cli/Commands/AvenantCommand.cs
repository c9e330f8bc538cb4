namespace Cpom.Cli.Commands;

internal static class AvenantCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "avenant",
        "Les avenants d'un contrat : les ouvrir sur ce qui attend, les signer, les intégrer aux annexes.",
        "cpom avenant open 11-75-C00001 --effet 2027-01-01 --all")
    {
        AvenantListCommand.Build(environment),
        AvenantShowCommand.Build(environment),
        AvenantOpenCommand.Build(environment),
        AvenantChangeCommand.Build(environment),
        AvenantSignCommand.Build(environment),
        AvenantWithdrawCommand.Build(environment),
        AvenantIntegrateCommand.Build(environment),
        AvenantAbandonCommand.Build(environment),
    };
}
