using System.Net;
using Cpom.Server;

namespace Cpom.Cli.Options;

/// <summary>How the platform is served in process. What is not said comes from the CPOM_… variables (ServerOptions), then from the defaults.</summary>
internal sealed class PlatformOptions
{
    private readonly StoreOptions? _store;

    private readonly HostOptions? _host;

    private readonly Option<int?> _http = new("--http")
    {
        Description = "Port HTTP/1.1, pour Connect JSON et gRPC-Web ; 0 : un port libre (par défaut 5080).",
        HelpName = "PORT",
    };

    private readonly Option<int?> _grpc = new("--grpc") { Description = "Port gRPC, HTTP/2 en clair ; 0 : un port libre (par défaut 5081).", HelpName = "PORT" };

    private readonly Option<IPAddress> _listen = new("--listen")
    {
        Description = "Adresse d'écoute (par défaut 127.0.0.1) ; toute autre expose une plateforme qui n'identifie encore personne.",
        HelpName = "ADRESSE",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError($"« {result.Tokens[0].Value} » n'est pas une adresse IP.");
            return null;
        },
    };

    private PlatformOptions(bool hasStore)
    {
        _store = hasStore ? new() : null;
        _host = hasStore ? new() : null;
        CheckPort(_http);
        CheckPort(_grpc);
    }

    /// <summary>With a choice of the store, and of what the process is to others over it.</summary>
    public static PlatformOptions WithStore() => new(hasStore: true);

    /// <summary>Ports and address only: the store is the verb's own.</summary>
    public static PlatformOptions PortsOnly() => new(hasStore: false);

    internal static void CheckPort(Option port) => port.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !ushort.TryParse(token.Value, out _))
        {
            result.AddError($"« {token.Value} » n'est pas un port (0 à 65535).");
        }
    });

    public void AddTo(Command command)
    {
        _store?.AddTo(command);
        foreach (var option in new Option[] { _http, _grpc, _listen })
        {
            command.Options.Add(option);
        }

        _host?.AddTo(command);
    }

    /// <exception cref="CliException">A variable of the environment cannot be read.</exception>
    public ServerOptions Of(ParseResult parsed, CliEnvironment environment)
    {
        var options = FromEnvironment(environment);
        options = _store?.Of(parsed, options) ?? options;
        options = _host?.Of(parsed, options) ?? options;
        return options with
        {
            HttpPort = parsed.GetValue(_http) ?? options.HttpPort,
            GrpcPort = parsed.GetValue(_grpc) ?? options.GrpcPort,
            Address = parsed.GetValue(_listen) ?? options.Address,
        };
    }

    /// <exception cref="CliException">A variable of the environment cannot be read.</exception>
    public static ServerOptions FromEnvironment(CliEnvironment environment)
    {
        try
        {
            return ServerOptions.FromEnvironment(environment.Variables);
        }
        catch (FormatException unreadable)
        {
            throw new CliException(unreadable.Message, isUsage: true);
        }
    }
}
