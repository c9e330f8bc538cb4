using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SanctionDecideCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var (finess, numero) = (SanctionStep.FinessArgument(), SanctionStep.NumeroArgument());
        var penalite = new Option<string>("--penalite") { Description = "Une pénalité, en euros.", HelpName = "EUROS" };
        var restitution = new Option<string>("--restitution") { Description = "Une somme à rendre, en euros.", HelpName = "EUROS" };
        var modification = new Option<string>("--modification") { Description = "Ce qui change au contrat.", HelpName = "TEXTE" };
        var resiliation = new DayOption("--resiliation", "Le premier jour où le contrat n'est plus en vigueur.");
        var motifs = new Option<string>("--motifs") { Description = "Les motifs de la décision.", HelpName = "TEXTE", Required = true };
        var (courrier, options) = (new CourrierOptions(), new CommandOptions());
        var command = new Verb(
            "decide",
            "Décide une sanction, le délai passé : pénalité dans le plafond, restitution, modification ou résiliation (R-112, R-115).",
            "cpom sanction decide 750000001 SAN-2027-01 --penalite 12000.00 --motifs 'Aucune réponse' --courrier ARS-2027-204 --document decision.pdf",
            "cpom sanction decide 750000001 SAN-2027-02 --resiliation 2027-07-01 --motifs 'Aucune mesure' --courrier ARS-2027-205 --document decision.pdf")
        {
            finess, numero, penalite, restitution, modification, resiliation, motifs,
        };
        courrier.AddTo(command);
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new Option[] { penalite, restitution, modification, resiliation }.Count(o => result.GetResult(o) is not null) != 1)
            {
                result.AddError("Une décision est l'une de --penalite, --restitution, --modification ou --resiliation.");
            }
        });
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var sanction = parsed switch
            {
                _ when parsed.GetValue(penalite) is { } euros => new Sanction { Penalite = euros },
                _ when parsed.GetValue(restitution) is { } euros => new Sanction { Restitution = euros },
                _ when parsed.GetValue(resiliation) is { } day => new Sanction { Resiliation = day },
                _ => new Sanction { Modification = parsed.GetRequiredValue(modification) },
            };
            var request = new DecideSanctionRequest
            {
                Manquement = Names.Manquement(parsed.GetRequiredValue(finess), parsed.GetRequiredValue(numero)),
                Sanction = sanction,
                Motifs = parsed.GetRequiredValue(motifs),
                Courrier = await courrier.Of(parsed, cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var decided = await remote.Sanctions.DecideSanctionAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(decided.Recorded, $"Procédure {parsed.GetRequiredValue(numero)} : décision enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }
}
