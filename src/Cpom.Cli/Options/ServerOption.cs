namespace Cpom.Cli.Options;

/// <summary>Where the server is: --server, else CPOM_SERVER, else the port that `cpom serve` opens by default.</summary>
internal sealed class ServerOption : Option<Uri>
{
    public const string Variable = "CPOM_SERVER";
    public const string Default = "http://127.0.0.1:5081";

    public ServerOption(CliEnvironment environment)
        : base("--server")
    {
        Description = $"Adresse gRPC du serveur (variable {Variable}).";
        HelpName = "URL";
        DefaultValueFactory = _ => Parse(environment.Variables(Variable) is { Length: > 0 } address ? address : Default)
            ?? throw new CliException($"La variable {Variable} n'est pas une adresse telle que {Default}.", isUsage: true);
        CustomParser = result =>
        {
            var address = Parse(result.Tokens[0].Value);
            if (address is null)
            {
                result.AddError($"« {result.Tokens[0].Value} » n'est pas une adresse telle que {Default}.");
            }

            return address;
        };
    }

    private static Uri? Parse(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
