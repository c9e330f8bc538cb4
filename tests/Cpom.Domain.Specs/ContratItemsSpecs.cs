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

/// <summary>What an act becomes in a contrat that is signed: a pending item, until an avenant takes it.</summary>
public sealed class ContratItemsSpecs
{
    private static readonly Act Granted = Act(1, null, Rc);
    private static readonly Act Changed = Act(2, Rc, Rc12, new(2026, 2, 10));
    private static readonly Act Withdrawn = Act(2, Rc, null, new(2026, 2, 10));
    private static readonly DateOnly On = new(2026, 2, 10);

    [Fact(DisplayName = "R-056 Un acte devient un élément en attente d'un contrat en vigueur")]
    public void Pends() => Given(EnVigueur).When(Record(Granted)).Then(Pended(Granted));

    [Fact(DisplayName = "R-056 Dès la première signature un acte attend un avenant")]
    public void Pends_while_being_signed() => Given(EnSignature).When(Record(Granted)).Then(Pended(Granted));

    [Theory(DisplayName = "R-056 Autorisation, RC et financement vont chacun dans leur volet")]
    [InlineData(Volet.A2V1)]
    [InlineData(Volet.A2V2)]
    [InlineData(Volet.A2V4)]
    public void Volets_of_items(Volet volet)
    {
        var ligne = new Ligne[] { Amm, Rc, Mig }.Single(l => l.Volet == volet);
        Given(EnVigueur).When(Record(Act(1, null, ligne))).Then(Pended(Act(1, null, ligne)));
        Assert.Equal(volet, Act(1, null, ligne).Volet);
    }

    [Fact(DisplayName = "R-005 Un acte qui touche plusieurs contrats est marqué partagé")]
    public void Shared() => Given(EnVigueur).When(new RecordAct(Granted, Shared: true)).Then(Pended(Granted, shared: true));

