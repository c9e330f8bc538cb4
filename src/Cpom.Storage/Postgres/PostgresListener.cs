using System.Globalization;
using Cpom.Runtime;
using Npgsql;

namespace Cpom.Storage;

/// <summary>
/// The store's one LISTEN connection: passes what other nodes announce on to the signal. Whatever ends it, it is opened again after a pause;
/// until then the store's polling interval stands in.
/// </summary>
/// <param name="source">Unpooled, so that closing is all there is to do: a session that went back to a pool would go on listening there. Becomes the listener's own, to dispose.</param>
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
        await source.DisposeAsync();
    }

    private async Task Run(NpgsqlConnection? connection)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var listening = connection ?? await Listen(_stop.Token);
                while (true)
                {
                    await listening.WaitAsync(_stop.Token);
                }
            }
#pragma warning disable CA1031 // A name that does not resolve, a password that cannot be had, the driver's own: nobody else would open it again, and nobody would know.
            catch (Exception)
#pragma warning restore CA1031
            {
                connection = null;
                await Task.Delay(pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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
}
