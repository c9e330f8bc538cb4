using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratHistoryCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "history",
            "Tout ce qui est arrivé au contrat, du plus ancien au plus récent, avec l'auteur et la preuve.",
            "cpom contrat history 11-75-C00001 --known-at 2026-10-01")
        {
            numero, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListHistoryRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            var history = await List(remote, request, cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), HistoryTables.Of(history.Events), history);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>All the pages of a contrat's history.</summary>
    public static Task<ListHistoryResponse> List(Remote remote, ListHistoryRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Contrats.ListHistoryAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Events.Add(page.Events);
            all.NextPageToken = page.NextPageToken;
        });
}
