using Cpom.Cli.Hosting;
using Cpom.Cli.Render;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Commands;

/// <summary>Holds a backup against its own fingerprints; needs no database.</summary>
internal static class BackupVerifyCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var file = new Argument<FileInfo>("FICHIER") { Description = "Sauvegarde à vérifier." };
        var command = new Verb(
            "verify",
            "Relit une sauvegarde du premier au dernier octet et la compare à ses empreintes. Code 1 au premier morceau abîmé.",
            "cpom backup verify cpom-2026-10-01.cpombk")
        {
            file,
        };
        command.SetAction((parsed, cancellation) => LogDatabases.Try(async () =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            var manifest = await PhaseScreen.Show(environment.Terminal, progress => Task.Run(() => Backup.Verify(path, progress, cancellation), cancellation));
            Output.WriteLines(environment.Terminal, BackupText.Verified(path, manifest));
            return ExitCodes.Done;
        }));
        return command;
    }
}
