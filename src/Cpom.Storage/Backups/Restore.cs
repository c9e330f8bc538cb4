using System.Security.Cryptography;

namespace Cpom.Storage.Backups;

/// <summary>What a restore has put back, counted by reading it again.</summary>
/// <param name="Position">The newest position: the file's own, or where the restore was told to end.</param>
/// <param name="Actors">How many of each category.</param>
public sealed record RestoreReport(BackupManifest Manifest, long Position, long Events, IReadOnlyDictionary<string, long> Actors);

/// <summary>Puts a log back into an empty database, of either kind: the same positions, versions, times, authors, causes and checkpoints.</summary>
public static class Restore
{
    /// <summary>
    /// First the whole file is held against its fingerprints. Then everything happens in one transaction: the events are written, read back against
    /// the file's fingerprint, and every actor folded. Whatever stops it before the end leaves an empty database that says so (<see cref="UnfinishedRestore"/>)
    /// and into which the same can be done again.
    /// </summary>
    /// <param name="until">
    /// Null for all of the file. Where the restore ends before, no follower is told how far it had come: what it had made of an event may be among
    /// what is left out, so it begins anew, and what is there already it does not make twice.
    /// </param>
    /// <exception cref="BackupDamagedException">The file is not what it was; nothing was written.</exception>
    /// <exception cref="StoreUnusableException">The database is not empty; nothing was written.</exception>
    /// <exception cref="ReplayException">This program does not understand the log; nothing of it is visible.</exception>
    public static async Task<RestoreReport> Run(
        string file, LogDatabase target, RestoreUntil? until, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var manifest = Backup.Verify(file, progress, cancellation);
        await target.Mark(cancellation);
        await target.Begin(cancellation);
        var written = await Write(file, target, until, progress, cancellation);
        foreach (var (name, position) in written.Position == manifest.Position ? manifest.Checkpoints : [])
        {
            await target.WriteCheckpoint(name, position, cancellation);
        }

        await Compare(target, written, progress, cancellation);
        var replay = await Fold(target, manifest, progress, cancellation);
        await target.Execute(UnfinishedRestore.Unmark, cancellation);
        await target.Commit(cancellation);
        return new(manifest, written.Position, replay.Events, replay.Actors);
    }

    private static async Task<Fingerprint> Write(
        string file, LogDatabase target, RestoreUntil? until, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        await using var stream = Backup.Open(file);
        using var reader = new BackupReader(file, stream);
        using var written = new Hashing();
        var all = Backup.Watched(reader, stream, BackupPhase.Restore, progress, cancellation);
        await target.Insert((until?.Keep(all) ?? all).Select(row => written.Add(row)), cancellation);
        return written.End();
    }

    private static async Task Compare(LogDatabase target, Fingerprint written, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        using var read = new Hashing();
        await foreach (var row in target.InLogOrder(long.MaxValue, cancellation))
        {
            read.Add(row);
            if (read.Events % Backup.ReportEvery == 0)
            {
                progress?.Report(new(BackupPhase.Compare, read.Events, written.Events));
            }
        }

        if (read.End() != written)
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

    /// <summary>Of a part of a log, from its first event.</summary>
    private readonly record struct Fingerprint(long Position, long Events, string Sha256);

    private sealed class Hashing : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly MemoryStream _row = new();
        private readonly BinaryWriter _writer;
        private long _position;

        public Hashing() => _writer = new(_row, LogRow.Text);

        public long Events { get; private set; }

        public LogRow Add(in LogRow row)
        {
            row.Write(_writer);
            _hash.AppendData(_row.GetBuffer().AsSpan(0, (int)_row.Length));
            _row.SetLength(0);
            (_position, Events) = (row.Position, Events + 1);
            return row;
        }

        public Fingerprint End() => new(_position, Events, Convert.ToHexStringLower(_hash.GetHashAndReset()));

        public void Dispose()
        {
            _writer.Dispose();
            _hash.Dispose();
        }
    }
}
