using Cpom.Cli.Hosting;
using Cpom.Cli.Options;
using Cpom.Cli.Run;
using Cpom.Server;

namespace Cpom.Cli.Commands;

/// <summary>The demonstration behind `make run`.</summary>
internal static class RunCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Dossier de fichiers réels, lu avec ses sous-dossiers ; sans cette option, une région fictive et une journée d'actes.",
            HelpName = "DOSSIER",
        };
        var once = new Option<bool>("--once") { Description = "S'arrêter après l'affichage au lieu de servir jusqu'à Ctrl-C." };
        var work = new Option<DirectoryInfo>("--work")
        {
            Description = "Dossier de travail ; son sous-dossier « demo » est refait à chaque fois.",
            HelpName = "DOSSIER",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        };
        var cluster = new Option<bool>("--cluster") { Description = "Passer par les silos d'une grappe déjà démarrée sur CPOM_POSTGRES, une base neuve, au lieu de SQLite." };
        var scale = new ScaleOption();
        var platform = PlatformOptions.PortsOnly();
        var command = new Verb(
            "run",
            "Démonstration : démarre la plateforme sur SQLite, y charge une région, y joue une journée d'actes, montre ce qui attend, où et pourquoi, puis sert.",
            "cpom run",
            "cpom run --data ../extraits --once")
        {
            data, once, work, cluster, scale,
        };
        platform.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = DemoFolder.Prepare(parsed.GetRequiredValue(work));
            var options = platform.Of(parsed, environment) with { DataFolder = Path.Combine(folder, "journal"), LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning };
            options = parsed.GetValue(cluster) ? options with { Host = HostRole.Gateway } : options with { Host = HostRole.Embedded, Postgres = null };
            await using var host = await PlatformHost.Start(options, environment, cancellation);
            if (await host.Position(cancellation) > 0)
            {
                throw new CliException("La démonstration veut un journal vide : indiquez une base neuve par CPOM_POSTGRES.");
            }

            using var remote = new Remote(host.Grpc);
            var stage = new Stage(host, remote, environment);
            var code = parsed.GetValue(data) is { } files
                ? await new RealFilesRun(stage).Run(files, cancellation)
                : await new SampleRun(stage).Run(folder, scale.Of(parsed), cancellation);
            if (code == ExitCodes.Done && !parsed.GetValue(once))
            {
                environment.Terminal.Out.WriteLine();
                ServeCommand.Announce(host, environment.Terminal.Out);
                await host.WaitForShutdown(cancellation);
            }

            return code;
        });
        return command;
    }
}
