using Cpom.Cli.Options;

namespace Cpom.Cli;

internal static class RemoteActions
{
    /// <summary>Gives the verb the options --server, --role and --perimetre, and runs it with the services found there.</summary>
    public static void SetRemoteAction(this Command command, CliEnvironment environment, Func<ParseResult, Remote, CancellationToken, Task<int>> run)
    {
        var server = new ServerOption(environment);
        var role = new RoleOptions(environment);
        command.Options.Add(server);
        role.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var remote = new Remote(parsed.GetRequiredValue(server), role.Of(parsed));
            return await run(parsed, remote, cancellation);
        });
    }
}
