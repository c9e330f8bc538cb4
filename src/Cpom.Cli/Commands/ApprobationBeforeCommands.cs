using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Before the first signature.</summary>
internal static class ApprobationBeforeCommands
{
    public static Command Consult(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var instance = new Option<string>("--instance") { Description = "Qui est consulté.", HelpName = "INSTANCE", Required = true };
        instance.AcceptOnlyFromAmong([.. ApprobationWords.Instances.Values]);
        var kind = new Option<string>("--kind") { Description = "Jusqu'où : informée, pour avis, par délibération.", HelpName = "NATURE", DefaultValueFactory = _ => "avis" };
        kind.AcceptOnlyFromAmong([.. ApprobationWords.Kinds.Values]);
        var reference = new Option<string>("--reference") { Description = "Référence du compte rendu.", HelpName = "TEXTE", DefaultValueFactory = _ => "" };
        var document = new DocumentOption("--document", "L'avis ou la délibération.");
        var day = new DayOption("--date", "Jour de la consultation (par défaut aujourd'hui).");
        var options = new CommandOptions();
        var command = new Verb(
            "consult",
            "Enregistre qu'une instance a été informée, consultée, ou a délibéré (R-008, R-091 à R-095).",
            "cpom approbation consult 11-75-C00001 --instance directoire --date 2026-10-01",
            "cpom approbation consult 11-92-C00002 --instance conference-medicale --document avis.pdf")
        {
            instance, kind, reference, document, day,
        };
        texte.AddTo(command);
        return command.Recording(environment, options, "Consultation enregistrée", async (parsed, remote, cancellation) => (await remote.Approbations.RecordConsultationAsync(
            new()
            {
                Name = texte.Name(parsed),
                Consultation = new()
                {
                    Instance = ApprobationWords.Instances.Single(i => i.Value == parsed.GetRequiredValue(instance)).Key,
                    Kind = ApprobationWords.Kinds.Single(k => k.Value == parsed.GetRequiredValue(kind)).Key,
                    On = parsed.GetValue(day) ?? Today(environment),
                    Reference = parsed.GetRequiredValue(reference),
                    Piece = await document.Read(parsed, cancellation),
                },
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command Niveau(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var niveau = new NiveauOptions();
        var options = new CommandOptions();
        var command = new Verb(
            "niveau",
            "Dit à quel niveau ce seul contrat se négocie et se valide (R-118) ; pour toute une entité : cpom entite niveau.",
            "cpom approbation niveau 11-75-C00001 regional --motif 'Opération interdépartementale.'") { numero };
        niveau.AddTo(command);
        return command.Recording(environment, options, "Niveau enregistré", async (parsed, remote, cancellation) => (await remote.Approbations.SetNiveauAsync(
            new()
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                Niveau = niveau.Niveau(parsed),
                Motif = niveau.Motif(parsed),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command Validate(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var role = new Option<string>("--as") { Description = "Le délégué départemental (delegue), ou le directeur de l'offre de soins (dos) au niveau régional.", Required = true };
        role.AcceptOnlyFromAmong("delegue", "dos");
        var by = new Option<string>("--by") { Description = "Nom de la personne qui valide.", HelpName = "NOM", Required = true };
        var options = new CommandOptions();
        var command = new Verb("validate", "Valide le contenu d'un contrat (R-090).", "cpom approbation validate 11-75-C00001 --as delegue --by 'Mme Blanc'") { role, by };
        texte.AddTo(command);
        return command.Recording(environment, options, "Validé", async (parsed, remote, cancellation) => (await remote.Approbations.ValidateTexteAsync(
            new()
            {
                Name = texte.Name(parsed),
                By = parsed.GetRequiredValue(role) == "dos" ? Role.Dos : Role.DelegueDepartemental,
                ValidatedBy = parsed.GetRequiredValue(by),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    public static Command Transmit(CliEnvironment environment)
    {
        var texte = new TexteOptions();
        var document = new DocumentOption("--document", "Le texte transmis.");
        var options = new CommandOptions();
        var command = new Verb("transmit", "Transmet un texte pour signature (R-062, R-095, R-121).", "cpom approbation transmit 11-75-C00001 --document contrat.pdf") { document };
        texte.AddTo(command);
        return command.Recording(environment, options, "Transmis pour signature", async (parsed, remote, cancellation) => (await remote.Approbations.TransmitTexteAsync(
            new()
            {
                Name = texte.Name(parsed),
                Texte = await document.Read(parsed, cancellation),
                On = options.On(parsed),
                RequestId = options.RequestId(parsed),
                Etag = options.Etag(parsed),
            },
            cancellationToken: cancellation)).Recorded);
    }

    private static string Today(CliEnvironment environment) => environment.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
