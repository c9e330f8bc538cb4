using System.Data;
using Cpom.Runtime;
using Npgsql;

namespace Cpom.Storage;

/// <summary>
/// Partitions by advisory lock on a connection of the node's own, outside the pool. The locks end with the session: when the node dies PostgreSQL
/// gives them to whoever asks next; when the connection dies the node holds nothing. Each node also holds one shared lock, by which nodes
/// count one another. Needs a session of its own from end to end: no pooler that shares sessions between transactions.
/// </summary>
internal sealed class PostgresPartitions(string connection, TimeProvider time) : IPartitions
{
    /// <summary>Part of the checkpoints' names: another number begins from the oldest of all that was relayed.</summary>
    internal const int PartitionCount = 8;

    /// <summary>"CPOM". The keys 1 and 2 are the append lock and the migration lock.</summary>
    private const int LockClass = 1_129_336_653;

    private const int MemberKey = 3;
    private const int PartitionKey = 100;

    /// <summary>Four looks a second keep a take-over well within its two seconds.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private static readonly string Look =
        $"""
        SELECT l.objid::bigint, l.pid, l.pid = pg_backend_pid() FROM pg_locks l
        JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
        WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted AND l.classid = {LockClass}
          AND (l.objid = {MemberKey} OR l.objid BETWEEN {PartitionKey} AND {PartitionKey + PartitionCount - 1})
        """;

    private readonly string _settings = Settings(connection);
    private IReadOnlySet<int> _held = new HashSet<int>();
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _session;
    private long _balancedAt;

    public int Count => PartitionCount;

    public TimeSpan BalanceEvery => Every;

    public async Task<IReadOnlySet<int>> Balance(CancellationToken cancellation)
    {
        if (_session is not null && time.GetElapsedTime(_balancedAt) < Every)
        {
            return _held;
        }

        try
        {
            _session ??= await Join(cancellation);
            _held = await Balance(_session, cancellation);
            _balancedAt = time.GetTimestamp();
            return _held;
        }
        catch
        {
            await Leave();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_session is { State: ConnectionState.Open })
            {
                // PostgreSQL sees the end of a session a little later; the next holder need not wait for that.
                await Execute(_session, "SELECT pg_advisory_unlock_all()", CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // It is dead, and its locks with it.
        }

        await Leave();
        (var source, _source) = (_source, null); // Who left may come back.
        if (source is not null)
        {
            await source.DisposeAsync();
        }
    }

    private async Task Leave()
    {
        (var session, _session, _held) = (_session, null, new HashSet<int>());
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> Join(CancellationToken cancellation)
    {
        _source ??= PostgresSource.Of(_settings);
        var session = _source.CreateConnection();
        try
        {
            await session.OpenAsync(cancellation);
            await Execute(session, $"SELECT pg_advisory_lock_shared({LockClass}, {MemberKey})", cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task<HashSet<int>> Balance(NpgsqlConnection session, CancellationToken cancellation)
    {
        var (members, own, held, others) = await Read(session, cancellation);
        var share = PartitionRules.Share(PartitionCount, members.Count, members.Count(pid => pid < own));
        foreach (var partition in held.Order().Skip(share).ToList())
        {
            await Execute(session, $"SELECT pg_advisory_unlock({LockClass}, {PartitionKey + partition})", cancellation);
            held.Remove(partition);
        }

        foreach (var partition in Enumerable.Range(0, PartitionCount).Where(p => !held.Contains(p) && !others.Contains(p)))
        {
            if (held.Count < share && await Execute(session, $"SELECT pg_try_advisory_lock({LockClass}, {PartitionKey + partition})", cancellation) is true)
            {
                held.Add(partition);
            }
        }

        return held;
    }

    /// <summary>Who is there, and who holds what, as PostgreSQL itself knows it.</summary>
    private static async Task<(IReadOnlyList<int> Members, int Own, HashSet<int> Held, HashSet<int> Others)> Read(
        NpgsqlConnection session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Look, session);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var members = new List<int>();
        var (own, held, others) = (session.ProcessID, new HashSet<int>(), new HashSet<int>());
        while (await reader.ReadAsync(cancellation))
        {
            var (key, pid, isOwn) = ((int)reader.GetInt64(0), reader.GetInt32(1), reader.GetBoolean(2));
            if (key == MemberKey)
            {
                members.Add(pid);
                own = isOwn ? pid : own;
            }
            else
            {
                (isOwn ? held : others).Add(key - PartitionKey);
            }
        }

        return (members, own, held, others);
    }

    private static async Task<object?> Execute(NpgsqlConnection session, string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, session);
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>
    /// A killed process closes its connection at once. A host that vanishes says nothing: the first three settings tell PostgreSQL, the others this
    /// node, to give the connection up after about ten seconds without an answer.
    /// </summary>
    private static string Settings(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            Pooling = false,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5,
            TcpKeepAliveInterval = 2,
            CommandTimeout = 10,
        };
        settings.Options = $"-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000 {settings.Options}".TrimEnd();
        return settings.ConnectionString;
    }
}
