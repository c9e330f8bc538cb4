using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratAskRenouvellementCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var options = new CommandOptions();
        var command = new Verb(
            "ask-renouvellement", "Enregistre la demande de renouvellement de la structure (L-01, L-02).", "cpom contrat ask-renouvellement 11-75-C00001 --on 2029-11-15")
        {
            numero,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AskRenouvellementRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var asked = await remote.Echeances.AskRenouvellementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(asked.Recorded, "Demande enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }
}
