namespace Cpom.Runtime;

/// <summary>The checkpoint by which a backup says how far the log has been saved, so that those who watch the server see when it last was.</summary>
public static class BackupMark
{
    /// <summary>Never rename it.</summary>
    public const string Name = "backup";
}
