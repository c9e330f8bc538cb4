using System.Security.Cryptography;

namespace Cpom.Storage.Backups;

/// <summary>What a restore has put back, counted by reading it again.</summary>
/// <param name="Actors">How many of each category.</param>
public sealed record RestoreReport(BackupManifest Manifest, long Events, IReadOnlyDictionary<string, long> Actors);

/// <summary>Puts a log back into an empty database, of either kind: the same positions, versions, times, authors, causes and checkpoints.</summary>
public static class Restore
{
    /// <summary>
    /// First the whole file is held against its fingerprints. Then everything happens in one transaction: the events are written, read back against
    /// the file's fingerprint, and every actor folded. Whatever stops it before the end leaves an empty database that says so (<see cref="UnfinishedRestore"/>)
    /// and into which the same can be done again.
    /// </summary>
    /// <exception cref="BackupDamagedException">The file is not what it was; nothing was written.</exception>
    /// <exception cref="StoreUnusableException">The database is not empty; nothing was written.</exception>
    /// <exception cref="ReplayException">This program does not understand the log; nothing of it is visible.</exception>
    public static async Task<RestoreReport> Run(string file, LogDatabase target, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var manifest = Backup.Verify(file, progress, cancellation);
        await target.Mark(cancellation);
        await target.Begin(cancellation);
        await Write(file, target, progress, cancellation);
        foreach (var (name, position) in manifest.Checkpoints)
        {
            await target.WriteCheckpoint(name, position, cancellation);
        }

        await Compare(target, manifest, progress, cancellation);
        var replay = await Fold(target, manifest, progress, cancellation);
        await target.Execute(UnfinishedRestore.Unmark, cancellation);
        await target.Commit(cancellation);
        return new(manifest, replay.Events, replay.Actors);
    }

    private static async Task Write(string file, LogDatabase target, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        await using var stream = Backup.Open(file);
        using var reader = new BackupReader(file, stream);
        await target.Insert(Backup.Watched(reader, stream, BackupPhase.Restore, progress, cancellation), cancellation);
    }

    private static async Task Compare(LogDatabase target, BackupManifest manifest, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = new MemoryStream();
        using var writer = new BinaryWriter(rows, LogRow.Text);
        var events = 0L;
        await foreach (var row in target.InLogOrder(manifest.Position, cancellation))
        {
            row.Write(writer);
            hash.AppendData(rows.GetBuffer().AsSpan(0, (int)rows.Length));
            rows.SetLength(0);
            if (++events % Backup.ReportEvery == 0)
            {
                progress?.Report(new(BackupPhase.Compare, events, manifest.Events));
            }
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != manifest.RowsSha256)
        {
            throw new StoreUnusableException("La base ne rend pas ce qui y a été écrit : elle n'a pas été gardée. Vérifier le disque et l'encodage de la base (UTF-8), puis relancer « cpom restore ».");
        }
    }

    private static async Task<Replay> Fold(LogDatabase target, BackupManifest manifest, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var replay = new Replay();
        await foreach (var row in target.InActorOrder(cancellation))
        {
            replay.Add(row);
            if (replay.Events % Backup.ReportEvery == 0)
            {
                progress?.Report(new(BackupPhase.Replay, replay.Events, manifest.Events));
            }
        }

        progress?.Report(new(BackupPhase.Replay, replay.Events, manifest.Events));
        return replay;
    }
}
