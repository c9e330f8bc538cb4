using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Campaigns of negotiation: waves, negotiators, letters.</summary>
internal static class CampagneCommand
{
    private const string Example = "cpom campagne show 2026";

    public static Command Build(CliEnvironment environment) => new Verb(
        "campagne", "Une campagne de négociation : ses vagues, le négociateur de chaque structure, la lettre de janvier (R-065, R-084, R-085).", Example)
    {
        BuildList(environment),
        BuildShow(environment),
        BuildExplain(environment),
        BuildHistory(environment),
        BuildPropose(environment),
        BuildOpen(environment),
        BuildPlan(environment),
        BuildName(environment),
        BuildLetter(environment),
        BuildRemove(environment),
    };

    private static Verb BuildOpen(CliEnvironment environment)
    {
        var nom = new Option<string>("--nom") { Description = "Nom de la campagne.", HelpName = "TEXTE", Required = true };
        return Write(environment, "open", "Ouvre une campagne, une fois.", "cpom campagne open 2026 --nom 'Campagne 2026'", "Campagne ouverte", [nom], async w =>
            (await w.Remote.Campagnes.OpenCampagneAsync(
                new() { Code = w.Code, Nom = w.Parsed.GetRequiredValue(nom), On = w.On, RequestId = w.RequestId, Etag = w.Etag }, cancellationToken: w.Cancellation)).Recorded);
    }

    private static Verb BuildPlan(CliEnvironment environment)
    {
        var vague = new Option<int>("--vague") { Description = "Numéro de la vague, à partir de 1.", HelpName = "N", Required = true };
        var annee = new Option<int>("--annee") { Description = "Année prévue pour la négociation.", HelpName = "AAAA", Required = true };
        var entites = Entites("Structures à y inscrire ; répétable.");
        return Write(
            environment, "plan", "Planifie une vague, ou y inscrit d'autres structures.", "cpom campagne plan 2026 --vague 1 --annee 2026 --entite 750000018", "Vague planifiée", [vague, annee, entites], async w =>
            {
                var request = new PlanVagueRequest
                {
                    Campagne = w.Name, Vague = w.Parsed.GetRequiredValue(vague), Annee = w.Parsed.GetRequiredValue(annee), On = w.On, RequestId = w.RequestId, Etag = w.Etag,
                };
                request.Entites.Add(w.Parsed.GetValue(entites) ?? []);
                return (await w.Remote.Campagnes.PlanVagueAsync(request, cancellationToken: w.Cancellation)).Recorded;
            });
    }

    private static Verb BuildName(CliEnvironment environment)
    {
        var negociateur = new Option<string>("--negociateur") { Description = "Nom du négociateur de l'agence.", HelpName = "NOM", Required = true };
        var vague = Vague();
        var entites = Entites("Structures concernées ; répétable (par défaut toute la vague, ou toute la campagne).");
        return Write(
            environment, "name", "Nomme le négociateur de structures (R-065).", "cpom campagne name 2026 --negociateur 'Mme Diallo' --entite 750000018", "Négociateur nommé", [negociateur, vague, entites], async w =>
            {
                var request = new NameNegociateurRequest
                {
                    Campagne = w.Name, Vague = w.Parsed.GetValue(vague), Negociateur = w.Parsed.GetRequiredValue(negociateur), On = w.On, RequestId = w.RequestId, Etag = w.Etag,
                };
                request.Entites.Add(w.Parsed.GetValue(entites) ?? []);
                return (await w.Remote.Campagnes.NameNegociateurAsync(request, cancellationToken: w.Cancellation)).Recorded;
            });
    }

    private static Verb BuildLetter(CliEnvironment environment)
    {
        var reference = new Option<string>("--reference") { Description = "Référence de la lettre.", HelpName = "TEXTE" };
        var vague = Vague();
        var entites = Entites("Structures concernées ; répétable (par défaut celles dont la lettre n'est pas partie).");
        return Write(
            environment, "letter", "Enregistre que la lettre de lancement est partie (R-084).", "cpom campagne letter 2026 --vague 1 --on 2026-01-20", "Lettres enregistrées", [reference, vague, entites], async w =>
            {
                var request = new SendLettreRequest
                {
                    Campagne = w.Name, Vague = w.Parsed.GetValue(vague), Reference = w.Parsed.GetValue(reference) ?? "", On = w.On, RequestId = w.RequestId, Etag = w.Etag,
                };
                request.Entites.Add(w.Parsed.GetValue(entites) ?? []);
                return (await w.Remote.Campagnes.SendLettreAsync(request, cancellationToken: w.Cancellation)).Recorded;
            });
    }