    [Fact(DisplayName = "Le même acte, prouvé par un autre fichier, ne change rien")]
    public void Repeated() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Granted with { Cause = Cause.Unknown })).ThenNothing();

    [Fact(DisplayName = "Un acte du même nom avec un autre contenu est refusé")]
    public void Same_act_with_other_content() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Act(1, null, Rc12))).ThenRefused(RefusalCode.ActKnownWithOtherContent);

    [Fact(DisplayName = "Un acte du même nom à une autre date est refusé")]
    public void Same_act_on_another_day() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Granted with { ValidOn = On })).ThenRefused(RefusalCode.ActKnownWithOtherContent);

    [Fact(DisplayName = "R-024 Un acte qui dit ce que dit déjà le contrat ne demande pas d'avenant")]
    public void Without_effect() =>
        Given(EnVigueurAvec(Rc)).When(Record(Act(5, Rc12, Rc with { Libelle = "autre libellé" }, On))).Then(new ActWithoutEffect(On, $"{Rc.Id}#5"));

    [Fact(DisplayName = "Un acte sans effet répété ne change rien")]
    public void Without_effect_repeated() =>
        Given([.. EnVigueurAvec(Rc), new ActWithoutEffect(On, $"{Rc.Id}#5")]).When(Record(Act(5, Rc12, Rc, On))).ThenNothing();

    [Fact(DisplayName = "D-04 Un acte qui part d'autre chose que le contrat est un conflit, qui montre les deux valeurs")]
    public void Conflict() =>
        Given(EnVigueurAvec(Rc)).When(Record(Act(7, Rc12, Rc14))).Then(Pended(Act(7, Rc12, Rc14), expected: Rc, conflict: true));

    [Fact(DisplayName = "Un acte qui part de ce que dit le contrat n'est pas un conflit")]
    public void No_conflict() => Given(EnVigueurAvec(Rc)).When(Record(Act(7, Rc, Rc14))).Then(Pended(Act(7, Rc, Rc14), expected: Rc));

    [Fact(DisplayName = "Un acte postérieur remplace celui qui attend sur sa ligne")]
    public void Superseded() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Changed))
            .Then(Pended(Changed), new ItemSuperseded(On, Granted.Id, Changed.Id));

    [Fact(DisplayName = "Un acte d'une autre ligne ne remplace rien")]
    public void Other_line() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Act(1, null, OtherRc))).Then(Pended(Act(1, null, OtherRc)));

    [Fact(DisplayName = "Une RC accordée puis retirée avant l'avenant : les deux éléments s'annulent")]
    public void Cancelled() =>
        Given([.. EnVigueur, Pended(Granted)]).When(Record(Withdrawn))
            .Then(Pended(Withdrawn), new ItemCancelled(On, Granted.Id, Withdrawn.Id), new ItemCancelled(On, Withdrawn.Id, Granted.Id));

    [Fact(DisplayName = "Des éléments annulés n'attendent plus et restent dans l'histoire")]
    public void Cancelled_stay_known()
    {
        var state = After([.. EnVigueur, .. Cancellation()]);
        Assert.Empty(state.PendingByLigne);
        Assert.Equal(new ItemPlace.Cancelled(Withdrawn.Id), state.Items[Granted.Id].Place);
        Assert.Equal(new ItemPlace.Cancelled(Granted.Id), state.Items[Withdrawn.Id].Place);
    }

    [Fact(DisplayName = "Après une annulation la ligne peut revenir")]
    public void Granted_again() =>
        Given([.. EnVigueur, .. Cancellation()]).When(Record(Act(3, null, Rc))).Then(Pended(Act(3, null, Rc)));

    [Fact(DisplayName = "Un conflit en attente reste un conflit pour l'acte qui suit")]
    public void Conflict_is_inherited()
    {
        var next = Act(8, Rc14, Rc with { Capacite = 16 });
        Given([.. EnVigueurAvec(Rc), Pended(Act(7, Rc12, Rc14), Rc, conflict: true)]).When(Record(next))
            .Then(Pended(next, Rc, conflict: true), new ItemSuperseded(next.ValidOn, $"{Rc.Id}#7", next.Id));
    }

    [Fact(DisplayName = "Un acte qui ne suit pas celui qui attend est un conflit")]
    public void Broken_chain_is_a_conflict()
    {
        var next = Act(8, Rc12, Rc with { Capacite = 16 });
        Given([.. EnVigueurAvec(Rc), Pended(Act(7, Rc, Rc14), Rc)]).When(Record(next))
            .Then(Pended(next, Rc, conflict: true), new ItemSuperseded(next.ValidOn, $"{Rc.Id}#7", next.Id));
    }

    [Fact(DisplayName = "Un acte sur une ligne prise par un avenant en cours attend le suivant")]
    public void Waits_for_the_next_avenant() =>
        Given([.. EnVigueur, Pended(Granted), Opened(1, Granted.Id)]).When(Record(Changed)).Then(Pended(Changed, expected: Rc));

    [Fact(DisplayName = "Un acte que l'avenant en cours dit déjà est sans effet")]
    public void Already_in_the_avenant() =>
        Given([.. EnVigueur, Pended(Granted), Opened(1, Granted.Id)])
            .When(Record(Act(2, Rc12, Rc, On))).Then(new ActWithoutEffect(On, $"{Rc.Id}#2"));

    [Fact(DisplayName = "R-053 R-134 La perte d'une RC signale l'engagement et le financement qui en dépendent")]
    public void Loss_of_an_rc() =>
        Given(Dependent()).When(Record(Withdrawn)).Then(
            Pended(Withdrawn, Rc),
            new EngagementFlagged(On, 1, Rc.Id, Withdrawn.Id),
            new FinancementFlagged(On, Mig.Id, Rc.Id, Withdrawn.Id));

    [Fact(DisplayName = "R-053 R-134 Le retour de la RC lève les signaux")]
    public void Return_of_an_rc()
    {
        var back = Act(3, null, Rc, Today);
        Given(
            [
                .. Dependent(), Pended(Withdrawn, Rc),
                new EngagementFlagged(On, 1, Rc.Id, Withdrawn.Id),
                new FinancementFlagged(On, Mig.Id, Rc.Id, Withdrawn.Id),
            ])
            .When(Record(back))
            .Then(
                Pended(back, Rc),
                new ItemCancelled(Today, Withdrawn.Id, back.Id),
                new ItemCancelled(Today, back.Id, Withdrawn.Id),
                new EngagementFlagCleared(Today, 1, Rc.Id, back.Id),
                new FinancementFlagCleared(Today, Mig.Id, Rc.Id, back.Id));
    }

    [Fact(DisplayName = "R-053 Un changement de capacité ne signale rien")]
    public void Change_of_an_rc() => Given(Dependent()).When(Record(Changed)).Then(Pended(Changed, Rc));

    [Fact(DisplayName = "Un élément s'écarte avec un motif")]
    public void Dismissed() =>
        Given([.. EnVigueur, Pended(Granted)]).When(new DismissItem(Granted.Id, "doublon ARHGOS", Today))
            .Then(new ItemDismissed(Today, Granted.Id, "doublon ARHGOS"));

    [Fact(DisplayName = "R-058 Un élément ne s'écarte pas sans motif")]
    public void Dismissed_without_reason() =>
        Given([.. EnVigueur, Pended(Granted)]).When(new DismissItem(Granted.Id, " ", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "R-056 Un élément inconnu ne s'écarte pas")]
    public void Dismissed_unknown() => Given(EnVigueur).When(new DismissItem("x", "doublon", Today)).ThenRefused(RefusalCode.ItemUnknown);

    [Fact(DisplayName = "R-056 Un élément pris par un avenant ne s'écarte pas")]
    public void Dismissed_in_an_avenant() =>
        Given([.. EnVigueur, Pended(Granted), Opened(1, Granted.Id)])
            .When(new DismissItem(Granted.Id, "doublon", Today)).ThenRefusedSaying(RefusalCode.ItemNotPending, "dans l'avenant 1");

    [Fact(DisplayName = "R-056 Un élément écarté ne s'écarte pas pour un autre motif")]
    public void Dismissed_otherwise() =>
        Given([.. EnVigueur, Pended(Granted), new ItemDismissed(Today, Granted.Id, "doublon")])
            .When(new DismissItem(Granted.Id, "erreur", Today)).ThenRefusedSaying(RefusalCode.ItemNotPending, "doublon");

    [Fact(DisplayName = "L'acte qui suit un élément écarté est un conflit")]
    public void After_a_dismissal() =>
        Given([.. EnVigueur, Pended(Granted), new ItemDismissed(Today, Granted.Id, "doublon")])
            .When(Record(Changed)).Then(Pended(Changed, conflict: true));

    [Fact(DisplayName = "Une ligne se lit au jour demandé")]
    public void Line_by_valid_day()
    {
        var line = new LigneDatee(
        [
            new(new(2026, 1, 1), Amm with { Fin = new(2026, 6, 30) }, "1", null),
            new(new(2026, 9, 1), Amm, "2", 1),
            new(new(2026, 8, 1), null, "3", 2),
        ]);
        Assert.Null(line.On(new(2025, 12, 31)));
        Assert.Equal(Amm with { Fin = new(2026, 6, 30) }, line.On(new(2026, 1, 1)));
        Assert.NotNull(line.On(new(2026, 6, 30)));
        Assert.Null(line.On(new(2026, 7, 1))); // Past its own end.
        Assert.Null(line.On(new(2026, 9, 1))); // Said later: nothing from 1 August on.
        Assert.Null(line.Latest);
    }

    private static RecordAct Record(Act act) => new(act, Shared: false);

    private static ContratEvent[] Cancellation() =>
        [Pended(Granted), Pended(Withdrawn), new ItemCancelled(On, Granted.Id, Withdrawn.Id), new ItemCancelled(On, Withdrawn.Id, Granted.Id)];

    private static ContratEvent[] Dependent() =>
    [
        Projet[0],
        new SocleLigneSet(Before, Act(1, null, Rc), false),
        new SocleLigneSet(Before, Act(1, null, Mig), false),
        new EngagementAdded(Before, Engagement() with { Contrepartie = Rc.Id }),
        new FinancementLinked(Before, Mig.Id, Rc.Id),
        .. EnVigueur[1..],
    ];

    private static ContratState.Ouvert After(ContratEvent[] history) =>
        (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
