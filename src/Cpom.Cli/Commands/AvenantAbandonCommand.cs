using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantAbandonCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var reason = new Option<string>("--reason") { Description = "Pourquoi il est abandonné.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "abandon",
            "Abandonne un avenant avant sa seconde signature ; ses éléments attendent de nouveau.",
            "cpom avenant abandon 11-75-C00001 1 --reason 'Regroupé avec le suivant'")
        {
            numero, rank, reason,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AbandonAvenantRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var abandoned = await remote.Avenants.AbandonAvenantAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(abandoned.Recorded, "Avenant abandonné, ses éléments attendent de nouveau"));
            return ExitCodes.Done;
        });
        return command;
    }
}
