using System.Data.Common;
using Cpom.Cli.Hosting;
using Cpom.Cli.Render;
using Cpom.Server;
using Cpom.Storage;
using Cpom.Storage.Backups;

namespace Cpom.Cli.Doctor;

/// <summary>What the database says, where this machine reaches it: nothing is written.</summary>
internal static class StoreChecks
{
    /// <summary>The instants that a node records are its own clock's: two that differ by more order what people did at once the wrong way round.</summary>
    internal static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(2);

    /// <summary>As the alert CpomBackupTooOld has it.</summary>
    internal static readonly TimeSpan UnsavedMax = TimeSpan.FromHours(26);

    public static async Task<IReadOnlyList<Check>> All(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Postgres is null && !File.Exists(Path.Combine(options.DataFolder, CpomServer.DatabaseName)))
        {
            return [];
        }

        try
        {
            await using var log = await LogDatabases.OpenToRead(options, cancellation);
            var look = await log.Look(cancellation);
            var now = time.GetUtcNow();
            return
            [
                new("base de données", CheckState.Fine, $"{log.Name}, journal à la position {look.Last.ToString(CultureInfo.InvariantCulture)}"),
                .. look.Clock is { } clock ? [Clock(clock - now)] : Array.Empty<Check>(),
                Backup(look, now),
            ];
        }
        catch (Exception failure) when (failure is StoreUnusableException or DbException or TimeoutException)
        {
            return [new("base de données", CheckState.Broken, failure.Message)];
        }
    }

    internal static Check Clock(TimeSpan ahead) => ahead.Duration() <= SkewMax
        ? new("horloge", CheckState.Fine, "celle de cette machine et celle de la base sont d'accord")
        : new("horloge", CheckState.Broken, $"celle de la base {(ahead > TimeSpan.Zero ? "avance" : "retarde")} de {Age(ahead.Duration())} sur celle de cette machine : les régler (NTP), les instants enregistrés en dépendent");

    internal static Check Backup(LogLook look, DateTimeOffset now) => (look.SavedUntil, look.UnsavedSince) switch
    {
        (_, null) => new("sauvegarde", CheckState.Fine, "tout ce qui est enregistré est sauvegardé"),
        (0, _) => new("sauvegarde", CheckState.Note, "aucune n'est notée dans la base : « cpom backup », à moins que PostgreSQL ne la sauvegarde par ses propres moyens"),
        ({ } until, { } since) => new(
            "sauvegarde",
            now - since <= UnsavedMax ? CheckState.Fine : CheckState.Broken,
            $"jusqu'à la position {until.ToString(CultureInfo.InvariantCulture)} ; le plus ancien événement qui n'est dans aucune a {Age(now - since)}"),
    };

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Words.Plural((long)age.TotalDays, "jour", "jours"),
        { TotalHours: >= 1 } => Words.Plural((long)age.TotalHours, "heure", "heures"),
        { TotalMinutes: >= 1 } => Words.Plural((long)age.TotalMinutes, "minute", "minutes"),
        _ => Words.Plural(Math.Max(0, (long)age.TotalSeconds), "seconde", "secondes"),
    };
}
