using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratExplainCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var possible = new Option<bool>("--possible") { Description = "Seulement ce qui peut se faire maintenant." };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "explain",
            "Ce qui peut se faire maintenant d'un contrat, par qui, et la règle qui empêche le reste ; avec --role, ce que ce rôle peut.",
            "cpom contrat explain 11-75-C00001",
            "cpom contrat explain 11-75-C00001 --possible --role negociateur --perimetre dossier/11-75-C00001")
        {
            numero, possible, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ExplainRequest { Contrat = Names.Contrat(parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var answer = await remote.Contrats.ExplainAsync(request, cancellationToken: cancellation);
            var shown = answer.Demarches.Where(d => d.Refusal is null || !parsed.GetValue(possible)).ToList();
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), DemarcheTables.Of(shown), answer, DemarcheTables.Footer(answer.Demarches));
            return ExitCodes.Done;
        });
        return command;
    }
}
