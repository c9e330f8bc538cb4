using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ApprobationCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "approbation",
        "Ce qui entoure la signature d'un contrat ou d'un avenant : consultations, validation, transmission, originaux, caisse pivot, demandes d'accès.",
        "cpom approbation show 11-75-C00001")
    {
        ApprobationShowCommand.Build(environment),
        ApprobationBeforeCommands.Consult(environment),
        ApprobationBeforeCommands.Niveau(environment),
        ApprobationBeforeCommands.Validate(environment),
        ApprobationBeforeCommands.Transmit(environment),
        ApprobationAfterCommands.Originaux(environment),
        ApprobationAfterCommands.Archive(environment),
        ApprobationAfterCommands.AssignCaisse(environment),
        ApprobationAfterCommands.NotifyCaisse(environment),
        ApprobationAfterCommands.AskAccess(environment),
        ApprobationAfterCommands.AnswerAccess(environment),
    };

    /// <summary>A verb that records one thing and says so.</summary>
    public static Command Recording(
        this Verb verb, CliEnvironment environment, CommandOptions options, string done, Func<ParseResult, Remote, CancellationToken, Task<Recorded>> record)
    {
        options.AddTo(verb);
        verb.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            environment.Terminal.Out.WriteLine(Receipts.Of(await record(parsed, remote, cancellation), done));
            return ExitCodes.Done;
        });
        return verb;
    }
}
