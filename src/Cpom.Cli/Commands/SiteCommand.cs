using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What the registers say of a site: what contrats say of it is theirs.</summary>
internal static class SiteCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "site", "Un site géographique tel que les registres le disent, sans ce qu'en disent les contrats.", "cpom site show 750000026")
    {
        Show(environment), RegisterListCommands.Sites(environment),
    };

    private static Verb Show(CliEnvironment environment)
    {
        var finess = new Argument<string>("FINESS") { Description = "Numéro FINESS du site." };
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb(
            "show",
            "Le site un jour donné : son identité, puis ses autorisations, RC et financements, chacun avec sa preuve.",
            "cpom site show 750000026 --valid-on 2026-12-31")
        {
            finess, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetSiteRequest { Name = Names.Site(parsed.GetRequiredValue(finess)), AsOf = asOf.Of(parsed) };
            var site = (await remote.Sites.GetSiteAsync(request, cancellationToken: cancellation)).Site;
            if (parsed.GetRequiredValue(format) == FormatOption.Table)
            {
                Output.WriteLines(environment.Terminal, RegisterTables.Identity(site));
            }

            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), RegisterTables.Lignes(site), site);
            return ExitCodes.Done;
        });
        return command;
    }
}
