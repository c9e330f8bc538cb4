namespace Cpom.Cli.Commands;

internal static class ActCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "act", "Les actes d'un autre outil, hors fichiers : autorisation, reconnaissance contractuelle, financement.", "cpom act submit --file actes.json")
    {
        ActSubmitCommand.Build(environment),
    };
}
