using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratOpenCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var entite = new Option<string>("--entite") { Description = "Numéro FINESS de l'entité juridique qui signe (R-003).", HelpName = "FINESS", Required = true };
        var sites = new Option<string[]>("--site")
        {
            Description = "Site du périmètre, à répéter ; sans cette option, tous les sites de l'entité, même à venir.",
            HelpName = "FINESS",
            DefaultValueFactory = _ => [],
        };
        var effet = new DayOption("--effet", "Date d'effet.") { Required = true };
        var fin = new DayOption("--fin", "Dernier jour ; par défaut cinq ans moins un jour après la date d'effet (R-013).");
        var socle = new Option<string>("--socle") { Description = "Version du texte du socle contractuel.", HelpName = "VERSION", DefaultValueFactory = _ => "1" };
        var motif = new Option<string>("--motif-duree") { Description = "Pourquoi le contrat dure moins que d'usage (R-014).", HelpName = "TEXTE" };
        var negociation = new Option<string>("--negociation") { Description = "Négociation dont il vient : ses engagements sont ceux qui y sont acceptés (R-075).", HelpName = "NUMERO" };
        var pont = new Option<bool>("--socle-commun") { Description = "Contrat « socle commun », en attendant que ses engagements soient négociés (R-086)." };
        var ght = new Option<string>("--ght") { Description = "Contrat unique de ce GHT : l'entité est son établissement support, ou la personne morale qu'il est (L-05, L-06).", HelpName = "CODE" };
        var options = new CommandOptions();
        var command = new Verb(
            "open", "Ouvre le projet d'un contrat.", "cpom contrat open 11-75-C00001 --entite 750000018 --effet 2027-01-01")
        {
            numero, entite, sites, effet, fin, socle, motif, negociation, pont, ght,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var first = parsed.GetRequiredValue(effet);
            var request = new OpenContratRequest
            {
                Fiche = new Fiche
                {
                    Numero = parsed.GetRequiredValue(numero),
                    Entite = parsed.GetRequiredValue(entite),
                    WholeEntite = parsed.GetRequiredValue(sites).Length == 0,
                    DateEffet = first,
                    DateFin = parsed.GetValue(fin) ?? LastDay(first),
                    SocleVersion = parsed.GetRequiredValue(socle),
                    MotifDuree = parsed.GetValue(motif) ?? "",
                    Negociation = parsed.GetValue(negociation) ?? "",
                    Ght = parsed.GetValue(ght) ?? "",
                    Nature = parsed.GetValue(pont) ? ContratNature.SocleCommun : ContratNature.Unspecified,
                },
                OpenedOn = options.On(parsed),
                RequestId = options.RequestId(parsed),
            };
            request.Sites.Add(parsed.GetRequiredValue(sites));
            var opened = await remote.Contrats.OpenContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(opened.Recorded, $"Projet {opened.Name} ouvert"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string LastDay(string dateEffet)
    {
        var first = DateOnly.ParseExact(dateEffet, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Domain.Regimes.LastDay(Domain.Regimes.Of(first), first).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
