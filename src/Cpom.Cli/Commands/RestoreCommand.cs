using Cpom.Cli.Hosting;
using Cpom.Cli.Options;
using Cpom.Cli.Render;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Commands;

/// <summary>Puts a saved log back, into an empty database.</summary>
internal static class RestoreCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var store = new StoreOptions();
        var file = new Argument<FileInfo>("FICHIER") { Description = "Sauvegarde à restaurer." };
        var until = new Option<RestoreUntil>("--until")
        {
            Description = "S'arrête là : une position du journal, ou un instant avec son décalage (2026-11-25T16:00:00Z). Ce qu'une même demande a enregistré reste entier ou est laissé entier.",
            HelpName = "POSITION|INSTANT",
            CustomParser = result =>
            {
                if (RestoreUntil.TryParse(result.Tokens[0].Value, out var read))
                {
                    return read;
                }

                result.AddError($"« {result.Tokens[0].Value} » n'est ni une position, ni un instant comme 2026-11-25T16:00:00Z.");
                return null;
            },
        };
        var command = new Verb(
            "restore",
            "Restaure une sauvegarde dans une base vide, serveur arrêté : vérifie tout le fichier, écrit, relit, rejoue chaque histoire, et alors seulement rend le journal visible.",
            "cpom restore cpom-2026-10-01.cpombk --data /var/lib/cpom-neuf",
            "cpom restore cpom-2026-10-01.cpombk --postgres 'Host=localhost;Database=cpom'",
            "cpom restore cpom-2026-10-01.cpombk --data /var/lib/cpom-neuf --until 2026-09-30T18:00:00+02:00")
        {
            file, until,
        };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => LogDatabases.Try(async () =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            await using var target = await LogDatabases.OpenToRestore(store.Of(parsed, PlatformOptions.FromEnvironment(environment)), environment.Time, cancellation);
            var report = await PhaseScreen.Show(
                environment.Terminal, progress => Task.Run(() => Restore.Run(path, target, parsed.GetValue(until), progress, cancellation), cancellation));
            Output.WriteLines(environment.Terminal, BackupText.Restored(report));
            return ExitCodes.Done;
        }));
        return command;
    }
}
