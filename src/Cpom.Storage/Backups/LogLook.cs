namespace Cpom.Storage.Backups;

/// <summary>What a database says of the log in it, to who only looks.</summary>
/// <param name="Last">The newest position.</param>
/// <param name="SavedUntil">The position up to which the newest backup that was noted holds the log; 0 for none.</param>
/// <param name="UnsavedSince">When the oldest event that is in no such backup was recorded; null when there is none.</param>
/// <param name="Clock">The database's own; null where it has none but the machine's.</param>
public sealed record LogLook(long Last, long SavedUntil, DateTimeOffset? UnsavedSince, DateTimeOffset? Clock);
