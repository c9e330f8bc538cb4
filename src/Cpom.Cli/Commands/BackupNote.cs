using Cpom.Storage.Backups;

namespace Cpom.Cli.Commands;

/// <summary>What a backup leaves in the database for those who watch the server.</summary>
internal static class BackupNote
{
    public static async Task Leave(LogDatabase source, BackupManifest manifest, CliEnvironment environment, CancellationToken cancellation)
    {
        if (!await Backup.Note(source, manifest, cancellation))
        {
            await environment.Terminal.Error.WriteLineAsync("La sauvegarde est entière, mais ce compte ne peut pas la noter dans la base : l'alerte CpomBackupTooOld ne la verra pas.");
        }
    }
}
