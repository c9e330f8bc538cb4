using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratSignCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var signature = new SignatureOptions();
        var options = new CommandOptions();
        var reprise = new Option<bool>("--reprise") { Description = "Le contrat a été signé avant que la plate-forme le connaisse : ses pièces sont au dossier papier." };
        var command = new Verb(
            "sign",
            "Signe un contrat ; la seconde signature le met en vigueur à sa date d'effet (R-097).",
            "cpom contrat sign 11-75-C00001 --party representant --by 'Mme Martin, directrice' --annexes 1 2 3")
        {
            numero,
        };
        signature.AddTo(command);
        command.Options.Add(reprise);
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new SignContratRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Party = signature.Party(parsed),
                SignedBy = signature.By(parsed),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
                AnnexesParaphees = { signature.Annexes(parsed) },
                Reprise = parsed.GetValue(reprise),
            };
            var signed = await remote.Contrats.SignContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(signed.Recorded, "Signé"));
            return ExitCodes.Done;
        });
        return command;
    }
}
