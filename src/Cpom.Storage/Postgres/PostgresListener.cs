using System.Globalization;
using Cpom.Runtime;
using Npgsql;

namespace Cpom.Storage;

/// <summary>
/// The store's one LISTEN connection: passes what other nodes announce on to the signal. When the connection dies it is opened again,
/// after a pause; until then the store's polling interval stands in.
/// </summary>
internal sealed class PostgresListener(NpgsqlDataSource source, AppendSignal signal, TimeSpan pause, TimeProvider time) : IAsyncDisposable
{
    // Never disposed: it owns no timer, and a store may be disposed twice.
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Returns when listening: from then on no announcement is missed while the connection lives.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        var connection = await Listen(cancellation);
        _loop = Task.Run(() => Run(connection), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    private async Task Run(NpgsqlConnection? connection)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                connection ??= await Listen(_stop.Token);
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                }
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or OperationCanceledException)
            {
                await Close(connection);
                connection = null;
                await Task.Delay(pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Close(connection);
    }

    private async Task<NpgsqlConnection> Listen(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            connection.Notification += (_, said) => signal.Announce(long.Parse(said.Payload, CultureInfo.InvariantCulture));
            await using var listen = new NpgsqlCommand("LISTEN cpom_event", connection);
            await listen.ExecuteNonQueryAsync(cancellation);

            // What was appended before LISTEN took effect is announced to nobody: look once.
            await using var last = new NpgsqlCommand("SELECT coalesce(max(position), 0) FROM event", connection);
            signal.Announce((long)(await last.ExecuteScalarAsync(cancellation))!);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task Close(NpgsqlConnection? connection)
    {
        if (connection is null)
        {
            return;
        }

        try
        {
            // The session goes back to the pool, and must not go on listening there.
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
                await unlisten.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // It died meanwhile; there is nothing left to unsubscribe.
        }

        await connection.DisposeAsync();
    }
}
