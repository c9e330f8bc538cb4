using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>How far engagements are, of the whole region or of one contrat.</summary>
internal static class EngagementListCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var contrat = new Option<string>("--contrat") { Description = "Seulement ce contrat.", HelpName = "NUMERO" };
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var ght = new Option<string>("--ght") { Description = "Seulement les membres de ce GHT.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var atRisk = new Option<bool>("--at-risk") { Description = "Seulement ceux qui sont à risque : en retard, manqués, ou sans valeur après son échéance." };
        var statuts = new Option<string[]>("--statut") { Description = "Seulement ces statuts ; répétable.", HelpName = "STATUT", AllowMultipleArgumentsPerToken = true };
        statuts.AcceptOnlyFromAmong([.. EngagementWords.Statuts.Values]);
        var annee = new Option<int>("--annee") { Description = "L'année dont --statut parle (par défaut la dernière renseignée).", HelpName = "ANNEE" };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "list",
            "Les engagements avec leurs valeurs et leur statut, contrat par contrat.",
            "cpom engagement list --departement 93 --at-risk",
            "cpom engagement list --statut manque --annee 2027 --format csv")
        {
            contrat, departement, ght, atRisk, statuts, annee, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListEngagementsRequest
            {
                Contrat = parsed.GetValue(contrat) is { } numero ? Names.Contrat(numero) : "",
                Departement = parsed.GetRequiredValue(departement),
                Ght = parsed.GetRequiredValue(ght),
                OnlyAtRisk = parsed.GetValue(atRisk),
                Annee = parsed.GetValue(annee),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            request.Statuts.Add((parsed.GetValue(statuts) ?? []).Select(word => EngagementWords.Statuts.Single(s => s.Value == word).Key));
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Engagements.ListEngagementsAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Engagements.Add(page.Engagements);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), EngagementTables.Of(list.Engagements), list, Words.Plural(list.TotalSize, "engagement", "engagements"));
            return ExitCodes.Done;
        });
        return command;
    }
}
