namespace Cpom.Storage.Backups;

public enum BackupPhase
{
    /// <summary>Reading the log into the file.</summary>
    Save,

    /// <summary>Holding the file against its fingerprints.</summary>
    Verify,

    /// <summary>Writing the events into the database.</summary>
    Restore,

    /// <summary>Reading the database back, against the file's fingerprint.</summary>
    Compare,

    /// <summary>Folding each actor's history.</summary>
    Replay,
}

/// <summary>How far a phase has come, in events or in bytes.</summary>
public readonly record struct BackupProgress(BackupPhase Phase, long Done, long Total);
