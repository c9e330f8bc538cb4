using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Edges of what is advised: one of several, counts, and when it no longer is.</summary>
public sealed class ConseilBornesSpecs
{
    private static readonly Indicateur Blank = Indicateur() with { ValeurReference = null, Cibles = [null, null, null, null, null] };
    private static readonly EngagementChange[] Larges = [.. new[] { Volet.A1V1, Volet.A1V2, Volet.A1V3, Volet.A2V3 }.Select((volet, n) => new EngagementChange.Add(Engagement(n + 1, $"Objectif {n}") with { Volet = volet }))];

    [Fact(DisplayName = "R-133 Un indicateur mal défini parmi d'autres suffit à être signalé")]
    public void One_vague() => Assert.Contains("R-133", Rules(Engagement() with { Contrepartie = Rc.Id, Indicateurs = [Indicateur(), Indicateur() with { Source = "" }] }));

    [Fact(DisplayName = "L-08 Sans cible chiffrée, l'objectif d'une activité autorisée n'est pas quantifié ; une seule suffit")]
    public void Quantified()
    {
        var engagement = Engagement() with { Contrepartie = Amm.Id };
        Assert.Contains("L-08", Rules(engagement with { Indicateurs = [Blank] }));
        Assert.Contains("L-08", Rules(engagement with { Indicateurs = [Blank with { Cibles = ["à définir", null, null, null, null] }] }));
        Assert.DoesNotContain("L-08", Rules(engagement with { Indicateurs = [Blank with { Cibles = ["12", null, null, null, null] }] }));
    }

    [Fact(DisplayName = "R-040 Un indicateur non mesurable parmi d'autres suffit à être signalé")]
    public void One_unmeasured() => Assert.Contains("R-040", Rules(Engagement() with { Indicateurs = [Indicateur(), Indicateur() with { Cibles = ["mieux", null, null, null, null] }] }));

    [Fact(DisplayName = "R-028 La cible d'un seul indicateur après la fin du contrat est signalée, avec son année")]
    public void Target_after_the_end()
    {
        var state = State([.. Of(FicheEps with { DateFin = new(2028, 12, 31), MotifDuree = "fusion" }), new EngagementAdded(Before, Engagement() with { Indicateurs = [Blank, Indicateur() with { Cibles = ["1", "2", "3", null, null] }] })]);
        Assert.Contains("2029", Assert.Single(ContratWarnings.Of(state), w => w.Rule == "R-028").Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("R-028", Rules(Engagement()));
    }

    [Fact(DisplayName = "R-096 Une commission médicale informée n'a pas été consultée ; consultée, elle l'a été")]
    public void Informed_only()
    {
        ContratEvent[] medical = [.. Projet, new EngagementAdded(Before, Engagement() with { ImpactMedical = true })];
        Assert.Contains("R-096", RulesOf([.. medical, Heard(Instance.Cme, ConsultationKind.Information)]));
        Assert.Contains("R-096", RulesOf([.. medical, Heard(Instance.Directoire, ConsultationKind.Avis)]));
        Assert.DoesNotContain("R-096", RulesOf([.. medical, Heard(Instance.Cme, ConsultationKind.Avis)]));

        static ConsultationRecorded Heard(Instance instance, ConsultationKind kind) => new(Before, null, new(instance, kind, Before));
    }

    [Fact(DisplayName = "R-060 Un avenant large est signalé tant qu'il est en cours, et pour ce qui s'y négocie")]
    public void Wide_avenant()
    {
        ContratEvent[] wide = [.. EnVigueur, Opened(1), .. Larges.Select(c => new AvenantEngagementChanged(Today, 1, c))];
        Assert.Contains("R-060", RulesOf(wide));
        Assert.DoesNotContain("R-060", RulesOf(wide[..^1]));
        Assert.DoesNotContain("R-060", RulesOf([.. wide, new AvenantAbandoned(Today, 1, "retard")]));
        Assert.DoesNotContain("R-060", RulesOf([.. wide, .. Signed(1), new AvenantIntegrated(new(2026, 7, 1), 1)]));
    }

    [Fact(DisplayName = "R-060 Le périmètre d'un projet bouge sans que ce soit une modification")]
    public void Moves_of_a_project()
    {
        Assert.DoesNotContain("R-060", RulesOf([.. Projet, new SiteLeft(DateEffet.AddDays(1), SiteA)]));
        Assert.Contains("R-060", RulesOf([.. EnVigueur, new SiteLeft(DateEffet.AddDays(1), SiteA)]));
        Assert.DoesNotContain("R-060", RulesOf([.. EnVigueur, new SiteLeft(DateEffet, SiteA)]));
    }

    private static ContratEvent[] Of(Fiche fiche) => [new ContratOpened(Before, fiche, [SiteA, SiteB])];

    private static IEnumerable<string> Rules(Engagement engagement) => RulesOf([.. Projet, new EngagementAdded(Before, engagement)]);

    private static IEnumerable<string> RulesOf(ContratEvent[] history) => ContratWarnings.Of(State(history)).Select(w => w.Rule);

    private static ContratState.Ouvert State(ContratEvent[] history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
