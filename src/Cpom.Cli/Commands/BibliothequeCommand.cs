using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The library of generic engagements .</summary>
internal static class BibliothequeCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "bibliotheque",
        "La bibliothèque des engagements génériques : la publier par volet et version, la lire (R-044).",
        "cpom bibliotheque list --volet A1.V2")
    {
        Publish(environment),
        List(environment),
    };

    private static Command Publish(CliEnvironment environment)
    {
        var file = new Option<FileInfo>("--file")
        {
            Description = "Volet, version et engagements en JSON, comme PublishBibliothequeRequest de engagements.proto.",
            HelpName = "FICHIER",
            Required = true,
        };
        var on = new DayOption("--on", "Jour de la publication (par défaut aujourd'hui).");
        var command = new Verb(
            "publish",
            "Publie les engagements génériques d'un volet, une fois par version : les mêmes de nouveau ne changent rien, d'autres demandent une autre version.",
            "cpom bibliotheque publish --file bibliotheque.json")
        {
            file, on,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = await JsonFiles.Read<PublishBibliothequeRequest>(parsed.GetRequiredValue(file), cancellation);
            request.On = parsed.GetValue(on) ?? request.On;
            request.RequestId = request.RequestId.Length > 0 ? request.RequestId : $"cpom-{Guid.NewGuid():N}";
            var published = await remote.Engagements.PublishBibliothequeAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(published.Recorded, $"Bibliothèque {Words.VoletCode(request.Volet)} {request.Version} publiée"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List(CliEnvironment environment)
    {
        var volet = new Option<string>("--volet") { Description = "Seulement ce volet, comme A1.V2.", HelpName = "VOLET" };
        var version = new Option<string>("--version-of") { Description = "Seulement cette version.", HelpName = "VERSION", DefaultValueFactory = _ => "" };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("list", "Les engagements génériques publiés, et combien de contrats en viennent.", "cpom bibliotheque list") { volet, version, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListBibliothequesRequest { Volet = VoletOf(parsed.GetValue(volet)), Version = parsed.GetRequiredValue(version), AsOf = asOf.Of(parsed) };
            var list = await remote.Engagements.ListBibliothequesAsync(request, cancellationToken: cancellation);
            Output.Write(environment.Terminal, parsed.GetRequiredValue(format), EngagementTables.Of(list.Bibliotheques), list);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Volet VoletOf(string? code) => code is null
        ? Volet.Unspecified
        : Domain.Volets.TryParse(code, out var volet) ? (Volet)(int)volet : throw new CliException($"« {code} » n'est pas un volet : écrivez A1.V1 à A3.V3.");
}
