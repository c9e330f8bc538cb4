using Cpom.Server;

namespace Cpom.Cli.Options;

/// <summary>Which log is meant: the same words for every verb that opens one. What is not said comes from CPOM_DATA and CPOM_POSTGRES.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> _data = new("--data") { Description = "Dossier du journal SQLite et des fichiers reçus (par défaut data).", HelpName = "DOSSIER" };

    private readonly Option<string> _postgres = new("--postgres") { Description = "Journal dans PostgreSQL : chaîne de connexion Npgsql.", HelpName = "CONNEXION" };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_postgres);
    }

    public ServerOptions Of(ParseResult parsed, ServerOptions otherwise) => otherwise with
    {
        DataFolder = parsed.GetValue(_data) ?? otherwise.DataFolder,
        Postgres = parsed.GetValue(_postgres) ?? otherwise.Postgres,
    };
}
