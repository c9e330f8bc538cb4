using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>One contrat for all members of a GHT (L-05, L-06): what comes before its opening.</summary>
internal static class ContratUniqueCommand
{
    private static readonly Dictionary<string, GhtInstance> Instances = new(StringComparer.Ordinal)
    {
        ["comite-strategique"] = GhtInstance.ComiteStrategique,
        ["commission-medicale"] = GhtInstance.CommissionMedicale,
        ["president-commission-medicale"] = GhtInstance.PresidentCommissionMedicale,
    };

    public static Command Build(CliEnvironment environment) => new Verb(
        "contrat-unique",
        "Le contrat unique d'un GHT : demande de tous les membres, réponse, avis, personnalité juridique, retraits (L-05, L-06).",
        "cpom contrat-unique show IDF-01")
    {
        Show(environment), Ask(environment), Answer(environment), Avis(environment), Personnalite(environment),
        ContratUniqueRetraitCommands.Leave(environment), ContratUniqueRetraitCommands.Terms(environment),
    };

    private static Argument<string> CodeArgument() => new("code") { Description = "Code du GHT.", HelpName = "CODE" };

    internal static Option<string> EntiteOption(string description) => new("--entite") { Description = description, HelpName = "FINESS", Required = true };

    private static Verb Show(CliEnvironment environment)
    {
        var code = CodeArgument();
        var (asOf, format) = (new AsOfOptions(), new FormatOption());
        var command = new Verb("show", "Qui a demandé, la réponse, les avis, et ce qui manque encore.", "cpom contrat-unique show IDF-01") { code, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetContratUniqueRequest { Name = Names.Ght(parsed.GetRequiredValue(code)), AsOf = asOf.Of(parsed) };
            var found = await remote.ContratsUniques.GetContratUniqueAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), ContratUniqueText.Membres(found.ContratUnique), found, [.. ContratUniqueText.Notes(found.ContratUnique)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Ask(CliEnvironment environment)
    {
        var code = CodeArgument();
        var entite = EntiteOption("Le membre qui demande.");
        var directeur = new Option<string>("--directeur") { Description = "Son directeur.", HelpName = "NOM", Required = true };
        var deliberation = new Option<string>("--deliberation") { Description = "Référence de sa délibération, s'il a délibéré.", HelpName = "REFERENCE", DefaultValueFactory = _ => "" };
        var options = new CommandOptions();
        var command = new Verb(
            "ask", "Enregistre la demande d'un membre ; quand tous ont demandé, un mois court.", "cpom contrat-unique ask IDF-01 --entite 750000018 --directeur 'Mme Petit'")
        {
            code, entite, directeur, deliberation,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AskContratUniqueRequest
            {
                Ght = Names.Ght(parsed.GetRequiredValue(code)),
                Entite = Names.Entite(parsed.GetRequiredValue(entite)),
                Directeur = parsed.GetRequiredValue(directeur),
                Deliberation = parsed.GetRequiredValue(deliberation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var asked = await remote.ContratsUniques.AskContratUniqueAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(asked.Recorded, $"Demande de {parsed.GetRequiredValue(entite)} enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Answer(CliEnvironment environment)
    {
        var code = CodeArgument();
        var refused = new Option<bool>("--refuse") { Description = "Refuse ; sans cette option le contrat unique est autorisé." };
        var reason = new Option<string>("--motif") { Description = "Pourquoi.", HelpName = "TEXTE", DefaultValueFactory = _ => "" };
        var options = new CommandOptions();
        var command = new Verb("answer", "Répond à la demande : autorisation ou refus ; un mois de silence refuse.", "cpom contrat-unique answer IDF-01") { code, refused, reason };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AnswerContratUniqueRequest
            {
                Ght = Names.Ght(parsed.GetRequiredValue(code)),
                Granted = !parsed.GetValue(refused),
                Reason = parsed.GetRequiredValue(reason),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var answered = await remote.ContratsUniques.AnswerContratUniqueAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(answered.Recorded, request.Granted ? "Contrat unique autorisé" : "Contrat unique refusé"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Avis(CliEnvironment environment)
    {
        var code = CodeArgument();
        var instance = new Option<string>("--instance") { Description = "Qui donne l'avis.", HelpName = "INSTANCE", Required = true };
        instance.AcceptOnlyFromAmong([.. Instances.Keys]);
        var reference = new Option<string>("--reference") { Description = "Référence du procès-verbal.", HelpName = "REFERENCE", DefaultValueFactory = _ => "" };
        var motifs = new Option<string>("--motifs") { Description = "Motifs ; le président les donne, ou joint son avis.", HelpName = "TEXTE", DefaultValueFactory = _ => "" };
        var piece = new DocumentOption("--piece", "L'avis.");
        var options = new CommandOptions();
        var command = new Verb("avis", "Enregistre l'avis d'une instance du groupement.", "cpom contrat-unique avis IDF-01 --instance comite-strategique --reference 'CS 12'")
        {
            code, instance, reference, motifs, piece,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new RecordGhtAvisRequest
            {
                Ght = Names.Ght(parsed.GetRequiredValue(code)),
                Avis = new()
                {
                    Instance = Instances[parsed.GetRequiredValue(instance)],
                    On = options.On(parsed),
                    Reference = parsed.GetRequiredValue(reference),
                    Motifs = parsed.GetRequiredValue(motifs),
                    Piece = await piece.Read(parsed, cancellation),
                },
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            var recorded = await remote.ContratsUniques.RecordGhtAvisAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded.Recorded, "Avis enregistré"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Verb Personnalite(CliEnvironment environment)
    {
        var code = CodeArgument();
        var entite = EntiteOption("Numéro FINESS de la personne morale.");
        var fusion = new Option<bool>("--fusion") { Description = "Elle vient d'une fusion ; sans cette option, d'un GCS." };
        var deliberations = new Option<string[]>("--deliberation") { Description = "Délibération d'un membre, à répéter pour chacun.", HelpName = "FINESS=REFERENCE", Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "personnalite",
            "Enregistre que le groupement est une personne morale, par délibérations concordantes (L-06).",
            "cpom contrat-unique personnalite IDF-01 --entite 750000999 --deliberation 750000018=DEL-12 --deliberation 750000026=DEL-4")
        {
            code, entite, fusion, deliberations,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new AcquirePersonnaliteRequest
            {
                Ght = Names.Ght(parsed.GetRequiredValue(code)),
                Entite = parsed.GetRequiredValue(entite),
                Forme = parsed.GetValue(fusion) ? PersonnaliteForme.Fusion : PersonnaliteForme.Gcs,
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            request.Deliberations.AddRange(parsed.GetRequiredValue(deliberations).Select(DeliberationOf));
            var acquired = await remote.ContratsUniques.AcquirePersonnaliteAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(acquired.Recorded, "Personnalité juridique enregistrée"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Deliberation DeliberationOf(string told) => told.IndexOf('=', StringComparison.Ordinal) is var cut and > 0
        ? new() { Entite = told[..cut], Reference = told[(cut + 1)..] }
        : throw new CliException($"« {told} » : une délibération s'écrit FINESS=REFERENCE.", isUsage: true);
}
