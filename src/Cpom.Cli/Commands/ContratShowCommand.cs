using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratShowCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "show",
            "Le contrat un jour donné : identité, socle, annexes et volets, leurs lignes, engagements, avenants, échéances, conseils.",
            "cpom contrat show 11-75-C00001 --valid-on 2026-12-31")
        {
            numero, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetContratRequest { Name = Names.Contrat(parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var contrat = (await remote.Contrats.GetContratAsync(request, cancellationToken: cancellation)).Contrat;
            Write(environment.Terminal, parsed.GetRequiredValue(format), contrat);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string format, Contrat contrat)
    {
        if (format != FormatOption.Table)
        {
            Output.Write(terminal, format, ContratText.Lignes(contrat), contrat);
            return;
        }

        Output.WriteLines(terminal, ContratText.Identity(contrat));
        Output.WriteLines(terminal, ContratText.Structure(contrat));
        Output.Write(terminal, ContratText.Lignes(contrat));
        if (contrat.Engagements.Count > 0)
        {
            Output.Write(terminal, ContratText.Engagements(contrat));
        }

        Output.WriteLines(terminal, ContratText.Notes(contrat));
    }
}
