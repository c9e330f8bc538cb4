using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>Other contracts of entities of the fictional region, one of each kind that the agency signs, and a private hospital that stays hors contrat.</summary>
internal sealed class DemoAutresContrats(Stage stage)
{
    private const string Objet = "Contrat de démonstration";
    private const string Specialite = "Anesthésie-réanimation";
    private const string Commune = "75056";

    public async Task Play(CancellationToken cancellation)
    {
        stage.Title("Les autres contrats des entités, et qui reste hors contrat");
        var query = new QueryRequest { Filter = "statut = en_vigueur AND partie = eps", OrderBy = "numero", PageSize = Paging.PageSize };
        var publics = (await PortfolioCommand.Query(stage.Remote, query, cancellation)).Rows.Select(row => row.Entite).Distinct().ToList();
        foreach (var (entite, contrat) in Repeated(publics).Zip(Contrats()))
        {
            contrat.Entite = Names.Entite(entite);
            await DemoAttempt.Of(async () => await stage.Remote.AutresContrats.RecordAutreContratAsync(
                new() { Contrat = contrat, RequestId = $"run:{contrat.Numero}" }, cancellationToken: cancellation));
            if (contrat.KindCase == AutreContrat.KindOneofCase.Cliniciens)
            {
                await DemoAttempt.Of(async () => await stage.Remote.AutresContrats.ConcludeClinicienAsync(
                    new() { Entite = contrat.Entite, Numero = contrat.Numero, Clinicien = new() { Reference = "CLIN-1", Specialite = Specialite, On = Day(100) } }, cancellationToken: cancellation));
            }
        }

        await DeclareHorsContrat(cancellation);
        await stage.Host.Settle(cancellation);
        var list = await stage.Remote.AutresContrats.ListAutresContratsAsync(new() { PageSize = Paging.PageSize }, cancellationToken: cancellation);
        Output.Write(stage.Terminal, AutreContratTables.Of(list.Contrats));
        var hors = await stage.Remote.Sanctions.ListHorsContratAsync(new(), cancellationToken: cancellation);
        Output.WriteLines(stage.Terminal, hors.Entites.Select(e => $"Hors contrat : {e.Nom} (EJ {Names.IdOf(e.Entite)}), depuis le {e.On} — {e.Motif}"));
    }

    /// <summary>R-103: a private for-profit hospital that has no contrat in force.</summary>
    private async Task DeclareHorsContrat(CancellationToken cancellation)
    {
        var alerts = await AlertsCommand.List(stage.Remote, new ListAlertsRequest { PageSize = Paging.PageSize }, cancellation);
        if (alerts.Alerts.FirstOrDefault(alert => alert.Partie == Partie.PriveLucratif) is { } alone)
        {
            var request = new DeclareHorsContratRequest { Entite = Names.Entite(alone.Entite), Motif = "Refus écrit de signer (démonstration).", On = Day(0) };
            await DemoAttempt.Of(async () => await stage.Remote.Sanctions.DeclareHorsContratAsync(request, cancellationToken: cancellation));
        }
    }

    private IEnumerable<AutreContrat> Contrats() =>
    [
        Of("CAQES-DEMO", c => c.Caqes = new() { Volets = { CaqesVolet.Transports, CaqesVolet.Pertinence } }),
        Of("PREF-DEMO", c => c.Pref = new() { Modalites = "Retour à l'équilibre en trois ans (démonstration)." }),
        Of("CLINICIENS-DEMO", c => c.Cliniciens = new() { Max = 3, Nature = "Exercice à temps plein", Specialites = { Specialite } }),
        Of("CLS-DEMO", c => c.Cls = new() { Communes = { Commune } }),
        Of("FIR-DEMO", c => c.ConventionFir = new()),
        Of("PROJET-DEMO", c => c.ProjetEtablissement = new()),
    ];

    private AutreContrat Of(string numero, Action<AutreContrat> kind)
    {
        var contrat = new AutreContrat { Numero = numero, Objet = Objet, From = Day(400), To = Day(-700) };
        kind(contrat);
        return contrat;
    }

    /// <summary>In turn, again from the first where a region has few.</summary>
    private static IEnumerable<string> Repeated(IReadOnlyList<string> entites) => entites.Count == 0 ? [] : Enumerable.Range(0, int.MaxValue).Select(n => entites[n % entites.Count]);

    private string Day(int before) => stage.Environment.Today.AddDays(-before).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
