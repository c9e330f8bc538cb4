using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantChangeCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var file = new Option<FileInfo>("--file")
        {
            Description = "Changement en JSON, comme le message EngagementChange d'avenants.proto.",
            HelpName = "FICHIER",
            Required = true,
        };
        var options = new CommandOptions();
        var command = new Verb(
            "change",
            "Porte dans un avenant ouvert un changement d'engagement : ajout, retrait, cible, échéance (R-057).",
            "cpom avenant change 11-75-C00001 1 --file changement.json")
        {
            numero, rank, file,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ChangeEngagementRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                Change = await JsonFiles.Read<EngagementChange>(parsed.GetRequiredValue(file), cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var changed = await remote.Avenants.ChangeEngagementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(changed.Recorded, $"Enregistré : {AvenantTables.Change(request.Change)}"));
            return ExitCodes.Done;
        });
        return command;
    }
}
