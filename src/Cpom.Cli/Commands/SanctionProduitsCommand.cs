using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SanctionProduitsCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var finess = SanctionStep.FinessArgument();
        var closed = new DayOption("--closed-on", "Dernier jour de l'exercice.") { Required = true };
        var montant = new Option<string>("--montant") { Description = "Produits versés par l'assurance maladie, en euros.", HelpName = "EUROS", Required = true };
        var source = new Option<string>("--source") { Description = "D'où vient le montant.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "produits",
            "Enregistre les produits d'un exercice clos : le plafond des pénalités est de 5 % (R-112).",
            "cpom sanction produits 750000001 --closed-on 2026-12-31 --montant 2000000.00 --source 'Compte financier 2026'")
        {
            finess, closed, montant, source,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordProduitsRequest
            {
                Entite = Names.Entite(parsed.GetRequiredValue(finess)),
                ClosedOn = parsed.GetRequiredValue(closed),
                Montant = parsed.GetRequiredValue(montant),
                Source = parsed.GetRequiredValue(source),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var recorded = await remote.Sanctions.RecordProduitsAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Produits enregistrés"));
            return ExitCodes.Done;
        });
        return command;
    }
}
