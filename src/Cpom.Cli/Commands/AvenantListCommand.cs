using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantListCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("list", "Les avenants d'un contrat.", "cpom avenant list 11-75-C00001") { numero, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListAvenantsRequest { Contrat = Names.Contrat(parsed.GetRequiredValue(numero)), PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Avenants.ListAvenantsAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Avenants.Add(page.Avenants);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), AvenantTables.Of(list.Avenants), list);
            return ExitCodes.Done;
        });
        return command;
    }
}
