using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Entities that must have a contrat and have none in force, and those given FIR money by no contract (L-09).</summary>
internal static class AlertsCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var ght = new Option<string>("--ght") { Description = "Seulement les membres de ce GHT.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "alerts", "Les entités qui doivent avoir un contrat et n'en ont pas en vigueur, ou reçoivent du FIR sans contrat.", "cpom alerts --departement 93")
        {
            departement, ght, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListAlertsRequest
            {
                Departement = parsed.GetRequiredValue(departement),
                Ght = parsed.GetRequiredValue(ght),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            var alerts = await List(remote, request, cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), IntakeTables.Alerts(alerts.Alerts), alerts, Words.Plural(alerts.TotalSize, "alerte", "alertes"));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>All the pages of alerts.</summary>
    public static Task<ListAlertsResponse> List(Remote remote, ListAlertsRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Portfolio.ListAlertsAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Alerts.Add(page.Alerts);
            all.NextPageToken = page.NextPageToken;
        });
}
