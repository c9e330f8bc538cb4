using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratAnswerRenouvellementCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var refused = new Option<string>("--refuse") { Description = "Refuse, pour ce motif ; sans cette option le renouvellement est accordé.", HelpName = "MOTIF" };
        var options = new CommandOptions();
        var command = new Verb(
            "answer-renouvellement",
            "Répond à la demande de renouvellement : accord, ou refus motivé (L-01, L-02).",
            "cpom contrat answer-renouvellement 11-75-C00001",
            "cpom contrat answer-renouvellement 11-75-C00001 --refuse 'Fusion au 1er janvier'")
        {
            numero, refused,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var reason = parsed.GetValue(refused);
            var request = new AnswerRenouvellementRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Granted = reason is null,
                Reason = reason ?? "",
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var answered = await remote.Echeances.AnswerRenouvellementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(answered.Recorded, reason is null ? "Renouvellement accordé" : "Renouvellement refusé"));
            return ExitCodes.Done;
        });
        return command;
    }
}
