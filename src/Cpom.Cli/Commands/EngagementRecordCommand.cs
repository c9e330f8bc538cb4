using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class EngagementRecordCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var engagement = new Argument<int>("ENGAGEMENT") { Description = "Numéro de l'engagement." };
        var annee = new Argument<int>("ANNEE") { Description = "L'année de la valeur, de N à N+5." };
        var valeur = new Argument<string>("VALEUR") { Description = "Un nombre, ou oui/non, comme l'indicateur." };
        var indicateur = new Option<int>("--indicateur") { Description = "Rang de l'indicateur dans l'engagement.", HelpName = "RANG", DefaultValueFactory = _ => 1 };
        var source = new Option<string>("--source") { Description = "D'où vient la valeur.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "record",
            "Renseigne la valeur d'un indicateur pour une année ; une autre valeur la corrige, l'historique garde les deux (R-043).",
            "cpom engagement record 11-75-C00001 2 2027 15,5 --source PMSI")
        {
            numero, engagement, annee, valeur, indicateur, source,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordValeurRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Engagement = parsed.GetRequiredValue(engagement),
                Indicateur = parsed.GetRequiredValue(indicateur),
                Annee = parsed.GetRequiredValue(annee),
                Valeur = parsed.GetRequiredValue(valeur),
                Source = parsed.GetRequiredValue(source),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var recorded = await remote.Engagements.RecordValeurAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, $"Valeur enregistrée : engagement {request.Engagement} {EngagementWords.Statut(recorded.Statut).Text} en {request.Annee}"));
            return ExitCodes.Done;
        });
        return command;
    }
}
