using System.Data.Common;
using System.Reflection;
using Cpom.Runtime;

namespace Cpom.Storage.Backups;

/// <summary>Saves a log into one file, and checks such files. Memory does not grow with the log.</summary>
public static class Backup
{
    /// <summary>Events between two words to those who watch.</summary>
    internal const int ReportEvery = 4096;

    private static readonly string Program =
        typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// The log as it is when the call begins; what is appended meanwhile is not in it. The file appears under its name when it is whole and on disk:
    /// until then it is <c>FILE.partial</c>, which a later call overwrites.
    /// </summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static async Task<BackupManifest> Save(
        LogDatabase source, string file, TimeProvider time, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        if (File.Exists(file))
        {
            throw new IOException($"{file} existe déjà : une sauvegarde n'en remplace pas une autre.");
        }

        // In this order: what a checkpoint covers is then in the file.
        var checkpoints = await source.Checkpoints(cancellation);
        var last = await source.LastPosition(cancellation);
        var partial = file + ".partial";
        BackupManifest manifest;
        await using (var stream = Create(partial))
        {
            using var writer = new BackupWriter(stream);
            var events = 0L;
            await foreach (var row in source.InLogOrder(last, cancellation))
            {
                writer.Add(row);
                if (++events % ReportEvery == 0)
                {
                    progress?.Report(new(BackupPhase.Save, row.Position, last));
                }
            }

            manifest = writer.End(Program, time.GetUtcNow(), source.Name, checkpoints);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, file, overwrite: false);
        progress?.Report(new(BackupPhase.Save, last, last));
        return manifest;
    }

    /// <summary>Notes in the database how far it is saved (<see cref="BackupMark"/>).</summary>
    /// <returns>False where whoever saves may only read: the backup is as good, and those who watch the server do not see it.</returns>
    public static async Task<bool> Note(LogDatabase source, BackupManifest manifest, CancellationToken cancellation)
    {
        try
        {
            if (manifest.Position > 0) // A mark is something: a database that has it is not empty, and takes no restore.
            {
                await source.NoteSaved(manifest.Position, cancellation);
            }

            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Holds a file against its own fingerprints, from its first byte to its last.</summary>
    /// <exception cref="BackupDamagedException">At the first chunk that is not what it was.</exception>
    public static BackupManifest Verify(string file, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        using var stream = Open(file);
        using var reader = new BackupReader(file, stream);
        foreach (var _ in Watched(reader, stream, BackupPhase.Verify, progress, cancellation))
        {
            // Reading is the check.
        }

        return reader.Manifest!;
    }

    internal static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);

    internal static IEnumerable<LogRow> Watched(
        BackupReader reader, Stream file, BackupPhase phase, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var rows = 0L;
        foreach (var row in reader.Rows())
        {
            if (rows++ % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new(phase, reader.Bytes, file.Length));
            }

            yield return row;
        }

        progress?.Report(new(phase, file.Length, file.Length));
    }

    // For its owner's eyes: it holds all that the platform knows.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 128 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}
