using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Refusal to sign: the PRS and its year, the arrêté, hors contrat .</summary>
internal static class SanctionRefusCommands
{
    public static Command Prs(CliEnvironment environment)
    {
        var nom = new Argument<string>("nom") { Description = "Nom du PRS.", HelpName = "NOM" };
        var adopted = new DayOption("--adopted-on", "Jour de son adoption.") { Required = true };
        var command = new Verb("prs", "Enregistre l'adoption d'un PRS : un an pour signer en court (R-101).", "cpom sanction prs 'PRS 2023-2028' --adopted-on 2023-11-01") { nom, adopted };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AdoptPrsRequest { Nom = parsed.GetRequiredValue(nom), AdoptedOn = parsed.GetRequiredValue(adopted) };
            var recorded = await remote.Sanctions.AdoptPrsAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, $"{request.Nom} enregistré"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Arrete(CliEnvironment environment)
    {
        var file = new Option<FileInfo>("--file") { Description = "L'arrêté en JSON (FixByArreteRequest de sanctions.proto), engagements compris.", HelpName = "FICHIER", Required = true };
        var command = new Verb("arrete", "Fixe par arrêté les engagements d'un contrat que l'entité n'a pas signé un an après le PRS (R-101).", "cpom sanction arrete --file arrete.json") { file };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = await JsonFiles.Read<FixByArreteRequest>(parsed.GetRequiredValue(file), cancellation);
            var recorded = await remote.Sanctions.FixByArreteAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Engagements fixés par arrêté"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command HorsContrat(CliEnvironment environment)
    {
        var finess = SanctionStep.FinessArgument();
        var motif = new Option<string>("--motif") { Description = "Pourquoi.", HelpName = "TEXTE", Required = true };
        var withdraw = new Option<bool>("--withdraw") { Description = "Retire la déclaration." };
        var options = new CommandOptions();
        var command = new Verb(
            "hors-contrat",
            "Enregistre qu'un établissement privé lucratif reste hors contrat, ou retire cette déclaration (R-103).",
            "cpom sanction hors-contrat 750000001 --motif 'Refus écrit du 12 février'")
        {
            finess, motif, withdraw,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var (entite, because) = (Names.Entite(parsed.GetRequiredValue(finess)), parsed.GetRequiredValue(motif));
            var (on, id, etag) = (options.On(parsed), options.RequestId(parsed), options.Etag(parsed));
            if (parsed.GetValue(withdraw))
            {
                var withdrawn = await remote.Sanctions.WithdrawHorsContratAsync(new() { Entite = entite, Motif = because, On = on, RequestId = id, Etag = etag }, cancellationToken: cancellation);
                environment.Terminal.Out.WriteLine(Receipts.Of(withdrawn.Recorded, "Déclaration retirée"));
                return ExitCodes.Done;
            }

            var declared = await remote.Sanctions.DeclareHorsContratAsync(new() { Entite = entite, Motif = because, On = on, RequestId = id, Etag = etag }, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(declared.Recorded, "Entité hors contrat"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command ListHorsContrat(CliEnvironment environment)
    {
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("list-hors-contrat", "Les entités hors contrat, et ce qu'il leur en coûte (R-104).", "cpom sanction list-hors-contrat --departement 93") { departement, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var list = await remote.Sanctions.ListHorsContratAsync(new() { Departement = parsed.GetRequiredValue(departement), AsOf = asOf.Of(parsed) }, cancellationToken: cancellation);
            var consequences = string.Join('\n', list.Consequences.Select(c => $"{c.Rule} : {c.Texte}"));
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), SanctionTables.HorsContrat(list.Entites), list, consequences);
            return ExitCodes.Done;
        });
        return command;
    }
}
