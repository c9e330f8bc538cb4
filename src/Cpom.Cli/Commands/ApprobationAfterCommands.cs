using Cpom.Cli.Options;

namespace Cpom.Cli.Commands;

/// <summary>After the second signature.</summary>
internal static class ApprobationAfterCommands
{
    private const int OriginauxCount = 2;

    public static Command Originaux(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var file = new DocumentOption("--electronique", "Signé électroniquement : le fichier que les deux parties détiennent.");
        var options = new CommandOptions();
        var command = new Verb(
            "originaux", "Enregistre les deux originaux d'un texte signé (R-099).", "cpom approbation originaux 11-75-C00001", "cpom approbation originaux 11-75-C00001 --electronique contrat-signe.pdf") { file };
        texte.AddTo(command);
        return command.Recording(environment, options, "Originaux enregistrés", async (parsed, remote, cancellation) =>
        {
            var signed = await file.Read(parsed, cancellation);
            var request = new RecordOriginauxRequest
            {
                Name = texte.Name(parsed),
                Forme = signed is null ? OriginauxForme.Papier : OriginauxForme.Electronique,
                Nombre = OriginauxCount,
                Fichier = signed,
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            };
            return (await remote.Approbations.RecordOriginauxAsync(request, cancellationToken: cancellation)).Recorded;
        });
    }

    public static Command Archive(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var delegation = new Option<string>("--delegation") { Description = "Qui conserve l'original de l'agence.", HelpName = "NOM", Required = true };
        var scan = new DocumentOption("--document", "La copie archivée.") { Required = true };
        var options = new CommandOptions();
        var command = new Verb(
            "archive", "Archive l'original de l'agence, avec l'empreinte de sa copie (R-100).", "cpom approbation archive 11-75-C00001 --delegation 'DD 75' --document contrat.pdf") { delegation, scan };
        texte.AddTo(command);
        return command.Recording(environment, options, "Archivé", async (parsed, remote, cancellation) => (await remote.Approbations.RecordArchiveAsync(
            new()
            {
                Name = texte.Name(parsed),
                Delegation = parsed.GetRequiredValue(delegation),
                Scan = await scan.Read(parsed, cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command AssignCaisse(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var by = new Option<string>("--to") { Description = "Qui informe la caisse : agence ou structure.", Required = true };
        by.AcceptOnlyFromAmong("agence", "structure");
        var caisse = new Option<string>("--caisse") { Description = "La caisse, quand ce n'est pas la CPAM du département.", HelpName = "NOM", DefaultValueFactory = _ => "" };
        var personne = new Option<string>("--personne") { Description = "Qui s'en charge.", HelpName = "NOM", DefaultValueFactory = _ => "" };
        var options = new CommandOptions();
        var command = new Verb("assign-caisse", "Confie l'information de la caisse pivot (R-107, R-108).", "cpom approbation assign-caisse 11-75-C00001 --to agence --personne 'M. Noir'")
        {
            numero, by, caisse, personne,
        };
        return command.Recording(environment, options, "Information de la caisse confiée", async (parsed, remote, cancellation) => (await remote.Approbations.AssignNotificationAsync(
            new()
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                By = parsed.GetRequiredValue(by) == "structure" ? Notifiant.Structure : Notifiant.Agence,
                Caisse = parsed.GetRequiredValue(caisse),
                Personne = parsed.GetRequiredValue(personne),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command NotifyCaisse(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var options = new CommandOptions();
        var command = new Verb("notify-caisse", "Enregistre que le contrat a été porté à la connaissance de la caisse pivot (R-107).", "cpom approbation notify-caisse 11-75-C00001 --on 2026-12-10") { numero };
        return command.Recording(environment, options, "Caisse informée", async (parsed, remote, cancellation) => (await remote.Approbations.NotifyCaisseAsync(
            new()
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)), On = options.On(parsed), RequestId = options.RequestId(parsed), Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command AskAccess(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var reference = new Argument<string>("REFERENCE") { Description = "Référence de la demande." };
        var by = new Option<string>("--by") { Description = "Qui demande le contrat.", HelpName = "NOM", Required = true };
        var options = new CommandOptions();
        var command = new Verb("ask-access", "Enregistre une demande d'accès au contrat (R-106).", "cpom approbation ask-access 11-75-C00001 D-2026-7 --by 'Une association'") { numero, reference, by };
        return command.Recording(environment, options, "Demande enregistrée", async (parsed, remote, cancellation) => (await remote.Approbations.RecordDemandeAccesAsync(
            new()
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Reference = parsed.GetRequiredValue(reference),
                Demandeur = parsed.GetRequiredValue(by),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command AnswerAccess(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var reference = new Argument<string>("REFERENCE") { Description = "Référence de la demande." };
        var refuse = new Option<string>("--refuse") { Description = "Ne pas communiquer, et pourquoi ; sinon le contrat est communiqué.", HelpName = "MOTIF" };
        var options = new CommandOptions();
        var command = new Verb("answer-access", "Répond à une demande d'accès (R-106).", "cpom approbation answer-access 11-75-C00001 D-2026-7") { numero, reference, refuse };
        return command.Recording(environment, options, "Réponse enregistrée", async (parsed, remote, cancellation) => (await remote.Approbations.AnswerDemandeAccesAsync(
            new()
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Reference = parsed.GetRequiredValue(reference),
                Communicated = parsed.GetValue(refuse) is null,
                Reason = parsed.GetValue(refuse) ?? "",
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }
}
