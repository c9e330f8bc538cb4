using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What a step of a procedure is told on the line.</summary>
internal sealed record SanctionSaid(string Name, string Texte, Courrier? Courrier, bool Flag, string On, string RequestId, string Etag);

/// <summary>A verb for one step: its procedure, its one text, its letter.</summary>
/// <param name="option">The option of its text; null for none.</param>
/// <param name="flag">An option without value that the step understands; null for none.</param>
/// <param name="letter">The step has a letter.</param>
internal sealed class SanctionStep(string name, string description, string? option, string? help, string? example, string? flag = null, bool letter = true)
{
    public Command Build(CliEnvironment environment, Func<Remote, SanctionSaid, CancellationToken, Task<Recorded>> send)
    {
        var (finess, numero) = (FinessArgument(), NumeroArgument());
        var (courrier, options) = (new CourrierOptions(), new CommandOptions());
        var texte = option is null ? null : new Option<string>(option) { Description = help, HelpName = "TEXTE", Required = true };
        var flagged = flag is null ? null : new Option<bool>(flag) { Description = "Elles sont orales." };
        var command = new Verb(name, description, $"cpom sanction {name} 750000001 SAN-2027-01{(option is null ? "" : $" {option} '{example}'")}{(letter ? " --courrier ARS-2027-118 --document lettre.pdf" : "")}")
        {
            finess, numero,
        };
        if (texte is not null)
        {
            command.Options.Add(texte);
        }

        if (flagged is not null)
        {
            command.Options.Add(flagged);
        }

        if (letter)
        {
            courrier.AddTo(command);
        }

        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var said = new SanctionSaid(
                Names.Manquement(parsed.GetRequiredValue(finess), parsed.GetRequiredValue(numero)),
                texte is null ? "" : parsed.GetRequiredValue(texte),
                letter ? await courrier.Of(parsed, cancellation) : null,
                flagged is not null && parsed.GetValue(flagged),
                options.On(parsed),
                options.RequestId(parsed),
                options.Etag(parsed));
            environment.Terminal.Out.WriteLine(Receipts.Of(await send(remote, said, cancellation), $"Procédure {parsed.GetRequiredValue(numero)} : {name} enregistré"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Argument<string> FinessArgument() => new("finess") { Description = "FINESS de l'entité juridique.", HelpName = "FINESS" };

    public static Argument<string> NumeroArgument() => new("numero") { Description = "Numéro de la procédure.", HelpName = "NUMERO" };
}
