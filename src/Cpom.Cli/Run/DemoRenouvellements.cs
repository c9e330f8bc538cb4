using Cpom.Cli.Commands;

namespace Cpom.Cli.Run;

/// <summary>Renewals that structures of the fictional region ask for (L-01, L-02): one waits for its answer, one is granted, one refused.</summary>
internal sealed class DemoRenouvellements(Stage stage)
{
    private const string Refus = "L'offre du territoire a changé (démonstration).";

    private enum Reponse
    {
        Attendue,
        Accordee,
        Refusee,
    }

    public async Task Play(CancellationToken cancellation)
    {
        const string Filter = "statut = en_vigueur AND negociation = aucune AND procedures = 0 AND renewed_by = \"\" AND renouvellement = sans_objet AND contrat_unique = non AND nature = ordinaire";
        var query = new QueryRequest { Filter = Filter, OrderBy = "date_fin, numero", PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } };
        var rows = (await PortfolioCommand.Query(stage.Remote, query, cancellation)).Rows.DistinctBy(row => row.Entite);
        foreach (var (row, reponse) in rows.Zip(Enum.GetValues<Reponse>()))
        {
            if (await DemoAttempt.Of(() => Ask(row, reponse, cancellation)))
            {
                stage.Terminal.Out.WriteLine($"Contrat {row.Numero} : renouvellement demandé, réponse {Word(reponse)}.");
            }
        }
    }

    private async Task Ask(PortfolioRow row, Reponse reponse, CancellationToken cancellation)
    {
        await stage.Remote.Echeances.AskRenouvellementAsync(new() { Contrat = row.Name, On = Day(30), RequestId = $"run:{row.Numero}:ask" }, cancellationToken: cancellation);
        if (reponse == Reponse.Accordee)
        {
            var contrat = (await stage.Remote.Contrats.GetContratAsync(new() { Name = row.Name }, cancellationToken: cancellation)).Contrat;
            await stage.Remote.Engagements.RecordRapportFinalAsync(
                new() { Contrat = row.Name, Bilan = DemoBilan.Of(contrat), On = Day(20), RequestId = $"run:{row.Numero}:report" }, cancellationToken: cancellation);
        }

        if (reponse != Reponse.Attendue)
        {
            var answer = new AnswerRenouvellementRequest
            {
                Contrat = row.Name, Granted = reponse == Reponse.Accordee, Reason = reponse == Reponse.Refusee ? Refus : "", On = Day(5), RequestId = $"run:{row.Numero}:answer",
            };
            await stage.Remote.Echeances.AnswerRenouvellementAsync(answer, cancellationToken: cancellation);
        }
    }

    private static string Word(Reponse reponse) => reponse switch
    {
        Reponse.Accordee => "accordée",
        Reponse.Refusee => "refusée",
        _ => "attendue",
    };

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
