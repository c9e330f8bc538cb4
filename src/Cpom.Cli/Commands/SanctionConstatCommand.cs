using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SanctionConstatCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var (finess, numero) = (SanctionStep.FinessArgument(), SanctionStep.NumeroArgument());
        var contrat = new Option<string>("--contrat") { Description = "Le contrat, en vigueur ce jour-là.", HelpName = "NUMERO", DefaultValueFactory = _ => "" };
        var convention = new Option<string>("--convention") { Description = "Ou la convention FIR de l'entité, avec --kind fir (L-09).", HelpName = "NUMERO", DefaultValueFactory = _ => "" };
        var kind = new Option<string>("--kind") { Description = "La procédure.", HelpName = "NATURE", DefaultValueFactory = _ => "inexecution" };
        kind.AcceptOnlyFromAmong([.. SanctionWords.Kinds.Values]);
        var engagements = new Option<int[]>("--engagement") { Description = "Engagement inexécuté ; répétable.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
        var faits = new Option<string>("--faits") { Description = "Les faits.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "constat",
            "Ouvre une procédure : ce qui est constaté, de quel contrat et de quels engagements (L-13).",
            "cpom sanction constat 750000001 SAN-2027-01 --contrat 11-75-C00001 --engagement 2 --faits 'Aucune consultation ouverte'")
        {
            finess, numero, contrat, convention, kind, engagements, faits,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordConstatRequest
            {
                Entite = Names.Entite(parsed.GetRequiredValue(finess)),
                Numero = parsed.GetRequiredValue(numero),
                Kind = SanctionWords.Kinds.Single(k => k.Value == parsed.GetRequiredValue(kind)).Key,
                Contrat = parsed.GetRequiredValue(contrat) is { Length: > 0 } named ? Names.Contrat(named) : "",
                Convention = parsed.GetRequiredValue(convention),
                Faits = parsed.GetRequiredValue(faits),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            request.Engagements.AddRange(parsed.GetValue(engagements) ?? []);
            var recorded = await remote.Sanctions.RecordConstatAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, $"Procédure {request.Numero} ouverte"));
            return ExitCodes.Done;
        });
        return command;
    }
}
