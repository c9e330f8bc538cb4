using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

internal static class AvenantShowCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var numero = new ContratArgument();
        var rank = new AvenantArgument();
        var asOf = new AsOfOptions();
        var format = new FormatOption();
        var command = new Verb("show", "Un avenant avec ses éléments et leurs preuves.", "cpom avenant show 11-75-C00001 1") { numero, rank, format };
        asOf.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var request = new GetAvenantRequest
            {
                Name = Names.Avenant(parsed.GetRequiredValue(numero), parsed.GetRequiredValue(rank)),
                AsOf = asOf.Of(parsed),
                PageSize = Paging.PageSize,
            };
            var whole = await Paging.All(
                async token =>
                {
                    request.PageToken = token;
                    return await remote.Avenants.GetAvenantAsync(request, cancellationToken: cancellation);
                },
                page => page.NextPageToken,
                (all, page) => all.Avenant.Items.Add(page.Avenant.Items));
            Write(environment.Terminal, parsed.GetRequiredValue(format), whole.Avenant);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string format, Avenant avenant)
    {
        if (format != FormatOption.Table)
        {
            Output.Write(terminal, format, ItemTables.Of(avenant.Items), avenant);
            return;
        }

        Output.Write(terminal, AvenantTables.Of([avenant]));
        Output.Write(terminal, ItemTables.Of(avenant.Items));
        Output.WriteLines(terminal, avenant.Changes.Select(AvenantTables.Change));
        if (avenant.AbandonReason.Length > 0)
        {
            terminal.Out.WriteLine($"Abandonné : {avenant.AbandonReason}");
        }
    }
}
