using Cpom.Cli.Doctor;
using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What is configured, what is reachable, what was left out.</summary>
internal static class DoctorCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var store = new StoreOptions();
        var command = new Verb(
            "doctor",
            "Examine cette machine et le serveur : exécution, bibliothèques, dossier de données, santé, position du journal, processus et retard du relais ; et d'ici la base (horloge, sauvegarde) et le collecteur OTLP. Code 1 si un point bloque, 3 si le serveur ne répond pas.",
            "cpom doctor",
            "cpom doctor --server http://127.0.0.1:8081 --data /var/lib/cpom");
        store.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var options = store.Of(parsed, PlatformOptions.FromEnvironment(environment));
            List<Check> checks =
            [
                .. LocalChecks.All(Path.GetFullPath(options.DataFolder), environment),
                .. await CollectorChecks.All(environment, cancellation),
                .. await StoreChecks.All(options, environment.Time, cancellation),
                .. await ServerChecks.All(remote, options.SilosWanted, environment.Time, cancellation),
            ];
            Output.Write(environment.Terminal, DoctorTable.Of(checks));
            return DoctorTable.CodeOf(checks);
        });
        return command;
    }
}
