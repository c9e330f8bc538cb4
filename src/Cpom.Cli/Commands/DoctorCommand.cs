using Cpom.Cli.Doctor;
using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What is configured, what is reachable, what was left out.</summary>
internal static class DoctorCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Dossier de données à vérifier (variable CPOM_DATA, par défaut data).", HelpName = "DOSSIER" };
        var command = new Verb(
            "doctor",
            "Examine cette machine et le serveur : exécution, bibliothèques, dossier de données, santé, position du journal. Code 1 si un point bloque, 3 si le serveur ne répond pas.",
            "cpom doctor",
            "cpom doctor --server http://127.0.0.1:8081 --data /var/lib/cpom")
        {
            data,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var folder = parsed.GetValue(data)?.FullName ?? Path.GetFullPath(PlatformOptions.FromEnvironment(environment).DataFolder);
            var checks = LocalChecks.All(folder, environment).Concat(await ServerChecks.All(remote, environment.Time, cancellation)).ToList();
            Output.Write(environment.Terminal, DoctorTable.Of(checks));
            return DoctorTable.CodeOf(checks);
        });
        return command;
    }
}
