namespace Cpom.Cli.Tests;

/// <summary>One line typed, with what it printed and answered.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static Task<CommandRun> Of(params string[] arguments) => Of(_ => null, arguments);

    public static async Task<CommandRun> Of(Func<string, string?> variables, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.Run(new CliEnvironment(Terminal.Plain(output, error), TimeProvider.System, variables), arguments);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
