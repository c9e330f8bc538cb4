using Grpc.Health.V1;

namespace Cpom.Cli.Doctor;

/// <summary>What the server says of itself.</summary>
internal static class ServerChecks
{
    /// <summary>A server that is slower than this is as good as absent to a person at a terminal.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Check>> All(Remote remote, TimeProvider time, CancellationToken cancellation)
    {
        var deadline = time.GetUtcNow().UtcDateTime + Patience;
        try
        {
            var health = await remote.Health.CheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: cancellation);
            var portfolio = await remote.Portfolio.SummarizeAsync(new SummarizeRequest { GroupBy = SummaryGroup.Statut }, deadline: deadline, cancellationToken: cancellation);
            return
            [
                new Check("serveur", CheckState.Fine, $"{remote.Address} répond"),
                Health(health),
                new Check("journal", CheckState.Fine, Log(portfolio)),
            ];
        }
        catch (RpcException failure) when (Failures.CodeOf(failure) == ExitCodes.Unreachable)
        {
            return [new Check("serveur", CheckState.Unreachable, $"{remote.Address} ne répond pas ; le démarrer par « cpom serve », ou donner --server")];
        }
        catch (RpcException failure) when (Failures.CodeOf(failure) == ExitCodes.Refused)
        {
            return [new Check("serveur", CheckState.Broken, $"{remote.Address} : {Failures.Describe(failure)}")];
        }
    }

    // Serving means: the replica has caught up, the relay and the portfolio follow the log without failing.
    private static Check Health(HealthCheckResponse health) => health.Status == HealthCheckResponse.Types.ServingStatus.Serving
        ? new Check("santé", CheckState.Fine, "prêt : le portefeuille et le relais suivent le journal")
        : new Check("santé", CheckState.Broken, $"{health.Status} : le serveur rattrape le journal, ou son relais échoue ; voir /readyz et son journal technique");

    private static string Log(SummarizeResponse portfolio) =>
        $"le portefeuille reflète la position {portfolio.LogPosition.ToString(CultureInfo.InvariantCulture)} : {Render.Words.Plural(portfolio.Overall?.Contrats ?? 0, "contrat", "contrats")}, "
        + $"{Render.Words.Plural(portfolio.Overall?.Pending ?? 0, "élément en attente", "éléments en attente")}";
}
