using Cpom.Cli.Completion;

namespace Cpom.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh ou fish." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var command = new Verb(
            "completion",
            "Écrit le script qui complète les commandes de cpom dans l'interpréteur.",
            "source <(cpom completion bash)",
            "cpom completion zsh > \"${fpath[1]}/_cpom\"",
            "cpom completion fish > ~/.config/fish/completions/cpom.fish")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            environment.Terminal.Out.Write(CompletionScripts.Of(parsed.GetRequiredValue(shell)));
            return ExitCodes.Done;
        });
        return command;
    }
}
