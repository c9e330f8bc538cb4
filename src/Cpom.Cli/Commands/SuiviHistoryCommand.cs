using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The history of a campaign, a négociation or a procedure, with the author and the proof of each event.</summary>
internal static class SuiviHistoryCommand
{
    public static Verb Build(CliEnvironment environment, string what, string example, IReadOnlyList<Argument<string>> arguments, Func<ParseResult, string> name)
    {
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("history", $"Tout ce qui est arrivé à {what}, du plus ancien au plus récent, avec l'auteur et la preuve.", example) { format };
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListActorHistoryRequest { Name = name(parsed), PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) };
            var history = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Histories.ListActorHistoryAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Events.Add(page.Events);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), HistoryTables.Of(history.Events), history);
            return ExitCodes.Done;
        });
        return command;
    }
}
