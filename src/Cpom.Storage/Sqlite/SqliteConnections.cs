using Microsoft.Data.Sqlite;

namespace Cpom.Storage;

/// <summary>One connection and the statements prepared on it, each once. Not for two threads at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteAppend? _append;

    public SqliteSession(string path, bool writes)
    {
        // Pooling is off because the statements live as long as the connection, which the store keeps itself.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        _connection = new SqliteConnection(settings.ConnectionString);
        _connection.Open();
        // FULL makes each commit wait for the disk: what was acknowledged survives a power cut, not only the death of the process.
        Execute("PRAGMA busy_timeout = 10000");
        Execute(writes ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL" : "PRAGMA query_only = ON");
    }

    public SqliteConnection Connection => _connection;

    /// <summary>For the writer alone.</summary>
    public SqliteAppend Append => _append ??= new(_connection);

    /// <summary>The statement for this text, with parameters $1, $2… set in order.</summary>
    public SqliteCommand Prepare(string text, params ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = text;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            _prepared.Add(text, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }

    public void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _append?.Dispose();
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }
}

/// <summary>
/// Lends sessions one user at a time, at most <paramref name="countMax"/> at once; the next user waits. Readers never wait for the writer (WAL).
/// Work runs on the thread pool because SQLite blocks its thread.
/// </summary>
internal sealed class SqliteSessions(Func<SqliteSession> open, int countMax, params SqliteSession[] opened) : IDisposable
{
    private readonly SemaphoreSlim _free = new(countMax);
    private readonly Stack<SqliteSession> _idle = new(opened);
    private bool _disposed;

    /// <param name="cancellation">Gives up waiting for a session. Work that has begun runs to its end.</param>
    public async Task<T> Use<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, nameof(SqliteEventStore));
        await _free.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Run(work), CancellationToken.None);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for those at work, then closes every session.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 0; i < countMax; i++)
        {
            _free.Wait();
        }

        foreach (var session in _idle)
        {
            session.Dispose();
        }

        _idle.Clear();
        _free.Release(countMax); // Whoever still waits finds the store disposed.
    }

    private T Run<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, nameof(SqliteEventStore));
        SqliteSession? session;
        lock (_idle)
        {
            _idle.TryPop(out session);
        }

        session ??= open();
        try
        {
            return work(session);
        }
        finally
        {
            lock (_idle)
            {
                _idle.Push(session);
            }
        }
    }
}
