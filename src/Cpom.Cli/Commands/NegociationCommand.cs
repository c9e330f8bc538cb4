using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Négociations: read here, written by <see cref="NegociationSteps"/>.</summary>
internal static class NegociationCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var command = new Verb(
            "negociation", "Une négociation : du rapport de diagnostic aux engagements que les deux parties acceptent (R-064 à R-083).", "cpom negociation list --late")
        {
            BuildList(environment),
            BuildShow(environment),
            BuildExplain(environment),
            BuildHistory(environment),
            BuildOpen(environment),
        };
        foreach (var step in NegociationSteps.All(environment))
        {
            command.Subcommands.Add(step);
        }

        return command;
    }

    private static Verb BuildList(CliEnvironment environment)
    {
        var campagne = Filter("--campagne", "Seulement cette campagne.", "CODE");
        var entite = Filter("--entite", "Seulement avec cette structure.", "FINESS");
        var departement = Filter("--departement", "Seulement où cette délégation pilote ou est consultée.", "CODE");
        var etapes = new Option<string[]>("--etape") { Description = "Seulement ces étapes ; répétable.", HelpName = "ETAPE", AllowMultipleArgumentsPerToken = true };
        etapes.AcceptOnlyFromAmong([.. NegociationWords.Etapes.Values]);
        var volet = new Option<string>("--volet-etape") { Description = "Seulement celles dont un volet rempli en est là.", HelpName = "ETAPE" };
        volet.AcceptOnlyFromAmong([.. NegociationWords.VoletEtapes.Values]);
        var late = new Option<bool>("--late") { Description = "Seulement celles dont une étape est dépassée." };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("list", "Les négociations, et leur compte par étape.", "cpom negociation list --campagne 2026 --etape analyse --late")
        {
            campagne, entite, departement, etapes, volet, late, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListNegociationsRequest
            {
                Campagne = parsed.GetRequiredValue(campagne),
                Entite = parsed.GetRequiredValue(entite),
                Departement = parsed.GetRequiredValue(departement),
                Late = parsed.GetValue(late),
                VoletEtape = NegociationWords.VoletEtapes.FirstOrDefault(e => e.Value == parsed.GetValue(volet)).Key,
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            request.Etapes.Add((parsed.GetValue(etapes) ?? []).Select(word => NegociationWords.Etapes.Single(e => e.Value == word).Key));
            var list = await List(remote, request, cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NegociationTables.Of(list.Negociations), list, [.. list.Counts.Select(NegociationTables.Line)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<ListNegociationsResponse> List(Remote remote, ListNegociationsRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Negociations.ListNegociationsAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Negociations.Add(page.Negociations);
            all.NextPageToken = page.NextPageToken;
        });

    private static Verb BuildShow(CliEnvironment environment)
    {
        var numero = NegociationSteps.Numero();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("show", "Une négociation : ses échéances, et de chaque structure le rapport, les réponses, les engagements.", "cpom negociation show N-2026-12") { numero, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetNegociationRequest { Name = Names.Negociation(parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var found = (await remote.Negociations.GetNegociationAsync(request, cancellationToken: cancellation)).Negociation;
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), EcheanceTables.Of(found.Echeances), found, [.. NegociationTables.Text(found)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb BuildHistory(CliEnvironment environment)
    {
        var numero = NegociationSteps.Numero();
        return SuiviHistoryCommand.Build(environment, "la négociation", "cpom negociation history N-2026-12", [numero], parsed => Names.Negociation(parsed.GetRequiredValue(numero)));
    }

    private static Verb BuildExplain(CliEnvironment environment)
    {
        var numero = NegociationSteps.Numero();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("explain", "Ce qui peut se faire maintenant d'une négociation, par qui, et la règle qui empêche le reste.", "cpom negociation explain N-2026-12") { numero, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ExplainNegociationRequest { Negociation = Names.Negociation(parsed.GetRequiredValue(numero)), AsOf = asOf.Of(parsed) };
            var answer = await remote.Negociations.ExplainNegociationAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NegociationTables.Of(answer.Demarches), answer);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb BuildOpen(CliEnvironment environment)
    {
        var file = new Option<FileInfo>("--file") { Description = "Fiche en JSON, comme le message NegociationFiche de negociations.proto.", HelpName = "FICHIER", Required = true };
        var options = new CommandOptions();
        var command = new Verb("open", "Ouvre une négociation, d'une structure ou d'un groupe (R-011).", "cpom negociation open --file negociation.json") { file };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new OpenNegociationRequest
            {
                Fiche = await JsonFiles.Read<NegociationFiche>(parsed.GetRequiredValue(file), cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var opened = await remote.Negociations.OpenNegociationAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(opened.Recorded, $"Négociation {request.Fiche.Numero} ouverte"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Filter(string name, string description, string help) => new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => "" };
}
