namespace Cpom.Cli.Commands;

internal static class ClusterDrainCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var node = new Argument<string>("noeud") { Description = "Le nœud, comme « cpom cluster » l'écrit.", HelpName = "NOEUD" };
        var command = new Verb(
            "drain",
            "Fait sortir un nœud en ordre : ses appels finissent, ses acteurs et ses partitions passent aux autres, puis il s'arrête (code 0). Ce qui le surveille peut le relancer.",
            "cpom cluster drain silo-2:11111")
        {
            node,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var name = parsed.GetRequiredValue(node);
            await remote.Nodes.DrainNodeAsync(new DrainNodeRequest { Name = $"nodes/{name}" }, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine($"{name} sort de la grappe ; « cpom cluster » dit quand il n'y est plus.");
            return ExitCodes.Done;
        });
        return command;
    }
}
