using System.Data.Common;

namespace Cpom.Storage.Backups;

/// <summary>
/// A row beside the checkpoints that is there from before a restore's first event until its last: written in a transaction of its own, removed in
/// the one that makes the events visible. A store that has it is empty, and refuses to open: a platform that started on it would look reset.
/// </summary>
internal static class UnfinishedRestore
{
    /// <summary>Never the name of a follower.</summary>
    public const string Marker = "restore-unfinished";

    public const string Mark = $"INSERT INTO checkpoint (name, position) VALUES ('{Marker}', 0) ON CONFLICT (name) DO NOTHING";

    public const string Unmark = $"DELETE FROM checkpoint WHERE name = '{Marker}'";

    /// <exception cref="StoreUnusableException">The mark is there.</exception>
    public static async Task Refuse(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM checkpoint WHERE name = '{Marker}'";
        if (await command.ExecuteScalarAsync(cancellation) is not 0L)
        {
            throw new StoreUnusableException(
                "Une restauration de cette base est en cours ou a été interrompue : rien n'y est encore visible. La laisser finir, ou relancer « cpom restore » avec le fichier de sauvegarde ; elle reprend du début.");
        }
    }
}
