using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SanctionShowCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var (finess, numero) = (SanctionStep.FinessArgument(), SanctionStep.NumeroArgument());
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("show", "Une procédure pas à pas, avec ses courriers et ses délais.", "cpom sanction show 750000001 SAN-2027-01") { finess, numero, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetManquementRequest { Name = Names.Manquement(parsed.GetRequiredValue(finess), parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var found = await remote.Sanctions.GetManquementAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), SanctionTables.Steps(found.Manquement), found);
            return ExitCodes.Done;
        });
        return command;
    }
}
