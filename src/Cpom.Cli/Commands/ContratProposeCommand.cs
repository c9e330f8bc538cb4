using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratProposeCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "propose",
            "Les avenants que suggèrent les éléments en attente, par volet et date d'effet ; rien n'est enregistré.",
            "cpom contrat propose 11-75-C00001")
        {
            numero, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ProposeAvenantsRequest { Contrat = Names.Contrat(parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var proposals = await remote.Contrats.ProposeAvenantsAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), AvenantTables.Proposals(proposals.Proposals), proposals);
            return ExitCodes.Done;
        });
        return command;
    }
}
