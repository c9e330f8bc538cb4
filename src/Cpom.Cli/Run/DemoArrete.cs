namespace Cpom.Cli.Run;

/// <summary>A hospital of the fictional region that has not signed within a year of the PRS: the director general fixes its engagements by arrêté .</summary>
internal sealed class DemoArrete(Stage stage)
{
    private const string Prs = "PRS (démonstration)";

    /// <summary>Days before today.</summary>
    private const int Adopted = 800;
    private const int Fixed = 30;

    public async Task Play(EspicSansContrat espic, CancellationToken cancellation)
    {
        var numero = $"ARRETE-{espic.Entite}";
        var from = espic.From < stage.Environment.Today ? stage.Environment.Today.AddDays(-Fixed) : espic.From;
        var played = await DemoAttempt.Of(async () =>
        {
            await stage.Remote.Sanctions.AdoptPrsAsync(new() { Nom = Prs, AdoptedOn = Day(Adopted), RequestId = "run:prs" }, cancellationToken: cancellation);
            await stage.Remote.Contrats.OpenContratAsync(
                new() { Fiche = DemoEspic.FicheOf(espic, numero, from), OpenedOn = Day(Fixed + 60), RequestId = $"run:{numero}:open" }, cancellationToken: cancellation);
            await stage.Host.Settle(cancellation); // Its acts are in before anybody fixes it; the PRS is read from the replica.
            var request = new FixByArreteRequest
            {
                Contrat = Names.Contrat(numero),
                Prs = Prs,
                Courrier = new() { Numero = "ARRETE-DEMO-1", Document = "arrete-demonstration.pdf", Sha256 = new string('0', 64) },
                On = Day(Fixed),
                Penalites = "Cinq pour cent au plus des produits (démonstration).",
                Engagements = { DemoEspic.EngagementOf(espic) },
                RequestId = $"run:{numero}:fix",
            };
            await stage.Remote.Sanctions.FixByArreteAsync(request, cancellationToken: cancellation);
        });
        if (played)
        {
            stage.Terminal.Out.WriteLine($"Contrat {numero} : faute de signature un an après le PRS, un arrêté du {Day(Fixed)} fixe ses engagements (R-101).");
        }
    }

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
