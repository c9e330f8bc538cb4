using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The whole portfolio: contrats one by one, or totals by one dimension.</summary>
internal static class PortfolioCommand
{
    private static readonly Dictionary<string, SummaryGroup> Groups = new()
    {
        ["ght"] = SummaryGroup.Ght,
        ["departement"] = SummaryGroup.Departement,
        ["statut"] = SummaryGroup.Statut,
        ["regime"] = SummaryGroup.Regime,
        ["partie"] = SummaryGroup.Partie,
        ["nature"] = SummaryGroup.Nature,
        ["niveau"] = SummaryGroup.Niveau,
    };

    public static Command Build(CliEnvironment environment)
    {
        var by = new Option<string>("--by") { Description = "Totaux par groupe plutôt que contrat par contrat." };
        by.AcceptOnlyFromAmong([.. Groups.Keys]);
        var filter = new Option<string>("--filter")
        {
            Description = "Contrats retenus, par exemple : departement = 75 AND pending > 0 AND NOT statut = projet.",
            HelpName = "EXPR",
            DefaultValueFactory = _ => "",
        };
        var orderBy = new Option<string>("--order-by")
        {
            Description = "Ordre des contrats, par exemple : pending desc, numero.",
            HelpName = "CHAMPS",
            DefaultValueFactory = _ => "",
        };
        var columns = new Option<string>("--columns")
        {
            Description = "Colonnes du tableau : essentiel (par défaut), actes, vie, tout, ou leurs noms, séparés par des virgules. En CSV, par défaut toutes.",
            HelpName = "COLONNES",
        };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "portfolio",
            "Le portefeuille des contrats : ce qui est en vigueur, ce qui attend, ce qui est en conflit.",
            "cpom portfolio --by ght",
            "cpom portfolio --filter 'ght = IDF-01 AND pending_rc > 0' --order-by 'pending desc' --format csv",
            "cpom portfolio --columns vie",
            "cpom portfolio --by departement --columns key,contrats,en_procedure,hors_contrat")
        {
            by, filter, orderBy, columns, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var form = parsed.GetRequiredValue(format);
            var shown = parsed.GetValue(columns) is { Length: > 0 } asked
                ? asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : [form == FormatOption.Csv ? ColumnChoice<PortfolioRow>.All : PortfolioTables.Essential];
            if (parsed.GetValue(by) is { } group)
            {
                var totals = new SummarizeRequest { GroupBy = Groups[group], Filter = parsed.GetRequiredValue(filter), AsOf = asOf.Of(parsed) };
                var summary = await remote.Portfolio.SummarizeAsync(totals, cancellationToken: cancellation);
                Output.Write(environment.Terminal, form, PortfolioTables.Totals(summary, shown), summary);
                return ExitCodes.Done;
            }

            var query = new QueryRequest
            {
                Filter = parsed.GetRequiredValue(filter),
                OrderBy = parsed.GetRequiredValue(orderBy),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            var found = await Query(remote, query, cancellation);
            Output.Write(environment.Terminal, form, PortfolioTables.Rows(found.Rows, shown), found, Words.Plural(found.TotalSize, "contrat", "contrats"));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>All the pages of a query.</summary>
    public static Task<QueryResponse> Query(Remote remote, QueryRequest query, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            query.PageToken = token;
            return await remote.Portfolio.QueryAsync(query, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Rows.Add(page.Rows);
            all.LogPosition = page.LogPosition;
            all.NextPageToken = page.NextPageToken;
        });
}
