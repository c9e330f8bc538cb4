using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What is advised and never blocks.</summary>
public sealed class WarningsSpecs
{
    /// <summary><see cref="Limits.EngagementsAdvisedMin"/>, in plain figures.</summary>
    [Theory(DisplayName = "R-031 Un ou deux engagements sont signalés ; aucun ou trois ne le sont pas")]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Few_engagements(int count, bool warned) =>
        Assert.Equal(warned, RulesOf([.. Enumerable.Range(1, count).Select(n => Engagement(n))]).Contains("R-031"));

    /// <summary><see cref="Limits.IndicateursParEtablissementAdvised"/>, in plain figures.</summary>
    [Theory(DisplayName = "R-033 Le onzième indicateur d'un établissement est signalé")]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Many_indicateurs(int count, bool warned) =>
        Assert.Equal(warned, RulesOf(Engagement() with { Indicateurs = Enumerable.Repeat(Indicateur(), count).ToValueList() }).Contains("R-033"));

    [Theory(DisplayName = "R-028 Une cible après la fin du contrat est signalée")]
    [InlineData("20", null, false)]
    [InlineData("20", "30", true)]
    public void Late_cible(string? fourth, string? fifth, bool warned) =>
        Assert.Equal(warned, RulesOf(Engagement() with { Indicateurs = [Indicateur() with { Cibles = ["1", null, null, fourth, fifth] }] }).Contains("R-028"));

    [Theory(DisplayName = "R-054 Un engagement pris en contrepartie d'une RC porte sur l'un des quatre thèmes de l'annexe")]
    [InlineData(EngagementTheme.Organisation, false)]
    [InlineData(EngagementTheme.Personnels, false)]
    [InlineData(EngagementTheme.Equipements, false)]
    [InlineData(EngagementTheme.Cooperations, false)]
    [InlineData(EngagementTheme.Fluidification, true)]
    [InlineData(null, true)]
    public void Theme_of_an_rc(EngagementTheme? theme, bool warned)
    {
        var engagement = Engagement() with { Contrepartie = Rc.Id, Themes = theme is { } one ? [one] : null };
        Assert.Equal(warned, RulesOf(engagement).Contains("R-054"));
        Assert.DoesNotContain("R-054", RulesOf(engagement with { Contrepartie = Amm.Id }));
        Assert.DoesNotContain("R-054", RulesOf(engagement with { Contrepartie = null }));
    }

    [Theory(DisplayName = "R-040 Un indicateur est un nombre, ou oui/non")]
    [InlineData("12", "15,5", false)]
    [InlineData("1 200", "-3 %", false)]
    [InlineData("non", "Oui", false)]
    [InlineData(null, "oui", false)]
    [InlineData("12", "oui", true)]
    [InlineData("12", "mieux", true)]
    public void Measured(string? reference, string cible, bool warned) => Assert.Equal(
        warned,
        RulesOf(Engagement() with { Indicateurs = [Indicateur() with { ValeurReference = reference, Cibles = [cible, null, null, null, null] }] }).Contains("R-040"));

    [Theory(DisplayName = "R-014 Une durée plus courte demande un motif")]
    [InlineData("2030-12-31", null, false)]
    [InlineData("2030-12-30", null, true)]
    [InlineData("2030-12-30", "fusion", false)]
    public void Short_contrat(string end, string? motif, bool warned)
    {
        var fiche = FicheEps with { DateFin = DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture), MotifDuree = motif };
        Assert.Equal(warned, RulesOf([new ContratOpened(Before, fiche, [SiteA])]).Contains("R-014"));
    }

    private static HashSet<string> RulesOf(params Engagement[] engagements) =>
        RulesOf([.. Projet, .. engagements.Select(e => new EngagementAdded(Before, e))]);

    private static HashSet<string> RulesOf(ContratEvent[] history) =>
        [.. ContratWarnings.Of((ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve)).Select(w => w.Rule)];
}
