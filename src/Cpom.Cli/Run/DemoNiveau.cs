namespace Cpom.Cli.Run;

/// <summary>R-118: one hospital of the fictional region with which the region itself negotiates, as the guide says of AP-HP; its contrats follow.</summary>
internal sealed class DemoNiveau(Stage stage)
{
    private const string Motif = "Envergure régionale (démonstration).";

    public async Task Play(CancellationToken cancellation)
    {
        var query = new QueryRequest
        {
            Filter = "statut = en_vigueur AND partie = eps AND contrat_unique = non", OrderBy = "numero", PageSize = 1, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) },
        };
        if ((await stage.Remote.Portfolio.QueryAsync(query, cancellationToken: cancellation)).Rows is [{ } row, ..])
        {
            var request = new SetNiveauEntiteRequest { Entite = Names.Entite(row.Entite), Niveau = Niveau.Regional, Motif = Motif, On = DemoEspic.Day(stage.Environment.Today), RequestId = $"run:{row.Entite}:niveau" };
            await stage.Remote.Entites.SetNiveauEntiteAsync(request, cancellationToken: cancellation);
            stage.Terminal.Out.WriteLine($"La région négocie elle-même avec {row.Nom} (R-118) ; ses contrats suivent.");
        }
    }
}
