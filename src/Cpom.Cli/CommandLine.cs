using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Cpom.Cli.Commands;
using Cpom.Server;

namespace Cpom.Cli;

/// <summary>The tree of verbs, and how a line typed becomes an exit code.</summary>
internal static class CommandLine
{
    public static RootCommand Build(CliEnvironment environment)
    {
        var root = new RootCommand(
            "Plateforme de suivi des CPOM : les fichiers et les actes entrent, chaque contrat concerné montre ce qui attend son prochain avenant.")
        {
            ServeCommand.Build(environment),
            RunCommand.Build(environment),
            ImportCommand.Build(environment),
            SampleCommand.Build(environment),
            PortfolioCommand.Build(environment),
            ContratCommand.Build(environment),
            AvenantCommand.Build(environment),
            EntiteCommand.Build(environment),
            SiteCommand.Build(environment),
            GhtCommand.Build(environment),
            SanctionCommand.Build(environment),
            AutreContratCommand.Build(environment),
            ContratUniqueCommand.Build(environment),
            SocleCommand.Build(environment),
            CampagneCommand.Build(environment),
            NegociationCommand.Build(environment),
            ActCommand.Build(environment),
            WatchCommand.Build(environment),
            EcheancesCommand.Build(environment),
            ApprobationCommand.Build(environment),
            EngagementCommand.Build(environment),
            BibliothequeCommand.Build(environment),
            AlertsCommand.Build(environment),
            QuarantineCommand.Build(environment),
            BackupCommand.Build(environment),
            RestoreCommand.Build(environment),
            ClusterCommand.Build(environment),
            DoctorCommand.Build(environment),
            CompletionCommand.Build(environment),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Afficher cette aide.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    public static async Task<int> Run(CliEnvironment environment, IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        var parsed = Build(environment).Parse(arguments);
        var invocation = new InvocationConfiguration
        {
            Output = environment.Terminal.Out,
            Error = environment.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            // Verbs end by themselves on Ctrl-C, with their own exit code: a server drains its calls first, and is long done by then.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(ServerOptions.DrainSecondsMax + 60),
        };
        try
        {
            var code = await parsed.InvokeAsync(invocation, cancellation);
            return parsed.Action is ParseErrorAction ? ExitCodes.Usage : code;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException failure)
        {
            return Failures.Report(failure, environment.Terminal.Error);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CliException)
        {
            environment.Terminal.Error.WriteLine(failure.Message);
            return failure is CliException { IsUsage: true } ? ExitCodes.Usage : ExitCodes.Refused;
        }
    }
}
