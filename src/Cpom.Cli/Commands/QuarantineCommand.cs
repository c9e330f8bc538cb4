using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>What waits for people: lines put aside, and facts whose entity or site is not known yet.</summary>
internal static class QuarantineCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var sha256 = new Option<string>("--sha256") { Description = "Les lignes mises de côté de ce fichier, avec ce qu'il faut corriger.", HelpName = "SHA256" };
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "quarantine",
            "Ce que l'import a mis de côté : lignes fautives par fichier, faits d'entités et de sites encore inconnus.",
            "cpom quarantine",
            "cpom quarantine --sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        {
            sha256, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var form = parsed.GetRequiredValue(format);
            if (parsed.GetValue(sha256) is { } content)
            {
                var request = new GetImportReportRequest { Sha256 = content, AsOf = asOf.Of(parsed) };
                var report = (await remote.Intake.GetImportReportAsync(request, cancellationToken: cancellation)).Report;
                Output.Write(environment.Terminal, form, IntakeTables.Rejected(report.Rejected.Select(line => (report.FileName, line))), report);
                return ExitCodes.Done;
            }

            var list = await List(remote, new ListQuarantineRequest { PageSize = Paging.PageSize, AsOf = asOf.Of(parsed) }, cancellation);
            Output.Write(environment.Terminal, form, IntakeTables.Quarantine(list.Entries), list, Words.Plural(list.TotalSize, "entrée", "entrées"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<ListQuarantineResponse> List(Remote remote, ListQuarantineRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Intake.ListQuarantineAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Entries.Add(page.Entries);
            all.NextPageToken = page.NextPageToken;
        });
}
