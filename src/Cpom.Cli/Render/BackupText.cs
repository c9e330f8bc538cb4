using Cpom.Storage.Backups;

namespace Cpom.Cli.Render;

/// <summary>What a backup holds, and what a restore has found.</summary>
internal static class BackupText
{
    public static string Of(BackupPhase phase) => phase switch
    {
        BackupPhase.Save => "Sauvegarde",
        BackupPhase.Verify => "Vérification des empreintes",
        BackupPhase.Restore => "Écriture",
        BackupPhase.Compare => "Relecture",
        _ => "Rejeu des histoires",
    };

    public static IEnumerable<string> Saved(string file, BackupManifest manifest) => [$"Sauvegarde écrite : {file}", .. Content(manifest)];

    public static IEnumerable<string> Verified(string file, BackupManifest manifest) => [$"Sauvegarde intacte : {file}", .. Content(manifest)];

    public static IEnumerable<string> Deleted(IReadOnlyList<string> files) => files.Select(file => $"Sauvegarde supprimée : {file}");

    public static IEnumerable<string> Restored(RestoreReport report)
    {
        yield return $"Journal restauré et rejoué : {Words.Count(report.Events)} événements, jusqu'à la position {report.Position}";
        if (report.Position < report.Manifest.Position)
        {
            yield return $"  La sauvegarde va jusqu'à la position {report.Manifest.Position} : la suite est laissée de côté, et le relais relira le journal depuis son début.";
        }

        foreach (var (category, count) in report.Actors)
        {
            yield return "  " + Of(category, count);
        }
    }

    private static IEnumerable<string> Content(BackupManifest manifest) =>
    [
        $"  {Words.Count(manifest.Events)} événements, jusqu'à la position {manifest.Position}",
        $"  {Words.Count(manifest.Chunks)} morceaux, {Words.Count(manifest.Bytes)} octets, sha-256 {manifest.Sha256}",
        string.Create(CultureInfo.InvariantCulture, $"  par cpom {manifest.Program} depuis {manifest.Store}, le {manifest.WrittenAt:yyyy-MM-dd' à 'HH:mm:ss} UTC"),
    ];

    private static string Of(string category, long count) => category switch
    {
        "entite" => Words.Plural(count, "entité", "entités"),
        "ght" => Words.Plural(count, "GHT", "GHT"),
        _ => Words.Plural(count, category, category + "s"),
    };
}
