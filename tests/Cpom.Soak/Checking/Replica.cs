using Cpom.Runtime;
using Cpom.Server;
using Cpom.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.Soak;

/// <summary>What a server answers to every question about its contrats: two servers over one log must answer alike.</summary>
internal static class Replica
{
    private const int PageMax = 1000;

    /// <summary>Question → answer, as JSON.</summary>
    public static async Task<SortedDictionary<string, string>> Ask(Connection connection, CancellationToken cancellation)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Add(string question, IMessage answer) => answers.Add(question, JsonFormatter.Default.Format(answer));
        var rows = await Rows(connection, cancellation);
        foreach (var row in rows)
        {
            Add($"Query {row.Name}", row);
            Add($"GetContrat {row.Name}", (await connection.Contrats.GetContratAsync(new() { Name = row.Name }, cancellationToken: cancellation)).Contrat);
            var pending = await connection.Contrats.ListPendingItemsAsync(new() { Contrat = row.Name, PageSize = PageMax }, cancellationToken: cancellation);
            Add($"ListPendingItems {row.Name}", pending);
            Add($"ListAvenants {row.Name}", await connection.Avenants.ListAvenantsAsync(new() { Contrat = row.Name, PageSize = PageMax }, cancellationToken: cancellation));
        }

        foreach (var group in new[] { SummaryGroup.Ght, SummaryGroup.Departement, SummaryGroup.Statut, SummaryGroup.Regime, SummaryGroup.Partie })
        {
            Add($"Summarize {group}", await connection.Portfolio.SummarizeAsync(new() { GroupBy = group }, cancellationToken: cancellation));
        }

        Add("ListAlerts", await connection.Portfolio.ListAlertsAsync(new() { PageSize = PageMax }, cancellationToken: cancellation));
        Add("ListQuarantine", await connection.Intake.ListQuarantineAsync(new() { PageSize = PageMax }, cancellationToken: cancellation));
        return answers;
    }

    /// <summary>Every contrat's row.</summary>
    public static async Task<IReadOnlyList<PortfolioRow>> Rows(Connection connection, CancellationToken cancellation)
    {
        var rows = new List<PortfolioRow>();
        var token = "";
        do
        {
            var page = await connection.Portfolio.QueryAsync(new() { PageSize = PageMax, PageToken = token }, cancellationToken: cancellation);
            rows.AddRange(page.Rows);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return rows;
    }

    /// <summary>A server of this process reads the log from its first event, and relays every fact of it once more.</summary>
    /// <returns>What its facts were owed and had not got; then what the served answers have that the recomputed ones have not.</returns>
    public static async Task<IReadOnlyList<string>> Recompute(
        IReadOnlyList<StoredEvent> log, IReadOnlyDictionary<string, string> served, string folder, CancellationToken cancellation)
    {
        var replayed = new ReplayedLog(log);
        var options = new ServerOptions { DataFolder = folder, HttpPort = 0, GrpcPort = 0, LogLevel = LogLevel.Error };
        await using var app = await CpomServer.Build(options, new(Store: replayed), cancellation);
        await app.StartAsync(cancellation);
        var node = app.Services.GetRequiredService<CpomNode>();
        await node.Settle(await replayed.LastPosition(cancellation), cancellation).WaitAsync(SoakLimits.StepMax, cancellation);
        await node.Portfolio.WaitFor(await replayed.LastPosition(cancellation), cancellation);
        using var connection = new Connection(CpomServer.AddressesOf(app).Grpc);
        var recomputed = await Ask(connection, cancellation);
        await app.StopAsync(cancellation);
        return [.. Owed(replayed), .. Differences(served, recomputed)];
    }

    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> served, IReadOnlyDictionary<string, string> recomputed) =>
        from question in served.Keys.Union(recomputed.Keys)
        let left = served.GetValueOrDefault(question) ?? "nothing"
        let right = recomputed.GetValueOrDefault(question) ?? "nothing"
        where left != right
        select $"{question} was answered otherwise than the log says:\nserved     {left}\nrecomputed {right}";

    private static IEnumerable<string> Owed(ReplayedLog replayed) =>
        replayed.Owed.Select(stored => $"Owed: {stored.Name} to {stored.Actor}, because of {stored.Provenance.Cause}.");
}
