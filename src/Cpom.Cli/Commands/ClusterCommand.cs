using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The processes over one log: what each holds, and how far what follows the log has come.</summary>
internal static class ClusterCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var format = new FormatOption();
        var command = new Verb(
            "cluster",
            "Les processus de la plateforme : silos et passerelle (ou nœud seul), acteurs que chacun porte, retard du relais.",
            "cpom cluster",
            "cpom cluster drain silo-2:11111")
        {
            format, ClusterDrainCommand.Build(environment),
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var list = await remote.Nodes.ListNodesAsync(new(), cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NodeTables.Of(list), list, NodeTables.Progress(list));
            return ExitCodes.Done;
        });
        return command;
    }
}
