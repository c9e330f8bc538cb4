using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratLinkFinancementCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var financement = new Option<string>("--financement") { Description = "Ligne du financement (volet A2.V4), telle que « cpom contrat show » ou « pending » la nomme.", HelpName = "LIGNE", Required = true };
        var rc = new Option<string>("--rc") { Description = "Ligne de la reconnaissance contractuelle (volet A2.V2), nommée de même.", HelpName = "LIGNE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "link-financement",
            "Dit qu'un financement dépend d'une RC du contrat : si elle se perd, il est signalé (R-134) ; une autre RC remplace celle d'avant.",
            "cpom contrat link-financement 11-75-C00001 --financement '750000018/FIN/2026/2026-06/MIGAC/MIG/BASE/HAPI' --rc 750000026/RC/11-75-RC00042")
        {
            numero, financement, rc,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new LinkFinancementRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                LigneFinancement = parsed.GetRequiredValue(financement),
                LigneRc = parsed.GetRequiredValue(rc),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var linked = await remote.Contrats.LinkFinancementAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(linked.Recorded, "Financement lié à la RC"));
            return ExitCodes.Done;
        });
        return command;
    }
}
