using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratAbandonCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var reason = new Option<string>("--reason") { Description = "Pourquoi ; le motif reste dans l'historique.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "abandon",
            "Abandonne un projet que personne n'a signé ; son numéro reste pris.",
            "cpom contrat abandon 11-75-C00001 --reason 'Ouvert deux fois'")
        {
            numero, reason,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AbandonContratRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var abandoned = await remote.Contrats.AbandonContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(abandoned.Recorded, "Projet abandonné"));
            return ExitCodes.Done;
        });
        return command;
    }
}
