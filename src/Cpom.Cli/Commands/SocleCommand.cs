namespace Cpom.Cli.Commands;

internal static class SocleCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "socle",
        "Le socle contractuel, texte commun à tous les contrats : le publier par versions, le lire (R-017).",
        "cpom socle list")
    {
        SoclePublishCommand.Build(environment),
        SocleShowCommand.Build(environment),
        SocleListCommand.Build(environment),
    };
}
