using Cpom.Cli.Hosting;
using Cpom.Cli.Options;
using Cpom.Cli.Render;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Commands;

/// <summary>One backup more in a folder of them, held against its fingerprints before an older one goes: what a nightly job runs.</summary>
internal static class BackupIntoCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var store = new StoreOptions();
        var folder = new Argument<DirectoryInfo>("DOSSIER") { Description = "Dossier des sauvegardes ; celle-ci y porte l'instant où elle commence." };
        var keep = new Option<int>("--keep") { Description = "Sauvegardes que l'on y garde, celle-ci comprise.", HelpName = "NOMBRE", Required = true };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count > 0))
            {
                result.AddError($"« {token.Value} » n'est pas un nombre de sauvegardes (1 ou plus).");
            }
        });
        var command = new Verb(
            "into",
            "Sauvegarde le journal dans un dossier de sauvegardes, la relit et la compare à ses empreintes, puis supprime les plus anciennes. Abîmée, elle reste et rien n'est supprimé : code 1.",
            "cpom backup into /var/backups/cpom --keep 14 --postgres 'Host=localhost;Database=cpom'")
        {
            folder, keep,
        };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => LogDatabases.Try(async () =>
        {
            var into = parsed.GetRequiredValue(folder).FullName;
            var path = BackupFolder.FileAt(into, environment.Time.GetUtcNow());
            await using var source = await LogDatabases.OpenToRead(store.Of(parsed, PlatformOptions.FromEnvironment(environment)), cancellation);
            await PhaseScreen.Show(environment.Terminal, progress => Task.Run(() => Backup.Save(source, path, environment.Time, progress, cancellation), cancellation));
            var manifest = await PhaseScreen.Show(environment.Terminal, progress => Task.Run(() => Backup.Verify(path, progress, cancellation), cancellation));
            var deleted = BackupFolder.Keep(into, parsed.GetRequiredValue(keep));
            await BackupNote.Leave(source, manifest, environment, cancellation);
            Output.WriteLines(environment.Terminal, [.. BackupText.Verified(path, manifest), .. BackupText.Deleted(deleted)]);
            return ExitCodes.Done;
        }));
        return command;
    }
}
