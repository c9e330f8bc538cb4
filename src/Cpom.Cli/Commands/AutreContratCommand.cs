using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The register of an entity's other contracts .</summary>
internal static class AutreContratCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "autre-contrat",
        "Les autres contrats d'une entité avec l'agence : CAQES, plan de retour à l'équilibre, cliniciens, CLS, conventions FIR.",
        "cpom autre-contrat list --departement 93")
    {
        List(environment), Record(environment), End(environment), Clinicien(environment),
    };

    private static Verb List(CliEnvironment environment)
    {
        var finess = new Option<string>("--entite") { Description = "Seulement cette entité.", HelpName = "FINESS" };
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var all = new Option<bool>("--all") { Description = "Aussi ceux qui ont pris fin ou n'ont pas commencé." };
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("list", "Les contrats valables ce jour-là.", "cpom autre-contrat list --entite 750000001") { finess, departement, all, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListAutresContratsRequest
            {
                Entite = parsed.GetValue(finess) is { } number ? Names.Entite(number) : "",
                Departement = parsed.GetRequiredValue(departement),
                All = parsed.GetValue(all),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            var list = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.AutresContrats.ListAutresContratsAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (into, page) => into.Contrats.Add(page.Contrats));
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), AutreContratTables.Of(list.Contrats), list, Words.Plural(list.Contrats.Count, "contrat", "contrats"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Record(CliEnvironment environment)
    {
        var file = new Option<FileInfo>("--file") { Description = "Le contrat en JSON (AutreContrat de autres_contrats.proto).", HelpName = "FICHIER", Required = true };
        var requestId = new Option<string>("--request-id") { Description = "Identifiant de la demande ; reste dans l'historique.", HelpName = "ID" };
        var command = new Verb("record", "Inscrit un contrat, une fois par numéro.", "cpom autre-contrat record --file caqes.json") { file, requestId };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var contrat = await JsonFiles.Read<AutreContrat>(parsed.GetRequiredValue(file), cancellation);
            var request = new RecordAutreContratRequest { Contrat = contrat, RequestId = parsed.GetValue(requestId) ?? $"cpom-{Guid.NewGuid():N}" };
            var recorded = await remote.AutresContrats.RecordAutreContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, $"Contrat {contrat.Numero} inscrit"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb End(CliEnvironment environment)
    {
        var finess = SanctionStep.FinessArgument();
        var numero = new Argument<string>("numero") { Description = "Numéro du contrat.", HelpName = "NUMERO" };
        var motif = new Option<string>("--motif") { Description = "Pourquoi.", HelpName = "TEXTE", Required = true };
        var options = new CommandOptions();
        var command = new Verb("end", "Met fin à un contrat avant son terme.", "cpom autre-contrat end 750000001 CAQES-2026 --motif 'Fusion'") { finess, numero, motif };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new EndAutreContratRequest
            {
                Entite = Names.Entite(parsed.GetRequiredValue(finess)),
                Numero = parsed.GetRequiredValue(numero),
                Motif = parsed.GetRequiredValue(motif),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var ended = await remote.AutresContrats.EndAutreContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(ended.Recorded, $"Fin du contrat {request.Numero} enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Clinicien(CliEnvironment environment)
    {
        var finess = SanctionStep.FinessArgument();
        var numero = new Argument<string>("numero") { Description = "Numéro de la clause du CPOM.", HelpName = "NUMERO" };
        var reference = new Option<string>("--reference") { Description = "Référence du contrat de clinicien.", HelpName = "REFERENCE", Required = true };
        var specialite = new Option<string>("--specialite") { Description = "Sa spécialité, l'une de celles de la clause.", HelpName = "SPECIALITE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "clinicien",
            "Inscrit un contrat de clinicien, dans le nombre et les spécialités que fixe le CPOM (R-128).",
            "cpom autre-contrat clinicien 750000001 CLIN-2026 --reference C-12 --specialite radiologie")
        {
            finess, numero, reference, specialite,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ConcludeClinicienRequest
            {
                Entite = Names.Entite(parsed.GetRequiredValue(finess)),
                Numero = parsed.GetRequiredValue(numero),
                Clinicien = new() { Reference = parsed.GetRequiredValue(reference), Specialite = parsed.GetRequiredValue(specialite), On = options.On(parsed) },
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var concluded = await remote.AutresContrats.ConcludeClinicienAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(concluded.Recorded, $"Contrat de clinicien {request.Clinicien.Reference} inscrit"));
            return ExitCodes.Done;
        });
        return command;
    }
}
