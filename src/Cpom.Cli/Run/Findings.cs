using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>What the acts changed: the portfolio, what became pending and why, what went away, who lacks a contrat, how long it took.</summary>
internal sealed class Findings(Stage stage)
{
    private const int ContratsShownMax = 5;
    private const int ItemsShownMax = 6;
    private const int AlertsShownMax = 10;

    /// <param name="before">The log position that the acts came after.</param>
    public async Task Show(long before, CancellationToken cancellation)
    {
        stage.Title("Portefeuille par GHT");
        var summary = await stage.Remote.Portfolio.SummarizeAsync(new SummarizeRequest { GroupBy = SummaryGroup.Ght }, cancellationToken: cancellation);
        Output.Write(stage.Terminal, PortfolioTables.Totals(summary, PortfolioTables.Acts));
        await new Situations(stage).Show(cancellation);
        await ShowPending(before, cancellation);
        await ShowAlerts(cancellation);
        stage.Title("Durées mesurées");
        Output.WriteLines(stage.Terminal, stage.Timings.Select(timing => $"{Words.Seconds(timing.Elapsed).Text,10}  {timing.What}"));
    }

    private async Task ShowPending(long before, CancellationToken cancellation)
    {
        stage.Title("Ce qui est entré en attente, où et pourquoi");
        var rows = (await PortfolioCommand.Query(stage.Remote, new QueryRequest { PageSize = Paging.PageSize }, cancellation)).Rows;
        var changes = new List<ContratChanges>();
        foreach (var row in rows)
        {
            changes.Add(await ChangesOf(row, before, cancellation));
        }

        var touched = changes.Where(change => change.Items.Count > 0).OrderByDescending(change => change.Items.Count).ThenBy(change => change.Row.Numero, StringComparer.Ordinal).ToList();
        stage.Terminal.Out.WriteLine(FindingsText.Overview(changes));
        foreach (var change in touched.Take(ContratsShownMax))
        {
            Output.WriteLines(stage.Terminal, FindingsText.Of(change, ItemsShownMax));
        }

        if (touched.Count > ContratsShownMax)
        {
            stage.Terminal.Out.WriteLine($"… et {Words.Plural(touched.Count - ContratsShownMax, "autre contrat", "autres contrats")} : « cpom portfolio --filter 'pending > 0' », puis « cpom contrat pending NUMERO ».");
        }

        Output.WriteLines(stage.Terminal, FindingsText.Gone(changes));
    }

    private async Task<ContratChanges> ChangesOf(PortfolioRow row, long before, CancellationToken cancellation)
    {
        var pending = row.Figures is { Pending: > 0 }
            ? (await ContratPendingCommand.List(stage.Remote, new ListPendingItemsRequest { Contrat = row.Name, PageSize = Paging.PageSize }, cancellation)).Items
            : [];
        var request = new ListHistoryRequest { Contrat = row.Name, PageSize = Paging.PageSize };
        var history = await ContratHistoryCommand.List(stage.Remote, request, cancellation);
        return new ContratChanges(
            row,
            [.. pending.Where(item => item.LogPosition > before)],
            [.. history.Events.Where(e => e.LogPosition > before && e.Event.StartsWith("item-cancelled.", StringComparison.Ordinal))]);
    }

    private async Task ShowAlerts(CancellationToken cancellation)
    {
        stage.Title("Entités sans le contrat qu'il leur faut, ou dont du FIR n'a pas de contrat");
        var alerts = await AlertsCommand.List(stage.Remote, new ListAlertsRequest { PageSize = Paging.PageSize }, cancellation);
        if (alerts.Alerts.Count == 0)
        {
            stage.Terminal.Out.WriteLine("Aucune.");
            return;
        }

        Output.Write(stage.Terminal, IntakeTables.Alerts(alerts.Alerts.Take(AlertsShownMax)));
        if (alerts.Alerts.Count > AlertsShownMax)
        {
            stage.Terminal.Out.WriteLine($"… et {Words.Count(alerts.Alerts.Count - AlertsShownMax)} autres : « cpom alerts ».");
        }
    }
}
