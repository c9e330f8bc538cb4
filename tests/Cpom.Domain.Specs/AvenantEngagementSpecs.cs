using System.Collections.Immutable;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The four ways in which an avenant changes engagements .</summary>
public sealed class AvenantEngagementSpecs
{
    private static readonly ContratEvent[] History = [.. Projet, new EngagementAdded(Before, Engagement()), .. EnVigueur[1..], Opened(1)];

    [Fact(DisplayName = "R-057 Un avenant ajoute un engagement, dont le texte est compté de même")]
    public void Adds() =>
        Given(History).When(Change(new EngagementChange.Add(Engagement(2, "Ope\u0301rer"))))
            .Then(Changed(new EngagementChange.Add(Engagement(2, "Opérer"))));

    [Fact(DisplayName = "R-034 Un avenant n'ajoute pas un engagement de 451 caractères")]
    public void Adds_too_long() =>
        Given(History).When(Change(new EngagementChange.Add(Engagement(2, new string('a', 451))))).ThenRefused(RefusalCode.EngagementTextTooLong);

    [Fact(DisplayName = "Un avenant n'ajoute pas un engagement sous un numéro pris")]
    public void Adds_over() =>
        Given(History).When(Change(new EngagementChange.Add(Engagement(1, "Autre")))).ThenRefused(RefusalCode.EngagementExistsDifferent);

    [Fact(DisplayName = "R-031 Un avenant ne porte pas un contrat à onze engagements")]
    public void Adds_too_many() =>
        Given([.. History, .. Enumerable.Range(2, 9).Select(n => Changed(new EngagementChange.Add(Engagement(n))))])
            .When(Change(new EngagementChange.Add(Engagement(11)))).ThenRefused(RefusalCode.EngagementsTooMany);

    [Fact(DisplayName = "Deux avenants en cours n'ajoutent pas d'engagement sous le même numéro")]
    public void Adds_beside_another_avenant() =>
        Given([.. History, Changed(new EngagementChange.Add(Engagement(2))), Opened(2)])
            .When(new ChangeEngagement(2, new EngagementChange.Add(Engagement(2, "Autre")), Today)).ThenRefused(RefusalCode.EngagementExistsDifferent);

    [Fact(DisplayName = "R-031 Deux avenants en cours ne portent pas ensemble un contrat à onze engagements")]
    public void Adds_too_many_beside_another_avenant() =>
        Given([.. History, .. Enumerable.Range(2, 9).Select(n => Changed(new EngagementChange.Add(Engagement(n)))), Opened(2)])
            .When(new ChangeEngagement(2, new EngagementChange.Add(Engagement(11)), Today)).ThenRefused(RefusalCode.EngagementsTooMany);

    [Fact(DisplayName = "R-057 Un avenant retire un engagement")]
    public void Removes() =>
        Given(History).When(Change(new EngagementChange.Remove(1))).Then(Changed(new EngagementChange.Remove(1)));

    [Fact(DisplayName = "R-057 Un avenant ne retire pas un engagement qui n'existe pas")]
    public void Removes_unknown() => Given(History).When(Change(new EngagementChange.Remove(7))).ThenRefused(RefusalCode.EngagementUnknown);

    [Fact(DisplayName = "R-057 Un avenant change une cible")]
    public void Changes_cible() =>
        Given(History).When(Change(new EngagementChange.ChangeCible(1, 1, 5, "25"))).Then(Changed(new EngagementChange.ChangeCible(1, 1, 5, "25")));

    [Fact(DisplayName = "R-057 Changer la cible d'un indicateur laisse celles des autres")]
    public void Changes_one_cible()
    {
        var two = Engagement() with { Indicateurs = [Indicateur("A"), Indicateur("B")] };
        var changed = EngagementRules.Apply(ImmutableSortedDictionary<int, Engagement>.Empty.Add(1, two), new EngagementChange.ChangeCible(1, 2, 5, "25"))[1];
        Assert.Equal([two.Indicateurs[0].Cibles, [.. two.Indicateurs[1].Cibles.Take(4), "25"]], changed.Indicateurs.Select(i => i.Cibles));
    }

    [Fact(DisplayName = "R-057 Une cible changée puis rechangée peut reprendre sa première valeur")]
    public void Changes_cible_back() =>
        Given([.. History, Changed(new EngagementChange.ChangeCible(1, 1, 5, "25")), Changed(new EngagementChange.ChangeCible(1, 1, 5, "30"))])
            .When(Change(new EngagementChange.ChangeCible(1, 1, 5, "25"))).Then(Changed(new EngagementChange.ChangeCible(1, 1, 5, "25")));

