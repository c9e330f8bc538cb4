using System.Globalization;

namespace Cpom.Storage.Backups;

/// <summary>A file is not, or no longer, the backup that it was. The message is French, for the operator: where, what, what to do.</summary>
public sealed class BackupDamagedException(string file, int chunk, long offset, string what) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"{file}, morceau {chunk}, à partir de l'octet {offset} : {what}. Ce fichier ne peut pas être restauré : prendre une autre copie, ou une sauvegarde antérieure. Rien n'a été écrit."))
{
    /// <summary>The chunk, from 1; the manifest is the one after the last.</summary>
    public int Chunk { get; } = chunk;

    /// <summary>Where in the file that chunk begins.</summary>
    public long Offset { get; } = offset;
}
