namespace Cpom.Cli.Run;

/// <summary>What else happens to contrats in the fictional region: imposed, bridged, renewed, amended, asked for, given up.</summary>
internal sealed class DemoVie(Stage stage)
{
    public async Task Play(CancellationToken cancellation)
    {
        stage.Title("D'autres moments de la vie des contrats");
        await stage.Measure("arrêté, relais, renouvellements, avenants, demandes", async () =>
        {
            var espics = await DemoEspic.Find(stage, 3, cancellation);
            foreach (var (espic, rank) in espics.Select((espic, rank) => (espic, rank)))
            {
                await (rank switch
                {
                    0 => new DemoArrete(stage).Play(espic, cancellation),
                    1 => new DemoRelais(stage).Play(espic, NegociationIssue.Resignature, cancellation),
                    _ => new DemoRelais(stage).Play(espic, NegociationIssue.Avenant, cancellation),
                });
            }

            await new DemoRenouvellements(stage).Play(cancellation);
            await new DemoAvenants(stage).Play(cancellation);
            await new DemoPublicite(stage).Play(cancellation);
            await new DemoNiveau(stage).Play(cancellation);
            if (espics.Count > 0)
            {
                await new DemoAbandon(stage).Play(espics[^1], cancellation);
            }

            await stage.Host.Settle(cancellation);
            return espics.Count;
        });
    }
}
