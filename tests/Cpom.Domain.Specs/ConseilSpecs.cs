using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>
/// What is advised of engagements and avenants, in plain figures: <see cref="Limits.RedondancePercentMin"/>, <see cref="Limits.VoletsParAvenantAdvised"/>,
/// <see cref="Limits.PerimetreMovedPercentAdvised"/>.
/// </summary>
public sealed class ConseilSpecs
{
    [Theory(DisplayName = "R-037 Deux objectifs qui partagent 60 % de leurs mots se ressemblent")]
    [InlineData("Développer la télémédecine en EHPAD", "développer LA TELEMEDECINE dans les EHPAD", 75)]
    [InlineData("Réduire les délais d'attente aux urgences", "Réduire les délais d'attente en imagerie", 60)]
    [InlineData("Réduire les délais d'attente", "Recruter des infirmiers", 0)]
    [InlineData("", "", 0)]
    public void Similarity(string one, string other, int percent) => Assert.Equal(percent, Redondances.SimilarityOf(one, other));

    [Theory(DisplayName = "R-037 Deux engagements d'un contrat qui se ressemblent sont signalés, jamais refusés")]
    [InlineData("Réduire les délais d'attente en imagerie", true)]
    [InlineData("Réduire les délais opératoires en imagerie", false)]
    public void Within(string second, bool warned) => Assert.Equal(
        warned, Rules(Engagement(1, "Réduire les délais d'attente aux urgences"), Engagement(2, second)).Contains("R-037"));

    [Fact(DisplayName = "R-037 Un engagement qui répète un autre contrat est signalé avec le lieu où il se trouve")]
    public void Elsewhere()
    {
        var found = Redondances.Against([Engagement()], [("l'engagement 3 du contrat CAQES-1", "Développer la télémédecine"), ("le contrat CLS-2", "Prévenir les chutes")]);
        Assert.Contains("CAQES-1", Assert.Single(found).Detail, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "R-044 Un engagement générique sans sa fiche est signalé")]
    public void Generic_without_entry()
    {
        Assert.Contains("R-044", Rules(Engagement() with { Type = EngagementType.Generique }));
        Assert.DoesNotContain("R-044", Rules(Engagement() with { Type = EngagementType.Generique, Generique = new("2026", "TELEMED") }));
        Assert.DoesNotContain("R-044", Rules(Engagement()));
    }

    [Fact(DisplayName = "R-133 L'indicateur d'une reconnaissance contractuelle est précisément défini")]
    public void Rc_indicateur()
    {
        var vague = Engagement() with { Contrepartie = Rc.Id, Indicateurs = [Indicateur() with { ModeCalcul = "" }] };
        Assert.Contains("R-133", Rules(vague));
        Assert.Contains("R-133", Rules(vague with { Indicateurs = [Indicateur() with { Source = " " }] }));
        Assert.Contains("R-133", Rules(vague with { Indicateurs = [Indicateur() with { Unite = "" }] }));
        Assert.DoesNotContain("R-133", Rules(vague with { Indicateurs = [Indicateur()] }));
        Assert.DoesNotContain("R-133", Rules(vague with { Contrepartie = null }));
    }

    [Fact(DisplayName = "L-08 L'objectif d'une activité autorisée est quantifié")]
    public void Quantified()
    {
        var vague = Engagement() with { Contrepartie = Amm.Id, Indicateurs = [Indicateur() with { Unite = "oui/non", ValeurReference = null, Cibles = ["oui", null, null, null, null] }] };
        Assert.Contains("L-08", Rules(vague));
        Assert.Contains("L-08", Rules(vague with { Contrepartie = null, Volet = Volet.A2V1 }));
        Assert.DoesNotContain("L-08", Rules(vague with { Indicateurs = [.. vague.Indicateurs, Indicateur()] }));
        Assert.DoesNotContain("L-08", Rules(vague with { Contrepartie = null }));
        Assert.DoesNotContain("L-08", Rules());
    }

    [Theory(DisplayName = "R-060 Un avenant qui touche plus de trois volets conseille un nouveau contrat")]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Many_volets(int volets, bool warned)
    {
        Volet[] touched = [Volet.A1V1, Volet.A1V2, Volet.A3V1, Volet.A3V2];
        ContratEvent[] changes = [.. touched.Take(volets).Select((v, n) => new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement(n + 1) with { Volet = v })))];
        Assert.Equal(warned, RulesOf([.. EnVigueur, Opened(1), .. changes]).Contains("R-060"));
    }

    [Fact(DisplayName = "R-060 Les volets que les actes changent comptent avec ceux des engagements")]
    public void Items_count()
    {
        var (rc, aut, mig) = (Act(1, null, Rc), Act(1, null, Amm), Act(1, null, Mig));
        ContratEvent[] history = [.. EnVigueur, Pended(rc), Pended(aut), Pended(mig), Opened(1, rc.Id, aut.Id, mig.Id)];
        Assert.DoesNotContain("R-060", RulesOf(history));
        Assert.Contains("R-060", RulesOf([.. history, new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement()))]));
    }

    [Theory(DisplayName = "R-060 Un quart des sites entrés ou sortis depuis la date d'effet conseille un nouveau contrat")]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Perimeter(int others, bool warned)
    {
        string[] sites = [SiteA, .. Enumerable.Range(1, others).Select(n => $"7501001{n:D2}")];
        ContratEvent[] history = [new ContratOpened(Before, FicheEps, sites.ToValueList()), .. EnVigueur[1..], new SiteLeft(Today, SiteA)];
        Assert.Equal(warned, RulesOf(history).Contains("R-060"));
        Assert.DoesNotContain("R-060", RulesOf([.. history[..^1], new SiteLeft(DateEffet, SiteA)]));
    }

    private static List<string> Rules(params Engagement[] engagements) => RulesOf([.. Projet, .. engagements.Select(e => new EngagementAdded(Before, e))]);

    private static List<string> RulesOf(IEnumerable<ContratEvent> history) =>
        [.. ContratWarnings.Of((ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve)).Select(w => w.Rule)];
}
