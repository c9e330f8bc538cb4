using Cpom.Cli.Commands;

namespace Cpom.Cli.Run;

/// <summary>One financing of the fictional region that an RC conditions: a MIG of the first contrat in force that has an RC too.</summary>
internal sealed class DemoLien(Stage stage)
{
    private const string Mig = "MIG";

    public async Task Play(CancellationToken cancellation)
    {
        var asOf = new AsOf { MinLogPosition = await stage.Host.Position(cancellation) };
        var rows = (await PortfolioCommand.Query(stage.Remote, new QueryRequest { Filter = "statut = en_vigueur", OrderBy = "numero", PageSize = Paging.PageSize, AsOf = asOf }, cancellation)).Rows;
        foreach (var row in rows)
        {
            var contrat = (await stage.Remote.Contrats.GetContratAsync(new() { Name = row.Name, AsOf = asOf }, cancellationToken: cancellation)).Contrat;
            if (Pair(contrat) is var (financement, rc))
            {
                var request = new LinkFinancementRequest { Contrat = row.Name, LigneFinancement = financement.Id, LigneRc = rc.Id, RequestId = $"run:{row.Numero}:link" };
                await stage.Remote.Contrats.LinkFinancementAsync(request, cancellationToken: cancellation);
                stage.Terminal.Out.WriteLine($"Contrat {row.Numero} : le financement {financement.Id} dépend de la RC {rc.Id} ; si elle se perd, il est signalé (R-134).");
                return;
            }
        }
    }

    /// <summary>The first of both, of one site where there is such.</summary>
    private static (Ligne Financement, Ligne Rc)? Pair(Contrat contrat)
    {
        var lignes = contrat.Volets.SelectMany(volet => volet.Lignes).Select(held => held.Ligne).ToList();
        var pairs =
            from financement in lignes
            where financement.Financement?.SousEnveloppe == Mig
            from rc in lignes
            where rc.Rc is not null
            orderby financement.Finess == rc.Finess descending
            select ((Ligne, Ligne)?)(financement, rc);
        return pairs.FirstOrDefault();
    }
}
