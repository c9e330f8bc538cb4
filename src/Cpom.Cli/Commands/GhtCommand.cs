using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>A hospital group with its members: it signs nothing itself .</summary>
internal static class GhtCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "ght", "Un groupement hospitalier de territoire et ses membres ; il ne signe pas lui-même (R-009).", "cpom ght show IDF-01")
    {
        Show(environment), RegisterListCommands.Ghts(environment),
    };

    private static Verb Show(CliEnvironment environment)
    {
        var code = new Argument<string>("code") { Description = "Code du GHT.", HelpName = "CODE" };
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb(
            "show",
            "Le GHT un jour donné : ses membres avec leurs contrats, et ce qui attend dans l'ensemble.",
            "cpom ght show IDF-01 --valid-on 2026-12-31")
        {
            code, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetGhtRequest { Name = Names.Ght(parsed.GetRequiredValue(code)), AsOf = asOf.Of(parsed) };
            var ght = (await remote.Ghts.GetGhtAsync(request, cancellationToken: cancellation)).Ght;
            if (parsed.GetRequiredValue(format) == FormatOption.Table)
            {
                Output.WriteLines(environment.Terminal, RegisterTables.Identity(ght));
            }

            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), RegisterTables.Membres(ght), ght);
            return ExitCodes.Done;
        });
        return command;
    }
}
