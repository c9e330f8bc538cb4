using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratDismissCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var item = new Option<string>("--item") { Description = "Élément en attente, tel que « cpom contrat pending » le nomme.", HelpName = "ID", Required = true };
        var reason = new Option<string>("--reason") { Description = "Pourquoi il ne demande pas d'avenant ; reste dans l'historique.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "dismiss",
            "Écarte un élément en attente qui ne demande pas d'avenant.",
            "cpom contrat dismiss 11-75-C00001 --item '750000026/rc/11-75-RC00042#2' --reason 'Doublon du flux'")
        {
            numero, item, reason,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new DismissItemRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                ItemId = parsed.GetRequiredValue(item),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var dismissed = await remote.Contrats.DismissItemAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(dismissed.Recorded, "Élément écarté"));
            return ExitCodes.Done;
        });
        return command;
    }
}
