using Grpc.Health.V1;

namespace Cpom.Cli.Doctor;

/// <summary>What the server says of itself.</summary>
internal static class ServerChecks
{
    /// <summary>A server that is slower than this is as good as absent to a person at a terminal.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Check>> All(Remote remote, int silosWanted, TimeProvider time, CancellationToken cancellation)
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
                .. await Nodes(remote, silosWanted, deadline, cancellation),
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

    /// <summary>Who takes part, and how far the relay has come. A server of the release before does not say.</summary>
    private static async Task<IReadOnlyList<Check>> Nodes(Remote remote, int silosWanted, DateTime deadline, CancellationToken cancellation)
    {
        try
        {
            var list = await remote.Nodes.ListNodesAsync(new(), deadline: deadline, cancellationToken: cancellation);
            return [Members(list, silosWanted), Relay(list)];
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unimplemented)
        {
            return [];
        }
    }

    internal static Check Members(ListNodesResponse list, int silosWanted)
    {
        var silos = list.Nodes.Where(node => node.Role == NodeRole.Silo).ToList();
        var silent = silos.Where(silo => silo.State == NodeState.Silent).Select(silo => silo.Name).ToList();
        var active = silos.Count(silo => silo.State == NodeState.Active);
        return silos.Count == 0 && silosWanted == 0 ? new("processus", CheckState.Fine, "un nœud entier, sans grappe")
            : silent.Count > 0 ? new("processus", CheckState.Broken, $"ne répond pas : {string.Join(", ", silent)} ; voir « cpom cluster »")
            : active < silosWanted ? new("processus", CheckState.Broken, $"{Render.Words.Plural(active, "silo", "silos")} en service, {silosWanted} voulus (CPOM_SILOS_WANTED) ; voir « cpom cluster »")
            : new("processus", CheckState.Fine, $"{Render.Words.Plural(active, "silo", "silos")} en service");
    }

    internal static Check Relay(ListNodesResponse list)
    {
        var behind = list.Partitions.Where(partition => partition.Lag > 0).Select(partition => $"{partition.Number} ({Render.Words.Plural(partition.Lag, "fait", "faits")})").ToList();
        return behind.Count == 0
            ? new("relais", CheckState.Fine, "chaque acte est arrivé à ses contrats")
            : new("relais", CheckState.Note, $"partitions en retard : {string.Join(", ", behind)} ; pendant un import c'est attendu, sinon voir CpomRelayLag dans docs/operations.md");
    }

    // Serving means: the replica has caught up, the relay and the portfolio follow the log without failing.
    private static Check Health(HealthCheckResponse health) => health.Status == HealthCheckResponse.Types.ServingStatus.Serving
        ? new Check("santé", CheckState.Fine, "prêt : le portefeuille et le relais suivent le journal")
        : new Check("santé", CheckState.Broken, $"{health.Status} : le serveur rattrape le journal, ou son relais échoue ; voir /readyz et son journal technique");

    private static string Log(SummarizeResponse portfolio) =>
        $"le portefeuille reflète la position {portfolio.LogPosition.ToString(CultureInfo.InvariantCulture)} : {Render.Words.Plural(portfolio.Overall?.Contrats ?? 0, "contrat", "contrats")}, "
        + $"{Render.Words.Plural(portfolio.Overall?.Pending ?? 0, "élément en attente", "éléments en attente")}";
}
