using Cpom.Cli.Hosting;
using Cpom.Cli.Options;

namespace Cpom.Cli.Commands;

internal static class ServeCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var platform = PlatformOptions.WithStore();
        var drain = new DrainOption();
        var lag = new LagOption();
        var command = new Verb(
            "serve",
            "Démarre la plateforme et la sert jusqu'à Ctrl-C : HTTP/1.1 (Connect JSON, gRPC-Web) et gRPC en clair (HTTP/2), sur cette machine seulement sauf --listen.",
            "cpom serve --data /var/lib/cpom",
            "cpom serve --postgres 'Host=localhost;Database=cpom' --http 8080 --grpc 8081 --drain-delay 10",
            "cpom serve --host silo --postgres 'Host=localhost;Database=cpom' --http 0 --grpc 0 --silo-port 11112 --silo-client-port 30001");
        platform.AddTo(command);
        command.Options.Add(drain);
        command.Options.Add(lag);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var host = await PlatformHost.Start(lag.Of(parsed, drain.Of(parsed, platform.Of(parsed, environment))), environment, cancellation);
            Announce(host, environment.Terminal.Out);
            await host.WaitForShutdown(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Where it serves, and how to stop it.</summary>
    public static void Announce(PlatformHost host, TextWriter output)
    {
        output.WriteLine($"HTTP (Connect JSON, gRPC-Web) : {host.Http}");
        output.WriteLine($"gRPC (HTTP/2 en clair)        : {host.Grpc}");
        output.WriteLine("Ctrl-C pour arrêter.");
        output.Flush();
    }
}
