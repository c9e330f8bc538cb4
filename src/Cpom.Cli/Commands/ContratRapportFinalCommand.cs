using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratRapportFinalCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var file = new Option<FileInfo>("--file")
        {
            Description = "Le rapport en JSON, comme le message Bilan de engagements.proto : son document, et une ligne par engagement.",
            HelpName = "FICHIER",
            Required = true,
        };
        var options = new CommandOptions();
        var command = new Verb(
            "rapport-final", "Enregistre le rapport final de la structure, sans lequel un contrat ne se renouvelle pas (R-110).", "cpom contrat rapport-final 11-75-C00001 --file rapport.json")
        {
            numero, file,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordRapportFinalRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Bilan = await JsonFiles.Read<Bilan>(parsed.GetRequiredValue(file), cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var recorded = await remote.Engagements.RecordRapportFinalAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Rapport final enregistré"));
            return ExitCodes.Done;
        });
        return command;
    }
}
