using Cpom.Server;

namespace Cpom.Cli.Options;

/// <summary>How long a server that is told to stop goes on answering.</summary>
internal sealed class DrainOption : Option<int?>
{
    public DrainOption()
        : base("--drain-delay")
    {
        Description = $"Secondes pendant lesquelles un serveur que l'on arrête répond encore, en se disant déjà indisponible (0 à {ServerOptions.DrainSecondsMax}, par défaut 0) : le temps qu'un répartiteur le voie.";
        HelpName = "SECONDES";
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ServerOptions.TryDrain(token.Value, out _))
            {
                result.AddError($"« {token.Value} » n'est pas un nombre de secondes de 0 à {ServerOptions.DrainSecondsMax}.");
            }
        });
    }

    public ServerOptions Of(ParseResult parsed, ServerOptions otherwise) =>
        parsed.GetValue(this) is { } seconds ? otherwise with { DrainDelay = TimeSpan.FromSeconds(seconds) } : otherwise;
}
