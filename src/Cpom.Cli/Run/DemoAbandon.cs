namespace Cpom.Cli.Run;

/// <summary>A project that was opened twice, and is given up before anybody signs it (decision 0044).</summary>
internal sealed class DemoAbandon(Stage stage)
{
    public async Task Play(EspicSansContrat espic, CancellationToken cancellation)
    {
        var numero = $"ABANDON-{espic.Entite}";
        var fiche = DemoEspic.FicheOf(espic, numero, stage.Environment.Today.AddDays(30));
        var played = await DemoAttempt.Of(async () =>
        {
            await stage.Remote.Contrats.OpenContratAsync(new() { Fiche = fiche, OpenedOn = Day(20), RequestId = $"run:{numero}:open" }, cancellationToken: cancellation);
            await stage.Host.Settle(cancellation);
            await stage.Remote.Contrats.AbandonContratAsync(
                new() { Contrat = Names.Contrat(numero), Reason = "Ouvert deux fois par erreur (démonstration).", On = Day(10), RequestId = $"run:{numero}:abandon" }, cancellationToken: cancellation);
        });
        if (played)
        {
            stage.Terminal.Out.WriteLine($"Projet {numero} : ouvert deux fois par erreur, abandonné.");
        }
    }

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
