namespace Cpom.Cli.Commands;

internal static class EngagementCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "engagement",
        "Les engagements des contrats en vigueur : leurs valeurs année par année, tenus, en retard, manqués, à risque (R-043).",
        "cpom engagement list --at-risk")
    {
        EngagementListCommand.Build(environment),
        EngagementRecordCommand.Build(environment),
    };
}
