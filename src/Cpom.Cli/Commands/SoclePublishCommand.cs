using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class SoclePublishCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var version = new Argument<string>("version") { Description = "Version, par laquelle les contrats désignent ce texte.", HelpName = "VERSION" };
        var file = new Option<FileInfo>("--file")
        {
            Description = "Les sept clauses en JSON (fondements, champ, suivi, revision, sanctions, renouvellement, duree), comme SocleTexte de socles.proto.",
            HelpName = "FICHIER",
            Required = true,
        };
        var on = new Options.DayOption("--on", "Jour de la publication (par défaut aujourd'hui).");
        var requestId = new Option<string>("--request-id") { Description = "Identifiant de la demande ; reste dans l'historique.", HelpName = "ID" };
        var command = new Verb(
            "publish",
            "Publie une version du socle, une fois : le même texte de nouveau ne change rien, un autre texte demande une autre version.",
            "cpom socle publish SOCLE-2026-1 --file socle.json")
        {
            version, file, on, requestId,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new PublishSocleRequest
            {
                Version = parsed.GetRequiredValue(version),
                Texte = await JsonFiles.Read<SocleTexte>(parsed.GetRequiredValue(file), cancellation),
                On = parsed.GetValue(on) ?? "",
                RequestId = parsed.GetValue(requestId) ?? $"cpom-{Guid.NewGuid():N}",
            };
            var published = await remote.Socles.PublishSocleAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(published.Recorded, $"Socle {request.Version} publié"));
            return ExitCodes.Done;
        });
        return command;
    }
}