    [Theory(DisplayName = "R-057 Un avenant ne change pas une cible qui n'existe pas")]
    [InlineData(1, 0)]
    [InlineData(1, 6)]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public void Changes_unknown_cible(int indicateur, int rang) =>
        Given(History).When(Change(new EngagementChange.ChangeCible(1, indicateur, rang, "1"))).ThenRefused(RefusalCode.CibleUnknown);

    [Fact(DisplayName = "R-057 Un avenant ne change pas une cible d'un engagement qui n'existe pas")]
    public void Changes_cible_of_unknown() =>
        Given(History).When(Change(new EngagementChange.ChangeCible(9, 1, 1, "1"))).ThenRefused(RefusalCode.EngagementUnknown);

    [Fact(DisplayName = "R-057 Un avenant reporte une échéance")]
    public void Moves() =>
        Given(History).When(Change(new EngagementChange.MoveEcheance(1, 1, 3, 5))).Then(Changed(new EngagementChange.MoveEcheance(1, 1, 3, 5)));

    [Theory(DisplayName = "R-057 Un avenant ne reporte pas une cible vide, ni sur elle-même, ni hors des cinq ans")]
    [InlineData(4, 5)]
    [InlineData(3, 3)]
    [InlineData(3, 6)]
    [InlineData(0, 3)]
    public void Moves_nothing(int from, int to) =>
        Given(History).When(Change(new EngagementChange.MoveEcheance(1, 1, from, to))).ThenRefused(RefusalCode.CibleUnknown);

    [Fact(DisplayName = "R-059 Les engagements changent à l'intégration, pas avant")]
    public void Integrated()
    {
        ContratEvent[] changed =
        [
            .. History,
            Changed(new EngagementChange.ChangeCible(1, 1, 1, "16")),
            Changed(new EngagementChange.MoveEcheance(1, 1, 3, 5)),
            Changed(new EngagementChange.Add(Engagement(2))),
            .. Signed(1),
        ];
        Assert.Equal(Engagement(), Assert.Single(After(changed).Engagements.Values));
        Assert.Equal(
            [Engagement() with { Indicateurs = [Indicateur() with { Cibles = ["16", "18", null, null, "20"] }] }, Engagement(2)],
            After([.. changed, new AvenantIntegrated(new(2026, 7, 1), 1)]).Engagements.Values);
    }

    [Fact(DisplayName = "Une cible d'un engagement qu'un autre avenant a retiré entre-temps n'empêche pas l'intégration")]
    public void Integrated_after_a_removal()
    {
        var state = After(
        [
            .. History, Opened(2),
            Changed(new EngagementChange.ChangeCible(1, 1, 1, "16")),
            Changed(new EngagementChange.MoveEcheance(1, 1, 3, 5)),
            Changed(new EngagementChange.Remove(1)) with { Number = 2 },
            .. Signed(1), .. Signed(2),
            new AvenantIntegrated(new(2026, 7, 1), 2),
            new AvenantIntegrated(new(2026, 7, 1), 1),
        ]);
        Assert.Empty(state.Engagements);
    }

    [Fact(DisplayName = "R-053 Un engagement retiré par avenant emporte son signal")]
    public void Flag_leaves_with_its_engagement() =>
        Assert.Empty(After(
        [
            .. History, new EngagementFlagged(Today, 1, Rc.Id, "x"),
            Changed(new EngagementChange.Remove(1)), .. Signed(1), new AvenantIntegrated(new(2026, 7, 1), 1),
        ]).FlaggedEngagements);

    [Fact(DisplayName = "Le même changement répété ne change rien")]
    public void Repeated()
    {
        ContratEvent[] history = [.. History, Changed(new EngagementChange.MoveEcheance(1, 1, 3, 5))];
        Given(history).When(Change(new EngagementChange.MoveEcheance(1, 1, 3, 5))).ThenNothing();
        Given([.. history, Signed(1)[0]]).When(Change(new EngagementChange.MoveEcheance(1, 1, 3, 5))).ThenNothing();
    }

    [Fact(DisplayName = "R-097 Le texte d'un avenant est fixé dès la première signature")]
    public void Text_signed() =>
        Given([.. History, Changed(new EngagementChange.Add(Engagement(2))), Signed(1)[0]])
            .When(Change(new EngagementChange.Remove(1))).ThenRefused(RefusalCode.AvenantAlreadySigned);

    [Fact(DisplayName = "Le texte d'un avenant abandonné ne change plus")]
    public void Text_abandoned() =>
        Given([.. History, new AvenantAbandoned(Today, 1, "retard")])
            .When(Change(new EngagementChange.Remove(1))).ThenRefused(RefusalCode.AvenantAbandoned);

    private static ChangeEngagement Change(EngagementChange change) => new(1, change, Today);

    private static AvenantEngagementChanged Changed(EngagementChange change) => new(Today, 1, change);

    private static ContratState.Ouvert After(ContratEvent[] history) =>
        (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
