using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpom.Storage.Backups;

/// <summary>The last block of a backup, as JSON: what the file holds, and the fingerprints that tell whether it still does.</summary>
/// <param name="Format">Of the file. A program refuses one that it does not know.</param>
/// <param name="Program">The version that wrote it.</param>
/// <param name="WrittenAt">UTC.</param>
/// <param name="Store">Where it was read: "sqlite" or "postgres". It restores into either.</param>
/// <param name="Position">The log's newest position in the file: the backup is the log up to there, whole.</param>
/// <param name="Bytes">Of the file before this block.</param>
/// <param name="Sha256">Of those bytes.</param>
/// <param name="RowsSha256">Of the rows as <see cref="LogRow"/> writes them: the same for a log, whatever database it is in.</param>
/// <param name="Checkpoints">How far each follower had come, never beyond <paramref name="Position"/>: what was not yet relayed still will be, what was is not again.</param>
public sealed record BackupManifest(
    int Format,
    string Program,
    DateTimeOffset WrittenAt,
    string Store,
    long Position,
    long Events,
    int Chunks,
    long Bytes,
    string Sha256,
    string RowsSha256,
    SortedDictionary<string, long> Checkpoints)
{
    internal byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    internal static BackupManifest? Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, BackupJson.Default.BackupManifest);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
