using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantWithdrawCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var reason = new Option<string>("--reason") { Description = "Pourquoi la signature est retirée.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "withdraw-signature",
            "Retire la première signature d'un avenant avant la seconde : son texte est de nouveau ouvert.",
            "cpom avenant withdraw-signature 11-75-C00001 1 --reason 'Cible à revoir'")
        {
            numero, rank, reason,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new WithdrawAvenantSignatureRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var withdrawn = await remote.Avenants.WithdrawAvenantSignatureAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(withdrawn.Recorded, "Signature retirée, le texte de l'avenant est de nouveau ouvert"));
            return ExitCodes.Done;
        });
        return command;
    }
}
