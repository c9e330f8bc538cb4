namespace Cpom.Cli.Options;

/// <summary>What every command of write takes: its day, its own id, and the version it was decided on.</summary>
internal sealed class CommandOptions
{
    private readonly DayOption _on = new("--on", "Jour de l'opération (par défaut aujourd'hui).");

    private readonly Option<string> _requestId = new("--request-id")
    {
        Description = "Identifiant de la demande : la répéter avec le même n'enregistre rien de plus (par défaut un identifiant neuf).",
        HelpName = "ID",
    };

    private readonly Option<string> _etag = new("--etag")
    {
        Description = "Version du contrat sur laquelle on a décidé ; refusé s'il a changé depuis.",
        HelpName = "VERSION",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_on);
        command.Options.Add(_requestId);
        command.Options.Add(_etag);
    }

    public string On(ParseResult parsed) => parsed.GetValue(_on) ?? "";

    public string RequestId(ParseResult parsed) => parsed.GetValue(_requestId) ?? $"cpom-{Guid.NewGuid():N}";

    public string Etag(ParseResult parsed) => parsed.GetValue(_etag) ?? "";
}
