using Cpom.Cli.Options;

namespace Cpom.Cli;

internal static class RemoteActions
{
    /// <summary>Gives the verb the option --server, and runs it with the services found there.</summary>
    public static void SetRemoteAction(this Command command, CliEnvironment environment, Func<ParseResult, Remote, CancellationToken, Task<int>> run)
    {
        var server = new ServerOption(environment);
        command.Options.Add(server);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var remote = new Remote(parsed.GetRequiredValue(server));
            return await run(parsed, remote, cancellation);
        });
    }
}
