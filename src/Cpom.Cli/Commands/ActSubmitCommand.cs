using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ActSubmitCommand
{
    /// <summary>The most acts that the server takes at once (intake.proto).</summary>
    private const int BatchMax = 1_000;

    public static Command Build(CliEnvironment environment)
    {
        var file = new Option<FileInfo>("--file") { Description = "Actes en JSON : {\"acts\": [ … ]}, comme SubmitActsRequest d'intake.proto.", HelpName = "FICHIER" };
        var requestId = new Option<string>("--request-id") { Description = "Identifiant de la demande ; reste dans l'historique.", HelpName = "ID" };
        var act = new ActOptions();
        var format = new FormatOption();
        var command = new Verb(
            "submit",
            "Soumet un acte par options, ou plusieurs par fichier ; chacun reçoit sa réponse. Code 1 si l'un d'eux n'est pas pris.",
            "cpom act submit --finess 750000026 --rc 11-75-RC00042 --activite R4 --modalite N1 --forme 01 --capacite 12 --valid-on 2026-10-01 --acte arrêté --acte-numero 2026-118",
            "cpom act submit --file actes.json --format json")
        {
            file, requestId, format,
        };
        act.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = await Read(parsed, parsed.GetValue(file), act, cancellation);
            var id = parsed.GetValue(requestId) ?? (request.RequestId.Length > 0 ? request.RequestId : $"cpom-{Guid.NewGuid():N}");
            var answer = await Submit(remote, request.Acts, id, cancellation);
            var recorded = answer.Answers.Count(a => a.Outcome == ActOutcome.Recorded);
            Output.Write(
                environment.Terminal,
                parsed.GetRequiredValue(format),
                IntakeTables.Acts(answer.Answers),
                answer,
                $"{Words.Plural(recorded, "acte enregistré", "actes enregistrés")} sur {Words.Count(answer.Answers.Count)} (position {answer.LogPosition.ToString(CultureInfo.InvariantCulture)} du journal)");
            return answer.Answers.All(IsTaken) ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static async Task<SubmitActsRequest> Read(ParseResult parsed, FileInfo? file, ActOptions act, CancellationToken cancellation)
    {
        if (file is null)
        {
            return new SubmitActsRequest { Acts = { act.Act(parsed) } };
        }

        return act.IsAnyGiven(parsed)
            ? throw new CliException("--file et les options d'un acte s'excluent.", isUsage: true)
            : await JsonFiles.Read<SubmitActsRequest>(file, cancellation);
    }

    private static async Task<SubmitActsResponse> Submit(Remote remote, IEnumerable<SubmittedAct> acts, string requestId, CancellationToken cancellation)
    {
        var all = new SubmitActsResponse();
        foreach (var batch in Batches(acts, requestId))
        {
            var answer = await remote.Intake.SubmitActsAsync(batch, cancellationToken: cancellation);
            all.Answers.Add(answer.Answers);
            all.LogPosition = answer.LogPosition;
        }

        return all;
    }

    /// <summary>Each batch is a request of its own: the server hears a request once of each line, and a line may be in several batches.</summary>
    internal static IEnumerable<SubmitActsRequest> Batches(IEnumerable<SubmittedAct> acts, string requestId) => acts
        .Chunk(BatchMax)
        .Select((batch, n) => new SubmitActsRequest { RequestId = n == 0 ? requestId : string.Create(CultureInfo.InvariantCulture, $"{requestId}.{n + 1}"), Acts = { batch } });

    private static bool IsTaken(ActAnswer answer) => answer.Outcome is ActOutcome.Recorded or ActOutcome.NothingNew or ActOutcome.Waiting;
}
