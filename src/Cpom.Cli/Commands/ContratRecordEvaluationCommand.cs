using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratRecordEvaluationCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new Argument<int>("EVALUATION") { Description = "Rang de l'évaluation, tel que « cpom echeances » le nomme." };
        var file = new Option<FileInfo>("--file") { Description = "Ce qu'elle dit, en JSON, comme le message Bilan de engagements.proto.", HelpName = "FICHIER" };
        var options = new CommandOptions();
        var command = new Verb(
            "record-evaluation", "Enregistre qu'une évaluation du contrat a eu lieu (R-109, L-02).", "cpom contrat record-evaluation 11-75-C00001 1 --on 2028-06-20")
        {
            numero, rank, file,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordEvaluationRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Number = parsed.GetRequiredValue(rank),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
                Bilan = parsed.GetValue(file) is { } bilan ? await JsonFiles.Read<Bilan>(bilan, cancellation) : null,
            };
            var recorded = await remote.Echeances.RecordEvaluationAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Évaluation enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }
}
