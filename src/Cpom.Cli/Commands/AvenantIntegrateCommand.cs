using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantIntegrateCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var options = new CommandOptions();
        var command = new Verb(
            "integrate",
            "Intègre aux annexes un avenant signé, à sa date d'effet ou après (R-059).",
            "cpom avenant integrate 11-75-C00001 1")
        {
            numero, rank,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new IntegrateAvenantRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var integrated = await remote.Avenants.IntegrateAvenantAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(integrated.Recorded, "Avenant intégré aux annexes"));
            return ExitCodes.Done;
        });
        return command;
    }
}
