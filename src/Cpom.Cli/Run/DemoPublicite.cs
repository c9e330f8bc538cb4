using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>Who asks to be given a contrat (R-106): one is, one is refused, one waits; a caisse that the structure is to tell (R-108); a project sent for signature (R-121).</summary>
internal sealed class DemoPublicite(Stage stage)
{
    private const string Mark = "(démonstration)";

    private static readonly Document Texte = new() { Nom = "projet-demonstration.pdf", Sha256 = new string('0', 64) };

    public async Task Play(CancellationToken cancellation)
    {
        var asked = 0;
        foreach (var (row, rank) in (await Query("original = archive AND contrat_unique = non", cancellation)).Take(3).Select((row, rank) => (row, rank)))
        {
            asked += await DemoAttempt.Of(() => Ask(row, rank, cancellation)) ? 1 : 0;
        }

        foreach (var row in (await Query("caisse = a_informer AND statut = en_vigueur", cancellation)).Take(1))
        {
            await DemoAttempt.Of(async () => await stage.Remote.Approbations.AssignNotificationAsync(
                new() { Contrat = row.Name, By = Notifiant.Structure, Personne = $"Directeur financier {Mark}", On = Day(3), RequestId = $"run:{row.Numero}:assign" }, cancellationToken: cancellation));
        }

        var sent = 0;
        foreach (var row in (await Query("approbation = a_signer", cancellation)).Take(1))
        {
            sent += await DemoAttempt.Of(async () => await stage.Remote.Approbations.TransmitTexteAsync(
                new() { Name = row.Name, Texte = Texte, On = Day(2), RequestId = $"run:{row.Numero}:transmit" }, cancellationToken: cancellation)) ? 1 : 0;
        }

        stage.Terminal.Out.WriteLine($"{Words.Plural(asked, "demande de communication d'un contrat", "demandes de communication d'un contrat")} (R-106) ; {Words.Plural(sent, "projet transmis", "projets transmis")} pour signature.");
    }

    private async Task Ask(PortfolioRow row, int rank, CancellationToken cancellation)
    {
        var reference = $"DEMANDE-{rank + 1}";
        await stage.Remote.Approbations.RecordDemandeAccesAsync(
            new() { Contrat = row.Name, Reference = reference, Demandeur = $"Association d'usagers {Mark}", On = Day(5), RequestId = $"run:{row.Numero}:demande" }, cancellationToken: cancellation);
        if (rank < 2)
        {
            var answer = new AnswerDemandeAccesRequest
            {
                Contrat = row.Name, Reference = reference, Communicated = rank == 0, Reason = rank == 0 ? "" : $"La demande ne dit pas de quel document il s'agit {Mark}.", On = Day(1), RequestId = $"run:{row.Numero}:reponse",
            };
            await stage.Remote.Approbations.AnswerDemandeAccesAsync(answer, cancellationToken: cancellation);
        }
    }

    private async Task<IEnumerable<PortfolioRow>> Query(string filter, CancellationToken cancellation) => (await PortfolioCommand.Query(
        stage.Remote,
        new QueryRequest { Filter = filter, OrderBy = "numero", PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } },
        cancellation)).Rows;

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
