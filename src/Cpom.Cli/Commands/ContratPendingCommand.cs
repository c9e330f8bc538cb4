using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class ContratPendingCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var conflicts = new Option<bool>("--conflicts") { Description = "Seulement les éléments en conflit avec le contrat." };
        var volet = new Option<string>("--volet") { Description = "Seulement ce volet." };
        volet.AcceptOnlyFromAmong("A2.V1", "A2.V2", "A2.V4");
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb(
            "pending",
            "Ce qui attend le prochain avenant : volet, ligne, avant → après, date d'effet, conflits, et la preuve (acte, fichier, ligne).",
            "cpom contrat pending 11-75-C00001",
            "cpom contrat pending 11-75-C00001 --volet A2.V2 --format csv")
        {
            numero, volet, conflicts, format,
        };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new ListPendingItemsRequest
            {
                Contrat = Names.Contrat(parsed.GetRequiredValue(numero)),
                OnlyConflicts = parsed.GetValue(conflicts),
                Volet = VoletOf(parsed.GetValue(volet)),
                PageSize = Paging.PageSize,
                AsOf = asOf.Of(parsed),
            };
            var pending = await List(remote, request, cancellation);
            Output.Write(
                environment.Terminal,
                parsed.GetRequiredValue(format),
                ItemTables.Of(pending.Items),
                pending,
                $"{Words.Plural(pending.TotalSize, "élément en attente", "éléments en attente")} · version {pending.Etag} du contrat");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>All the pages of a contrat's pending items.</summary>
    public static Task<ListPendingItemsResponse> List(Remote remote, ListPendingItemsRequest request, CancellationToken cancellation) => Paging.All(
        async token =>
        {
            request.PageToken = token;
            return await remote.Contrats.ListPendingItemsAsync(request, cancellationToken: cancellation);
        },
        page => page.NextPageToken,
        (all, page) =>
        {
            all.Items.Add(page.Items);
            all.NextPageToken = page.NextPageToken;
        });

    private static Volet VoletOf(string? code) => code switch
    {
        "A2.V1" => Volet.A2V1,
        "A2.V2" => Volet.A2V2,
        "A2.V4" => Volet.A2V4,
        _ => Volet.Unspecified,
    };
}
