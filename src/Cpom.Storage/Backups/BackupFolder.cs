using System.Globalization;
using System.Text.RegularExpressions;

namespace Cpom.Storage.Backups;

/// <summary>A folder that receives one backup after the other, each under its own instant, and keeps the newest.</summary>
public static partial class BackupFolder
{
    /// <summary>The file for a backup that begins now: names are in the order of time.</summary>
    public static string FileAt(string folder, DateTimeOffset now) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"cpom-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.cpombk"));

    /// <summary>
    /// Deletes all but the newest so many backups, and what an interrupted one has left that is older than those. Only what this class named is looked at.
    /// </summary>
    /// <returns>What was deleted, oldest first.</returns>
    public static IReadOnlyList<string> Keep(string folder, int count)
    {
        var named = Directory.GetFiles(folder).Where(file => Name().IsMatch(Path.GetFileName(file))).Order(StringComparer.Ordinal).ToList();
        var kept = named.Where(file => file.EndsWith(".cpombk", StringComparison.Ordinal)).TakeLast(count).ToHashSet(StringComparer.Ordinal);
        var oldest = kept.Min(StringComparer.Ordinal);
        List<string> superseded = [.. named.Where(file => string.CompareOrdinal(file, oldest) < 0)];
        superseded.ForEach(File.Delete);
        return superseded;
    }

    [GeneratedRegex(@"^cpom-\d{8}T\d{6}Z\.cpombk(\.partial)?$")]
    private static partial Regex Name();
}