    private static Verb BuildRemove(CliEnvironment environment)
    {
        var entite = new Option<string>("--entite") { Description = "Structure qui en sort.", HelpName = "FINESS", Required = true };
        var reason = new Option<string>("--reason") { Description = "Motif ; il reste dans l'historique.", HelpName = "TEXTE", Required = true };
        return Write(
            environment, "remove", "Retire une structure avant que sa lettre parte.", "cpom campagne remove 2026 --entite 750000018 --reason fusion", "Structure retirée", [entite, reason], async w =>
            (await w.Remote.Campagnes.RemoveStructureAsync(
                new()
                {
                    Campagne = w.Name, Entite = w.Parsed.GetRequiredValue(entite), Reason = w.Parsed.GetRequiredValue(reason), On = w.On, RequestId = w.RequestId, Etag = w.Etag,
                },
                cancellationToken: w.Cancellation)).Recorded);
    }

    private static Verb BuildShow(CliEnvironment environment)
    {
        var code = Code();
        var vague = Vague();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("show", "Une campagne, structure par structure.", Example) { code, vague, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetCampagneRequest { Name = Names.Campagne(parsed.GetRequiredValue(code)), Vague = parsed.GetValue(vague), AsOf = asOf.Of(parsed) };
            var campagne = (await remote.Campagnes.GetCampagneAsync(request, cancellationToken: cancellation)).Campagne;
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NegociationTables.Structures(campagne), campagne, [.. campagne.Vagues.Select(NegociationTables.Line)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb BuildHistory(CliEnvironment environment)
    {
        var code = Code();
        return SuiviHistoryCommand.Build(environment, "la campagne", "cpom campagne history 2026 --known-at 2026-02-01", [code], parsed => Names.Campagne(parsed.GetRequiredValue(code)));
    }

    private static Verb BuildExplain(CliEnvironment environment)
    {
        var code = Code();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("explain", "Ce qui peut se faire maintenant d'une campagne, par qui, et la règle qui empêche le reste.", "cpom campagne explain 2026") { code, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ExplainCampagneRequest { Campagne = Names.Campagne(parsed.GetRequiredValue(code)), AsOf = asOf.Of(parsed) };
            var answer = await remote.Campagnes.ExplainCampagneAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), DemarcheTables.Of(answer.Demarches), answer);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb BuildList(CliEnvironment environment)
    {
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("list", "Les campagnes.", "cpom campagne list") { format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var list = await remote.Campagnes.ListCampagnesAsync(new() { PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) }, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NegociationTables.Of(list.Campagnes), list);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb BuildPropose(CliEnvironment environment)
    {
        var annee = new Argument<int>("ANNEE") { Description = "Année prévue pour la négociation." };
        var departement = new Option<string>("--departement") { Description = "Seulement ce département.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var since = new DayOption("--since", "Premier jour de fin de contrat (par défaut le 1er janvier de l'année).");
        var until = new DayOption("--until", "Dernier jour de fin de contrat (par défaut le 31 décembre de l'année suivante).");
        var format = new FormatOption();
        var command = new Verb("propose", "Les structures dont le contrat finit, et qui ne sont d'aucune vague de l'année (R-085).", "cpom campagne propose 2027 --departement 93")
        {
            annee, departement, since, until, format,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ProposeStructuresRequest
            {
                Annee = parsed.GetRequiredValue(annee), Departement = parsed.GetRequiredValue(departement), Since = parsed.GetValue(since) ?? "", Until = parsed.GetValue(until) ?? "",
            };
            var found = await remote.Campagnes.ProposeStructuresAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), NegociationTables.Of(found.Proposals), found, Words.Plural(found.Proposals.Count, "structure", "structures"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Code() => new("CODE") { Description = "Code de la campagne." };

    private static Option<int> Vague() => new("--vague") { Description = "Seulement cette vague.", HelpName = "N" };

    private static Option<string[]> Entites(string description) => new("--entite") { Description = description, HelpName = "FINESS", AllowMultipleArgumentsPerToken = true };

    /// <summary>What a verb that writes has at hand.</summary>
    private sealed record Writing(Remote Remote, ParseResult Parsed, string Code, string On, string RequestId, string Etag, CancellationToken Cancellation)
    {
        public string Name => Names.Campagne(Code);
    }

    private static Verb Write(CliEnvironment environment, string name, string description, string example, string done, IReadOnlyList<Option> inputs, Func<Writing, Task<Recorded>> send)
    {
        var code = Code();
        var options = new CommandOptions();
        var command = new Verb(name, description, example) { code };
        foreach (var input in inputs)
        {
            command.Options.Add(input);
        }

        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var recorded = await send(new(remote, parsed, parsed.GetRequiredValue(code), options.On(parsed), options.RequestId(parsed), options.Etag(parsed), cancellation));
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded, done));
            return ExitCodes.Done;
        });
        return command;
    }
}
