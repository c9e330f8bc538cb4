using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratAddEngagementCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var file = new Option<FileInfo>("--file") { Description = "Engagement en JSON, comme le message Engagement de contrats.proto.", HelpName = "FICHIER", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "add-engagement",
            "Ajoute un engagement à un projet de contrat ; plusieurs à la fois : « cpom import engagements.csv ».",
            "cpom contrat add-engagement 11-75-C00001 --file engagement.json")
        {
            numero, file,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AddEngagementRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Engagement = await JsonFiles.Read<Engagement>(parsed.GetRequiredValue(file), cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var added = await remote.Contrats.AddEngagementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(added.Recorded, $"Engagement {request.Engagement.Number} ajouté"));
            return ExitCodes.Done;
        });
        return command;
    }
}
