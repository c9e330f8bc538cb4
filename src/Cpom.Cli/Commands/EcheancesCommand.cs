using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What is due, of the whole region or of one contrat.</summary>
internal static class EcheancesCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var contrat = new Option<string>("--contrat") { Description = "Seulement ce contrat.", HelpName = "NUMERO" };
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var ght = new Option<string>("--ght") { Description = "Seulement les membres de ce GHT.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var kinds = new Option<string[]>("--kind") { Description = "Seulement ces natures ; répétable.", HelpName = "NATURE", AllowMultipleArgumentsPerToken = true };
        kinds.AcceptOnlyFromAmong([.. EcheanceWords.Kinds.Values]);
        var stades = new Option<string[]>("--stade") { Description = "Seulement ces stades ; répétable (par défaut tout ce qui n'est pas fait).", HelpName = "STADE", AllowMultipleArgumentsPerToken = true };
        stades.AcceptOnlyFromAmong([.. EcheanceWords.Stades.Values]);
        var until = new DayOption("--until", "Seulement ce qui est dû ce jour-là ou avant.");
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "echeances",
            "Ce qui est dû, contrat par contrat, du plus proche au plus lointain : fin, renouvellement, évaluations, avenants à venir.",
            "cpom echeances --departement 93 --stade depassee",
            "cpom echeances --kind evaluation --until 2026-12-31 --format csv")
        {
            contrat, departement, ght, kinds, stades, until, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListEcheancesRequest
            {
                Contrat = parsed.GetValue(contrat) is { } numero ? Names.Contrat(numero) : "",
                Departement = parsed.GetRequiredValue(departement),
                Ght = parsed.GetRequiredValue(ght),
                Until = parsed.GetValue(until) ?? "",
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            request.Kinds.Add((parsed.GetValue(kinds) ?? []).Select(word => EcheanceWords.Kinds.Single(k => k.Value == word).Key));
            request.Stades.Add((parsed.GetValue(stades) ?? []).Select(word => EcheanceWords.Stades.Single(s => s.Value == word).Key));
            var list = await List(remote, request, cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), EcheanceTables.Of(list.Echeances), list, Words.Plural(list.TotalSize, "échéance", "échéances"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<ListEcheancesResponse> List(Remote remote, ListEcheancesRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Echeances.ListEcheancesAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Echeances.Add(page.Echeances);
            all.NextPageToken = page.NextPageToken;
        });
}
