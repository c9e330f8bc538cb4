using Cpom.Server;

namespace Cpom.Cli.Options;

/// <summary>How far behind the log a server may be and still say that it is ready.</summary>
internal sealed class LagOption : Option<long?>
{
    public LagOption()
        : base("--lag-max")
    {
        Description = $"Positions dont la réplique peut être en retard sur le journal sans que le serveur se dise indisponible (par défaut {new ServerOptions().LagMax}).";
        HelpName = "POSITIONS";
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ServerOptions.TryPositive(token.Value, out _))
            {
                result.AddError($"« {token.Value} » n'est pas un nombre de positions (1 ou plus).");
            }
        });
    }

    public ServerOptions Of(ParseResult parsed, ServerOptions otherwise) =>
        parsed.GetValue(this) is { } positions ? otherwise with { LagMax = positions } : otherwise;
}
