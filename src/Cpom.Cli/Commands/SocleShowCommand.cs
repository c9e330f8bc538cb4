using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SocleShowCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var version = new Argument<string>("version") { Description = "Version du socle.", HelpName = "VERSION" };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("show", "Une version du socle, clause par clause.", "cpom socle show SOCLE-2026-1") { version, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetSocleRequest { Name = Names.Socle(parsed.GetRequiredValue(version)), AsOf = asOf.Of(parsed) };
            var socle = (await remote.Socles.GetSocleAsync(request, cancellationToken: cancellation)).Socle;
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), SocleTables.Clauses(socle), socle);
            return ExitCodes.Done;
        });
        return command;
    }
}
