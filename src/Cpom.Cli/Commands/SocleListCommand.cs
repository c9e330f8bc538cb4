using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SocleListCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("list", "Les versions publiées du socle, et combien de contrats s'y réfèrent.", "cpom socle list") { format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListSoclesRequest { PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Socles.ListSoclesAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) => all.Socles.Add(page.Socles));
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), SocleTables.Of(list.Socles), list);
            return ExitCodes.Done;
        });
        return command;
    }
}
