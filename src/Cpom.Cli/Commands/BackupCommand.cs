using Cpom.Cli.Hosting;
using Cpom.Cli.Options;
using Cpom.Cli.Render;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Commands;

/// <summary>Saves the log into one file, also while it is served.</summary>
internal static class BackupCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var store = new StoreOptions();
        var file = new Argument<FileInfo>("FICHIER") { Description = "Sauvegarde à écrire ; elle ne doit pas exister." };
        var command = new Verb(
            "backup",
            "Sauvegarde le journal dans un fichier, serveur en marche ou arrêté : tout ce qui est enregistré au début de la sauvegarde, et rien de plus. Se restaure dans SQLite comme dans PostgreSQL.",
            "cpom backup cpom-2026-10-01.cpombk --data /var/lib/cpom",
            "cpom backup cpom-2026-10-01.cpombk --postgres 'Host=localhost;Database=cpom'",
            "cpom backup verify cpom-2026-10-01.cpombk",
            "cpom backup into /var/backups/cpom --keep 14 --data /var/lib/cpom")
        {
            file, BackupVerifyCommand.Build(environment), BackupIntoCommand.Build(environment),
        };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => LogDatabases.Try(async () =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            await using var source = await LogDatabases.OpenToRead(store.Of(parsed, PlatformOptions.FromEnvironment(environment)), cancellation);
            var manifest = await PhaseScreen.Show(
                environment.Terminal, progress => Task.Run(() => Backup.Save(source, path, environment.Time, progress, cancellation), cancellation));
            Output.WriteLines(environment.Terminal, BackupText.Saved(path, manifest));
            await BackupNote.Leave(source, manifest, environment, cancellation);
            return ExitCodes.Done;
        }));
        return command;
    }
}
