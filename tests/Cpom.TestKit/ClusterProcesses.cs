using System.Globalization;
using Npgsql;

namespace Cpom.TestKit;

/// <summary>Silos and a gateway as users run them, in processes of their own over one PostgreSQL. Every wait has its bound, past which what the processes have printed is told.</summary>
/// <param name="folder">Receives a data folder for each process.</param>
/// <param name="silos">How many there are when none is missing.</param>
/// <param name="variables">Environment variables of all processes, as they are when one starts; CPOM_POSTGRES is among them.</param>
public sealed class ClusterProcesses(string folder, int silos, IReadOnlyDictionary<string, string> variables) : IDisposable
{
    /// <summary>Orleans' own number for a silo that takes part.</summary>
    private const int Active = 3;

    /// <summary>Far more than the list of silos needs to follow what becomes of them.</summary>
    private static readonly TimeSpan ListedMax = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcess?[] _silos = new ServerProcess?[silos];
    private readonly (int Silo, int Client)[] _ports = [.. Enumerable.Range(0, silos).Select(_ => (ServerProcess.FreePort(), ServerProcess.FreePort()))];
    private ServerProcess? _gateway;

    public int Silos => silos;

    public ServerProcess Gateway => _gateway ?? throw new InvalidOperationException("No gateway runs.");

    /// <summary>All that run.</summary>
    public IEnumerable<ServerProcess> Processes => _silos.Append(_gateway).OfType<ServerProcess>();

    public ServerProcess Silo(int silo) => _silos[silo] ?? throw new InvalidOperationException($"No silo {silo} runs.");

    /// <summary>Returns when the gateway takes calls and all silos are in the list.</summary>
    public async Task Start(CancellationToken cancellation = default)
    {
        await StartMissing(cancellation);
        await Listed(cancellation);
    }

    /// <summary>Starts every process that does not run.</summary>
    /// <returns>How many silos had ended of themselves.</returns>
    /// <exception cref="InvalidOperationException">The gateway has ended of itself, which nothing asks of it.</exception>
    public async Task<int> StartMissing(CancellationToken cancellation = default)
    {
        var ended = 0;
        for (var silo = 0; silo < silos; silo++)
        {
            ended += _silos[silo] is { Ended.IsCompleted: true } ? 1 : 0;
            if (_silos[silo] is null or { Ended.IsCompleted: true })
            {
                await StartSilo(silo, cancellation);
            }
        }

        if (_gateway is { Ended.IsCompleted: true } gone)
        {
            throw new InvalidOperationException($"The gateway has ended of itself. It said:\n{gone.Printed}");
        }

        if (_gateway is null)
        {
            await StartGateway(cancellation);
        }

        return ended;
    }

    /// <summary>Ends the one that runs, if one does, at once.</summary>
    public async Task StartSilo(int silo, CancellationToken cancellation = default)
    {
        KillSilo(silo);
        _silos[silo] = await Start($"silo-{silo}", cancellation, new()
        {
            ["CPOM_HOST"] = "silo",
            ["CPOM_SILO_PORT"] = _ports[silo].Silo.ToString(CultureInfo.InvariantCulture),
            ["CPOM_SILO_CLIENT_PORT"] = _ports[silo].Client.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Ends the one that runs, if one does, at once.</summary>
    public async Task StartGateway(CancellationToken cancellation = default)
    {
        KillGateway();
        _gateway = await Start("gateway", cancellation, new() { ["CPOM_HOST"] = "gateway" });
    }

    public void KillSilo(int silo)
    {
        _silos[silo]?.Dispose();
        _silos[silo] = null;
    }

    public void KillGateway()
    {
        _gateway?.Dispose();
        _gateway = null;
    }

    /// <summary>SIGTERM; returns when it has ended in order.</summary>
    public async Task StopSilo(int silo, CancellationToken cancellation = default)
    {
        await Silo(silo).Stop(cancellation);
        KillSilo(silo);
    }

    /// <summary>As <see cref="StopSilo"/>.</summary>
    public async Task StopGateway(CancellationToken cancellation = default)
    {
        await Gateway.Stop(cancellation);
        KillGateway();
    }

    /// <summary>The gateway, and then one silo after the other.</summary>
    public async Task Stop(CancellationToken cancellation = default)
    {
        await StopGateway(cancellation);
        for (var silo = 0; silo < silos; silo++)
        {
            await StopSilo(silo, cancellation);
        }
    }

    /// <summary>Completes when all silos take part, as the list beside the log has it.</summary>
    public Task Listed(CancellationToken cancellation = default) => Until($"{silos} silos take part", active => active.Count == silos, cancellation);

    /// <summary>Completes when the others have taken a silo out of the list.</summary>
    public Task Gone(int silo, CancellationToken cancellation = default) => Until(
        $"silo {silo} is out of the list",
        active => !active.Any(address => address.Contains($":{_ports[silo].Silo}@", StringComparison.Ordinal)),
        cancellation);

    /// <summary>The newest lines of each.</summary>
    public string Printed() => string.Join("\n---\n", Processes.Select(process => process.Printed));

    /// <summary>Kills every process. They can be started again.</summary>
    public void Dispose()
    {
        KillGateway();
        for (var silo = 0; silo < silos; silo++)
        {
            KillSilo(silo);
        }
    }

    private Task<ServerProcess> Start(string name, CancellationToken cancellation, Dictionary<string, string> own) => ServerProcess.Start(
        Path.Combine(folder, name), variables: variables.Concat(own).ToDictionary(), cancellation: cancellation);

    private async Task Until(string what, Func<List<string>, bool> isSo, CancellationToken cancellation)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(ListedMax);
        try
        {
            using var looks = new PeriodicTimer(LookPause);
            while (!isSo(await ActiveSilos(within.Token)))
            {
                await looks.WaitForNextTickAsync(within.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{ListedMax} were not enough until {what}. The processes said:\n{Printed()}");
        }
    }

    private async Task<List<string>> ActiveSilos(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(variables["CPOM_POSTGRES"]);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"SELECT silo FROM cluster_silo WHERE status = {Active}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var active = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            active.Add(reader.GetString(0));
        }

        return active;
    }
}
