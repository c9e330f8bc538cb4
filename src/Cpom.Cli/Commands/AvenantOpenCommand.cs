using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantOpenCommand
{
    private static readonly Dictionary<string, AvenantMotif> Motifs = new()
    {
        ["socle-commun"] = AvenantMotif.SocleCommun,
        ["engagements"] = AvenantMotif.Engagements,
        ["revision-prs"] = AvenantMotif.RevisionPrs,
        ["offre-territoriale"] = AvenantMotif.OffreTerritoriale,
        ["perimetre"] = AvenantMotif.Perimetre,
        ["cooperation"] = AvenantMotif.Cooperation,
        ["situation-financiere"] = AvenantMotif.SituationFinanciere,
        ["manquement"] = AvenantMotif.Manquement,
    };

    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var effet = new DayOption("--effet", "Date d'effet de l'avenant, pendant le contrat.") { Required = true };
        var motif = new Option<string>("--motif") { Description = "Pourquoi cet avenant (R-056 à R-058).", DefaultValueFactory = _ => "socle-commun" };
        motif.AcceptOnlyFromAmong([.. Motifs.Keys]);
        var all = new Option<bool>("--all") { Description = "Tous les éléments en attente, conflits exceptés." };
        var items = new Option<string[]>("--item")
        {
            Description = "Un élément en attente, à répéter.",
            HelpName = "ID",
            DefaultValueFactory = _ => [],
        };
        var conflicts = new Option<bool>("--accept-conflicts") { Description = "Prendre aussi les éléments en conflit : ils ont été regardés." };
        var options = new CommandOptions();
        var command = new Verb(
            "open",
            "Ouvre un avenant sur des éléments en attente ; sans --all ni --item, il ne portera que des changements d'engagements.",
            "cpom avenant open 11-75-C00001 --effet 2027-01-01 --all")
        {
            numero, effet, motif, all, items, conflicts,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(items) is { Length: > 0 })
            {
                result.AddError("--all et --item s'excluent.");
            }
        });
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new OpenAvenantRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                RequestId = options.RequestId(parsed),
                DateEffet = parsed.GetRequiredValue(effet),
                Motif = Motifs[parsed.GetRequiredValue(motif)],
                AllPending = parsed.GetValue(all),
                AcceptConflicts = parsed.GetValue(conflicts),
                On = options.On(parsed),
                Etag = options.Etag(parsed),
            };
            request.Items.Add(parsed.GetRequiredValue(items));
            var opened = await remote.Avenants.OpenAvenantAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(opened.Recorded, $"Avenant {opened.Number} ouvert"));
            return ExitCodes.Done;
        });
        return command;
    }
}
