using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ApprobationShowCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "show", "Ce qu'un texte demande avant sa signature, et ce qui en est fait.", "cpom approbation show 11-75-C00001", "cpom approbation show 11-75-C00001 --avenant 2");
        texte.AddTo(command);
        command.Options.Add(format);
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var answer = await remote.Approbations.GetApprobationAsync(new() { Name = texte.Name(parsed), AsOf = asOf.Of(parsed) }, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), ApprobationText.Exigences(answer.Approbation), answer, [.. ApprobationText.Steps(answer.Approbation)]);
            return ExitCodes.Done;
        });
        return command;
    }
}
