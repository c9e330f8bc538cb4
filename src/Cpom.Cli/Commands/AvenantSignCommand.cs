using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantSignCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var signature = new SignatureOptions();
        var options = new CommandOptions();
        var command = new Verb(
            "sign",
            "Signe un avenant : le représentant légal d'abord, le DG ARS ensuite (R-097).",
            "cpom avenant sign 11-75-C00001 1 --party dg-ars --by 'M. Durand, DG ARS' --annexes 2")
        {
            numero, rank,
        };
        signature.AddTo(command);
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new SignAvenantRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                Party = signature.Party(parsed),
                SignedBy = signature.By(parsed),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
                AnnexesParaphees = { signature.Annexes(parsed) },
            };
            var signed = await remote.Avenants.SignAvenantAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(signed.Recorded, "Signé"));
            return ExitCodes.Done;
        });
        return command;
    }
}
