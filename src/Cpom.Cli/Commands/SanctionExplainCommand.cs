using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What is next in a procedure, and what has happened in it.</summary>
internal static class SanctionExplainCommand
{
    public static Verb Build(CliEnvironment environment)
    {
        var (finess, numero) = (SanctionStep.FinessArgument(), SanctionStep.NumeroArgument());
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("explain", "Ce qui peut se faire maintenant d'une procédure, par qui, et la règle qui empêche le reste.", "cpom sanction explain 750000001 SAN-2027-01") { finess, numero, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ExplainManquementRequest { Manquement = Names.Manquement(parsed.GetRequiredValue(finess), parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var answer = await remote.Sanctions.ExplainManquementAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), DemarcheTables.Of(answer.Demarches), answer);
            return ExitCodes.Done;
        });
        return command;
    }

    public static Verb History(CliEnvironment environment)
    {
        var (finess, numero) = (SanctionStep.FinessArgument(), SanctionStep.NumeroArgument());
        return SuiviHistoryCommand.Build(
            environment, "la procédure", "cpom sanction history 750000001 SAN-2027-01", [finess, numero], parsed => Names.Manquement(parsed.GetRequiredValue(finess), parsed.GetRequiredValue(numero)));
    }
}
