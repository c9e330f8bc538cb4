using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratRemoveEngagementCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var engagement = new Argument<int>("ENGAGEMENT") { Description = "Numéro de l'engagement." };
        var options = new CommandOptions();
        var command = new Verb(
            "remove-engagement",
            "Retire un engagement d'un projet de contrat ; une fois signé, seulement par un avenant : « cpom avenant change ».",
            "cpom contrat remove-engagement 11-75-C00001 3")
        {
            numero, engagement,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RemoveEngagementRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Number = parsed.GetRequiredValue(engagement),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var removed = await remote.Contrats.RemoveEngagementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(removed.Recorded, $"Engagement {request.Number} retiré"));
            return ExitCodes.Done;
        });
        return command;
    }
}
