using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>A member leaves the contrat of its GHT (L-05).</summary>
internal static class ContratUniqueRetraitCommands
{
    public static Command Leave(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var entite = ContratUniqueCommand.EntiteOption("Le membre qui sort.");
        var reference = new Option<string>("--reference") { Description = "Référence du préavis.", HelpName = "REFERENCE", DefaultValueFactory = _ => "" };
        var options = new CommandOptions();
        var command = new Verb(
            "leave",
            "Donne préavis du retrait d'un membre : après trois ans au plus tôt, six mois après le préavis.",
            "cpom contrat-unique leave 11-75-C00001 --entite 750000026")
        {
            numero, entite, reference,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new NotifyRetraitRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Entite = Names.Entite(parsed.GetRequiredValue(entite)),
                Reference = parsed.GetRequiredValue(reference),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var notified = await remote.ContratsUniques.NotifyRetraitAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(notified.Recorded, "Préavis enregistré"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Terms(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var entite = ContratUniqueCommand.EntiteOption("Le membre qui sort.");
        var modalites = new Option<string>("--modalites") { Description = "Ce que fixe le directeur général.", HelpName = "TEXTE", Required = true };
        var piece = new DocumentOption("--piece", "La décision.");
        var options = new CommandOptions();
        var command = new Verb(
            "terms",
            "Fixe les modalités du retrait d'un membre, dans les six mois du préavis.",
            "cpom contrat-unique terms 11-75-C00001 --entite 750000026 --modalites 'Reprise des activités par le membre'")
        {
            numero, entite, modalites, piece,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new FixRetraitRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Entite = Names.Entite(parsed.GetRequiredValue(entite)),
                Modalites = parsed.GetRequiredValue(modalites),
                Piece = await piece.Read(parsed, cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var recorded = await remote.ContratsUniques.FixRetraitAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Modalités enregistrées"));
            return ExitCodes.Done;
        });
        return command;
    }
}
