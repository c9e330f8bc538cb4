using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What the registers say of an entity.</summary>
internal static class EntiteCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "entite", "Une entité juridique telle que les registres la disent : son identité, ses sites, son argent, ses contrats.", "cpom entite show 750000018")
    {
        Show(environment), RegisterListCommands.Entites(environment), Niveau(environment),
    };

    private static Command Niveau(CliEnvironment environment)
    {
        var finess = new Argument<string>("FINESS") { Description = "Numéro FINESS de l'entité juridique." };
        var niveau = new NiveauOptions();
        var options = new CommandOptions();
        var command = new Verb(
            "niveau",
            "Dit à quel niveau l'agence négocie avec l'entité (R-118) ; ses contrats suivent.",
            "cpom entite niveau 750712184 regional --motif 'Négociée par le siège (guide, note 6).'") { finess };
        niveau.AddTo(command);
        return command.Recording(environment, options, "Niveau enregistré", async (parsed, remote, cancellation) => (await remote.Entites.SetNiveauEntiteAsync(
            new()
            {
                Entite = Names.Entite(parsed.GetRequiredValue(finess)),
                Niveau = niveau.Niveau(parsed),
                Motif = niveau.Motif(parsed),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    private static Verb Show(CliEnvironment environment)
    {
        var finess = new Argument<string>("FINESS") { Description = "Numéro FINESS de l'entité juridique." };
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb(
            "show",
            "L'entité un jour donné : identité, GHT, obligation, contrats, sites, montants par enveloppe et campagne ; en csv, ses contrats.",
            "cpom entite show 750000018 --valid-on 2026-12-31")
        {
            finess, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetEntiteRequest { Name = Names.Entite(parsed.GetRequiredValue(finess)), AsOf = asOf.Of(parsed) };
            var entite = (await remote.Entites.GetEntiteAsync(request, cancellationToken: cancellation)).Entite;
            Write(environment.Terminal, parsed.GetRequiredValue(format), entite);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string format, Entite entite)
    {
        if (format != FormatOption.Table)
        {
            Output.Write(terminal, format, RegisterTables.Contrats(entite.Contrats), entite);
            return;
        }

        Output.WriteLines(terminal, RegisterTables.Identity(entite));
        var grids = new[] { RegisterTables.Contrats(entite.Contrats), RegisterTables.Sites(entite), RegisterTables.Ledger(entite) };
        foreach (var grid in grids.Where(grid => grid.Rows.Count > 0))
        {
            Output.Write(terminal, grid);
        }
    }
}
