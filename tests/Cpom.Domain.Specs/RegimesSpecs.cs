using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The bounds that change with the law, in both regimes.</summary>
public sealed class RegimesSpecs
{
    private static readonly Fiche Fiche2018 = FicheEps with { DateEffet = new(2019, 3, 1), DateFin = new(2024, 2, 29) };

    [Fact(DisplayName = "L-03 Le régime de 2025 commence le 25 février 2025")]
    public void Switch_day()
    {
        Assert.Equal("2018", Regimes.Of(new(2025, 2, 24)).Code);
        Assert.Equal("2025", Regimes.Of(new(2025, 2, 25)).Code);
    }

    [Fact(DisplayName = "R-013 Cinq ans jour pour jour sont acceptés sous le régime de 2018")]
    public void Longest_2018() => Given().When(Open(Fiche2018)).Then(new ContratOpened(Before, Fiche2018, [SiteA, SiteB]));

    [Fact(DisplayName = "R-013 Un contrat qui prend effet à la fin du calendrier est décidé comme un autre (trouvé par make fuzz)")]
    public void End_of_calendar()
    {
        var fiche = FicheEps with { DateEffet = DateOnly.MaxValue, DateFin = DateOnly.MaxValue };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
    }

    [Fact(DisplayName = "R-013 Un jour de plus que cinq ans est refusé sous le régime de 2018")]
    public void Too_long_2018() =>
        Given().When(Open(Fiche2018 with { DateFin = new(2024, 3, 1) })).ThenRefusedSaying(RefusalCode.DureeTooLong, "29/02/2024");

    [Fact(DisplayName = "R-014 Moins de cinq ans est accepté sous le régime de 2018")]
    public void Shorter_2018()
    {
        var fiche = Fiche2018 with { DateFin = new(2022, 2, 28), MotifDuree = "fusion prévue" };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
    }

    [Fact(DisplayName = "R-013 Un jour de plus que cinq ans est refusé sous le régime de 2025")]
    public void Too_long_2025() =>
        Given().When(Open(FicheEps with { DateFin = DateFin.AddDays(1) })).ThenRefused(RefusalCode.DureeTooLong);

    [Theory(DisplayName = "L-02 Sous le régime de 2025 un établissement de santé contracte pour cinq ans exactement")]
    [InlineData(PartieKind.Eps)]
    [InlineData(PartieKind.Espic)]
    [InlineData(PartieKind.PriveLucratif)]
    [InlineData(PartieKind.GcsEtablissement)]
    public void Exact_2025(PartieKind partie) =>
        Given().When(Open(FicheEps with { Partie = partie, DateFin = DateFin.AddDays(-1) })).ThenRefused(RefusalCode.DureeNotExact);

    [Fact(DisplayName = "L-02 Un autre titulaire peut contracter pour moins longtemps")]
    public void Shorter_2025()
    {
        var fiche = FicheEps with { Partie = PartieKind.Cabinet, DateFin = DateFin.AddDays(-1) };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
    }

    [Fact(DisplayName = "R-031 Le dixième engagement est accepté")]
    public void Tenth_engagement() =>
        Given(With(9)).When(new AddEngagement(Engagement(10), Before)).Then(new EngagementAdded(Before, Engagement(10)));

    [Fact(DisplayName = "R-031 Le onzième engagement est refusé")]
    public void Eleventh_engagement() =>
        Given(With(10)).When(new AddEngagement(Engagement(11), Before)).ThenRefusedSaying(RefusalCode.EngagementsTooMany, "10");

    [Fact(DisplayName = "R-031 Le onzième engagement est refusé aussi sous le régime de 2018")]
    public void Eleventh_engagement_2018() =>
        Given([new ContratOpened(Before, Fiche2018, [SiteA, SiteB]), .. With(10)[1..]])
            .When(new AddEngagement(Engagement(11), Before)).ThenRefused(RefusalCode.EngagementsTooMany);

    [Theory(DisplayName = "R-001 Qui doit avoir un contrat, selon le régime")]
    [InlineData(PartieKind.Eps, "autorisation", "R-001", "R-001")]
    [InlineData(PartieKind.Espic, "rc", "R-001", "R-001")]
    [InlineData(PartieKind.PriveLucratif, "eml", "R-001", null)]
    [InlineData(PartieKind.Eps, "fir", "R-001", "R-001")]
    [InlineData(PartieKind.Espic, "fir", null, null)]
    [InlineData(PartieKind.Cabinet, "eml", "R-002", null)]
    [InlineData(PartieKind.Laboratoire, "autorisation", "R-002", null)]
    [InlineData(PartieKind.PersonnePhysique, "rc", null, null)]
    [InlineData(PartieKind.GcsMoyens, "eml", "R-007", null)]
    [InlineData(PartieKind.GcsMoyens, "fir", "R-007", "R-007")]
    [InlineData(PartieKind.GcsMoyens, "autorisation", null, null)]
    [InlineData(PartieKind.Ght, "autorisation", null, null)]
    public void Obligation(PartieKind kind, string held, string? rule2018, string? rule2025)
    {
        var holdings = new Holdings(held == "autorisation", held == "eml", held == "rc", held == "fir");
        Assert.Equal(rule2018, Parties.ObligationOf(Regimes.Regime2018, kind, holdings)?.Rule);
        Assert.Equal(rule2025, Parties.ObligationOf(Regimes.Regime2025, kind, holdings)?.Rule);
    }

    [Theory(DisplayName = "R-006 La nature d'une entité se lit dans son statut juridique")]
    [InlineData("10", PartieKind.Eps)]
    [InlineData("16", PartieKind.Eps)]
    [InlineData("17", PartieKind.AutrePublic)]
    [InlineData("28", PartieKind.GcsEtablissement)]
    [InlineData("40", PartieKind.Espic)]
    [InlineData("65", PartieKind.Espic)]
    [InlineData("66", PartieKind.GcsMoyens)]
    [InlineData("70", PartieKind.PersonnePhysique)]
    [InlineData("72", PartieKind.PriveLucratif)]
    [InlineData("75", PartieKind.Cabinet)]
    [InlineData("85", PartieKind.Laboratoire)]
    [InlineData(null, PartieKind.AutrePublic)]
    public void Kind_of_statut(string? statut, PartieKind kind) => Assert.Equal(kind, Parties.KindOf(statut));

    private static ContratEvent[] With(int engagements) =>
        [.. Projet, .. Enumerable.Range(1, engagements).Select(n => new EngagementAdded(Before, Engagement(n)))];
}
