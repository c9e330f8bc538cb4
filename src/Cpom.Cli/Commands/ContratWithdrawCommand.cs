using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratWithdrawCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var reason = new Option<string>("--reason") { Description = "Pourquoi la signature est retirée.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "withdraw-signature",
            "Retire la première signature d'un contrat avant la seconde : il est de nouveau un projet.",
            "cpom contrat withdraw-signature 11-75-C00001 --reason 'Erreur dans l annexe 2'")
        {
            numero, reason,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new WithdrawContratSignatureRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var withdrawn = await remote.Contrats.WithdrawContratSignatureAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(withdrawn.Recorded, "Signature retirée, le contrat est de nouveau un projet"));
            return ExitCodes.Done;
        });
        return command;
    }
}
