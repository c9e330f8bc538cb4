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

/// <summary>
/// Every bound of Limits.cs, at it and over it, in plain figures so that a changed constant is seen: <see cref="Limits.EngagementTextLengthMax"/>,
/// <see cref="Limits.CiblesParIndicateur"/>, <see cref="Limits.AvenantItemsMax"/>. Those of a site, of an entité and of the warnings are in their own files.
/// </summary>
public sealed class LimitsSpecs
{
    [Fact(DisplayName = "R-034 Un objectif de 450 caractères est accepté")]
    public void Objectif_at_the_limit() =>
        Given(Projet).When(new AddEngagement(Engagement(objectif: new string('é', 450)), Before))
            .Then(new EngagementAdded(Before, Engagement(objectif: new string('é', 450))));

    [Fact(DisplayName = "R-034 Un objectif de 451 caractères est refusé")]
    public void Objectif_over_the_limit() =>
        Given(Projet).When(new AddEngagement(Engagement(objectif: new string('é', 451)), Before))
            .ThenRefusedSaying(RefusalCode.EngagementTextTooLong, "451 caractères, au plus 450");

    [Fact(DisplayName = "R-034 Un indicateur de 450 caractères est accepté")]
    public void Indicateur_at_the_limit()
    {
        var engagement = Engagement() with { Indicateurs = [Indicateur(), Indicateur(new string('x', 450))] };
        Given(Projet).When(new AddEngagement(engagement, Before)).Then(new EngagementAdded(Before, engagement));
    }

    [Fact(DisplayName = "R-034 Un indicateur de 451 caractères est refusé")]
    public void Indicateur_over_the_limit() =>
        Given(Projet)
            .When(new AddEngagement(Engagement() with { Indicateurs = [Indicateur(), Indicateur(new string('x', 451))] }, Before))
            .ThenRefused(RefusalCode.EngagementTextTooLong);

    [Theory(DisplayName = "R-027 Un indicateur a cinq cibles, ni quatre ni six")]
    [InlineData(4)]
    [InlineData(6)]
    public void Cibles(int count) =>
        Given(Projet)
            .When(new AddEngagement(Engagement() with { Indicateurs = [Indicateur() with { Cibles = new string?[count].ToValueList() }] }, Before))
            .ThenRefused(RefusalCode.CiblesWrongCount);

    [Fact(DisplayName = "Un avenant de 20 000 éléments s'ouvre")]
    public void Avenant_at_the_limit()
    {
        var (history, items) = Many(20_000);
        Given(history).When(Request("r1", items)).Then(new AvenantOpened(Today, 1, Request("r1", items), items.ToValueList()));
    }

    [Fact(DisplayName = "Un avenant de 20 001 éléments est refusé")]
    public void Avenant_over_the_limit()
    {
        var (history, items) = Many(20_001);
        Given(history).When(Request("r1", items)).ThenRefused(RefusalCode.AvenantTooLarge);
        Given(history).When(Request("r1") with { AllPending = true }).ThenRefused(RefusalCode.AvenantTooLarge);
    }

    private static (ContratEvent[] History, string[] Items) Many(int count)
    {
        var acts = Enumerable.Range(1, count).Select(n => Act(1, null, Mig with { Reference = $"{n}" })).ToList();
        return ([.. EnVigueur, .. acts.Select(a => Pended(a))], [.. acts.Select(a => a.Id)]);
    }
}
