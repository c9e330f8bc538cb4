using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Entities, sites and groups of the registers, found by name, number or place.</summary>
internal static class RegisterListCommands
{
    public static Command Entites(CliEnvironment environment)
    {
        var (text, departement, ght, asOf, format) = (Text(), Departement(), Ght(), new AsOfOptions(), new FormatOption());
        var command = new Verb("list", "Les entités juridiques, par numéro FINESS.", "cpom entite list --departement 93", "cpom entite list --text clinique --format csv") { text, departement, ght, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListEntitesRequest
            {
                Text = parsed.GetRequiredValue(text), Departement = parsed.GetRequiredValue(departement), Ght = parsed.GetRequiredValue(ght), PageSize = Paging.PageSize, AsOf = asOf.Of(parsed),
            };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Entites.ListEntitesAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Entites.Add(page.Entites);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), RegisterListTables.Of(list.Entites), list, Words.Plural(list.TotalSize, "entité", "entités"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Sites(CliEnvironment environment)
    {
        var (text, departement, ght, asOf, format) = (Text(), Departement(), Ght(), new AsOfOptions(), new FormatOption());
        var entite = new Option<string>("--entite") { Description = "Seulement ceux de cette entité juridique.", HelpName = "FINESS", DefaultValueFactory = _ => "" };
        var command = new Verb("list", "Les sites géographiques, par numéro FINESS.", "cpom site list --entite 750000018", "cpom site list --ght IDF-01 --format csv") { text, departement, entite, ght, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListSitesRequest
            {
                Text = parsed.GetRequiredValue(text), Departement = parsed.GetRequiredValue(departement), Entite = parsed.GetRequiredValue(entite), Ght = parsed.GetRequiredValue(ght),
                PageSize = Paging.PageSize, AsOf = asOf.Of(parsed),
            };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Sites.ListSitesAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Sites.Add(page.Sites);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), RegisterListTables.Of(list.Sites), list, Words.Plural(list.TotalSize, "site", "sites"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Ghts(CliEnvironment environment)
    {
        var (text, departement, asOf, format) = (Text(), Departement(), new AsOfOptions(), new FormatOption());
        var command = new Verb("list", "Les groupements hospitaliers de territoire, par code.", "cpom ght list --departement 75") { text, departement, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListGhtsRequest { Text = parsed.GetRequiredValue(text), Departement = parsed.GetRequiredValue(departement), PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Ghts.ListGhtsAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) =>
                {
                    all.Ghts.Add(page.Ghts);
                    all.NextPageToken = page.NextPageToken;
                });
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), RegisterListTables.Of(list.Ghts), list, $"{Words.Count(list.TotalSize)} GHT");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Text() => new("--text") { Description = "Dans le nom ou le numéro, sans casse ni accents.", HelpName = "TEXTE", DefaultValueFactory = _ => "" };

    private static Option<string> Departement() => new("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };

    private static Option<string> Ght() => new("--ght") { Description = "Seulement les membres de ce GHT.", HelpName = "CODE", DefaultValueFactory = _ => "" };
}
