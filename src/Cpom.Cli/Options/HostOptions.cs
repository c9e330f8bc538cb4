using Cpom.Server;

namespace Cpom.Cli.Options;

/// <summary>What the process is to the others over the same log. What is not said comes from CPOM_HOST, CPOM_SILO_PORT and CPOM_SILO_CLIENT_PORT.</summary>
internal sealed class HostOptions
{
    private readonly Option<string> _host = new("--host")
    {
        Description = "Place dans une grappe Orleans : embedded (un nœud entier, par défaut), silo (porte des acteurs) ou gateway (sert, et parle aux silos).",
        HelpName = "PLACE",
    };

    private readonly Option<int?> _siloPort = new("--silo-port") { Description = "Port où les autres silos joignent celui-ci (par défaut 11111).", HelpName = "PORT" };

    private readonly Option<int?> _clientPort = new("--silo-client-port") { Description = "Port où les passerelles joignent ce silo (par défaut 30000).", HelpName = "PORT" };

    public HostOptions()
    {
        _host.AcceptOnlyFromAmong([.. Enum.GetNames<HostRole>().Select(name => name.ToLowerInvariant())]);
        PlatformOptions.CheckPort(_siloPort);
        PlatformOptions.CheckPort(_clientPort);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _host, _siloPort, _clientPort })
        {
            command.Options.Add(option);
        }
    }

    public ServerOptions Of(ParseResult parsed, ServerOptions otherwise) => otherwise with
    {
        Host = parsed.GetValue(_host) is { } role ? Enum.Parse<HostRole>(role, ignoreCase: true) : otherwise.Host,
        SiloPort = parsed.GetValue(_siloPort) ?? otherwise.SiloPort,
        SiloClientPort = parsed.GetValue(_clientPort) ?? otherwise.SiloClientPort,
    };
}
