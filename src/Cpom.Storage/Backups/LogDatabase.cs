using System.Data.Common;
using System.Runtime.CompilerServices;
using Cpom.Runtime;

namespace Cpom.Storage.Backups;

/// <summary>
/// A database as backup and restore see it: rows as they are stored, beside the port that the platform uses. Positions follow commit order and rows
/// are never changed, so the log up to a position that was seen is the same whenever it is read: reading needs neither a lock nor a long transaction.
/// </summary>
public abstract class LogDatabase : IAsyncDisposable
{
    /// <summary>Rows asked for at once: a reader that waits for a disk holds no old page of the database.</summary>
    private const int PageCount = 1024;

    /// <summary>"sqlite" or "postgres".</summary>
    public abstract string Name { get; }

    protected abstract DbConnection Connection { get; }

    /// <summary>The one of a restore that is under way.</summary>
    protected DbTransaction? Transaction { get; private set; }

    /// <summary>The log's columns, in the order of <see cref="LogRow"/>.</summary>
    protected abstract string Columns { get; }

    /// <summary>Run first in a restore's transactions, so that nobody appends meanwhile; empty when nobody else can.</summary>
    protected abstract string Lock { get; }

    public abstract ValueTask DisposeAsync();

    internal abstract LogRow Row(DbDataReader reader);

    internal abstract Task Insert(IEnumerable<LogRow> rows, CancellationToken cancellation);

    /// <summary>What the database says of the log, its newest backup and the time.</summary>
    public async Task<LogLook> Look(CancellationToken cancellation)
    {
        var clock = await ReadClock(cancellation);
        var saved = (await Checkpoints(cancellation)).GetValueOrDefault(BackupMark.Name);
        await using var command = Command($"SELECT {Columns} FROM event WHERE position > @after ORDER BY position LIMIT 1");
        Add(command, "@after", saved);
        DateTimeOffset? unsaved;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            unsaved = await reader.ReadAsync(cancellation) ? Row(reader).Instant : null;
        }

        return new(await LastPosition(cancellation), saved, unsaved, clock);
    }

    /// <summary>The database's own clock, where it has one.</summary>
    protected virtual Task<DateTimeOffset?> ReadClock(CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);

    internal async Task<long> LastPosition(CancellationToken cancellation) => await Scalar("SELECT coalesce(max(position), 0) FROM event", cancellation);

    internal async Task<SortedDictionary<string, long>> Checkpoints(CancellationToken cancellation)
    {
        await using var command = Command($"SELECT name, position FROM checkpoint WHERE name <> '{UnfinishedRestore.Marker}'");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var checkpoints = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            checkpoints.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return checkpoints;
    }

    /// <summary>The log up to a position.</summary>
    internal async IAsyncEnumerable<LogRow> InLogOrder(long last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        int count;
        var position = 0L;
        do
        {
            count = 0;
            await using var command = Command($"SELECT {Columns} FROM event WHERE position > @after AND position <= @last ORDER BY position LIMIT {PageCount}");
            Add(command, "@after", position);
            Add(command, "@last", last);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var row = Row(reader);
                yield return row;
                (position, count) = (row.Position, count + 1);
            }
        }
        while (count == PageCount);
    }

    /// <summary>The log, one actor's history after the other's.</summary>
    internal async IAsyncEnumerable<LogRow> InActorOrder([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command($"SELECT {Columns} FROM event ORDER BY actor, version");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return Row(reader);
        }
    }

    /// <summary>Says, durably, that a restore is under way.</summary>
    /// <exception cref="StoreUnusableException">The store holds something already.</exception>
    internal async Task Mark(CancellationToken cancellation)
    {
        await Begin(cancellation);
        await Execute(UnfinishedRestore.Mark, cancellation);
        await Commit(cancellation);
    }

    /// <summary>Begins the transaction in which all of a restore is done; without <see cref="Commit"/>, nothing of it ever was.</summary>
    /// <exception cref="StoreUnusableException">The store holds something already.</exception>
    internal async Task Begin(CancellationToken cancellation)
    {
        Transaction = await Connection.BeginTransactionAsync(cancellation);
        if (Lock.Length > 0)
        {
            await Execute(Lock, cancellation);
        }

        var last = await LastPosition(cancellation);
        if (last > 0 || (await Checkpoints(cancellation)).Count > 0)
        {
            throw new StoreUnusableException(
                $"La base contient déjà un journal (position {last}) : une restauration ne s'écrit que dans une base vide. Donner un autre dossier ou une autre base ; rien n'a été modifié.");
        }
    }

    internal async Task WriteCheckpoint(string name, long position, CancellationToken cancellation)
    {
        await using var command = Command("INSERT INTO checkpoint (name, position) VALUES (@name, @position)");
        Add(command, "@name", name);
        Add(command, "@position", position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Says beside the log how far it is saved, for those who watch the server. One short write, also while a server has the log open.</summary>
    /// <exception cref="DbException">Whoever saves may only read.</exception>
    internal async Task NoteSaved(long position, CancellationToken cancellation)
    {
        await AllowWriting(cancellation);
        await using var command = Command(
            "INSERT INTO checkpoint (name, position) VALUES (@name, @position) "
            + "ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE excluded.position > checkpoint.position");
        Add(command, "@name", BackupMark.Name);
        Add(command, "@position", position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Of a database that was opened to read.</summary>
    protected virtual Task AllowWriting(CancellationToken cancellation) => Task.CompletedTask;

    internal async Task Commit(CancellationToken cancellation)
    {
        await Transaction!.CommitAsync(cancellation);
        await Transaction.DisposeAsync();
        Transaction = null;
    }

    internal async Task Execute(string text, CancellationToken cancellation)
    {
        await using var command = Command(text);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<long> Scalar(string text, CancellationToken cancellation)
    {
        await using var command = Command(text);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private DbCommand Command(string text)
    {
        var command = Connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0; // A whole log in actor order takes its time to come.
        command.Transaction = Transaction;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
