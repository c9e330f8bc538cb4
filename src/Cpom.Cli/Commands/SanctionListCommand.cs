using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SanctionListCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var ght = new Option<string>("--ght") { Description = "Seulement les membres de ce GHT.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var contrat = new Option<string>("--contrat") { Description = "Seulement ce contrat.", HelpName = "NUMERO" };
        var etapes = new Option<string[]>("--etape") { Description = "Seulement ces étapes ; répétable (par défaut tout ce qui n'est pas fini).", HelpName = "ETAPE", AllowMultipleArgumentsPerToken = true };
        etapes.AcceptOnlyFromAmong([.. SanctionWords.Etapes.Values]);
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("list", "Les procédures en cours, le constat le plus récent d'abord.", "cpom sanction list --departement 93", "cpom sanction list --etape recouvrement --format csv")
        {
            departement, ght, contrat, etapes, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListManquementsRequest
            {
                Departement = parsed.GetRequiredValue(departement),
                Ght = parsed.GetRequiredValue(ght),
                Contrat = parsed.GetValue(contrat) is { } numero ? Names.Contrat(numero) : "",
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            request.Etapes.AddRange((parsed.GetValue(etapes) ?? []).Select(e => SanctionWords.Etapes.Single(p => p.Value == e).Key));
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Sanctions.ListManquementsAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) => all.Manquements.Add(page.Manquements));
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), SanctionTables.Of(list.Manquements), list, Words.Plural(list.Manquements.Count, "procédure", "procédures"));
            return ExitCodes.Done;
        });
        return command;
    }
}
