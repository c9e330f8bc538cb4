using Cpom.Cli.Commands;

namespace Cpom.Cli.Run;

/// <param name="From">Date d'effet of a contrat that it has not yet: its own has ended, or it never had one.</param>
internal sealed record EspicSansContrat(string Entite, string Departement, DateOnly From);

/// <summary>
/// Non-profit hospitals of the fictional region, each for one part that the others do not play: those without the contrat that they must have, and, where a
/// region has too few of them, those whose contrat is to end.
/// </summary>
internal static class DemoEspic
{
    /// <summary>Days since when those without contrat are given one.</summary>
    private const int Since = 300;

    public static async Task<IReadOnlyList<EspicSansContrat>> Find(Stage stage, int count, CancellationToken cancellation)
    {
        var now = new AsOf { MinLogPosition = await stage.Host.Position(cancellation) };
        var alerts = await AlertsCommand.List(stage.Remote, new ListAlertsRequest { PageSize = Paging.PageSize, AsOf = now }, cancellation);
        var query = new QueryRequest { Filter = "partie = espic AND statut = en_vigueur AND renewed_by = \"\"", OrderBy = "date_fin desc, numero", PageSize = Paging.PageSize, AsOf = now };
        var rows = (await PortfolioCommand.Query(stage.Remote, query, cancellation)).Rows.Where(row => row.Ghts.Count == 0);
        return
        [
            .. alerts.Alerts.Where(alert => alert.Partie == Partie.Espic && alert.Obligation is not null)
                .Select(alert => new EspicSansContrat(alert.Entite, alert.Departement, stage.Environment.Today.AddDays(-Since)))
                .Concat(rows.Select(row => new EspicSansContrat(row.Entite, row.Departement, DateOnly.ParseExact(row.DateFin, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1))))
                .DistinctBy(espic => espic.Entite)
                .Take(count),
        ];
    }

    /// <summary>On the whole entity, for as long as its regime allows.</summary>
    public static V1.Fiche FicheOf(EspicSansContrat espic, string numero, DateOnly from) => new()
    {
        Numero = numero,
        Entite = espic.Entite,
        WholeEntite = true,
        DateEffet = Day(from),
        DateFin = Day(Domain.Regimes.LastDay(Domain.Regimes.Of(from), from)),
        SocleVersion = Sample.SampleSocle.Versions[^1],
    };

    public static V1.Engagement EngagementOf(EspicSansContrat espic) => new()
    {
        Number = 1,
        Volet = Volet.A1V2,
        Finess = { espic.Entite },
        Objectif = "Réduire le délai d'accès à une première consultation",
        Type = EngagementType.Generique,
        Indicateurs = { new V1.Indicateur { Libelle = "Délai médian d'accès, en jours", Cibles = { "30", "25", "20", "15", "15" } } },
    };

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
