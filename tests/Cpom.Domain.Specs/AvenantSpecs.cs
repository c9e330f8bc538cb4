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

/// <summary>Avenants: opened from pending items, signed in order, integrated on their day, or abandoned.</summary>
public sealed class AvenantSpecs
{
    private static readonly Act Granted = Act(1, null, Rc);
    private static readonly Act Changed = Act(2, Rc, Rc12);
    private static readonly Act Again = Act(3, Rc12, Rc14);
    private static readonly DateOnly DateEffetAvenant = new(2026, 7, 1);
    private static readonly ContratEvent[] Waiting = [.. EnVigueur, Pended(Granted)];
    private static readonly ContratEvent[] Ouvert = [.. Waiting, Opened(1, Granted.Id)];
    private static readonly ContratEvent[] Signe = [.. Ouvert, .. Signed(1)];

    [Fact(DisplayName = "R-055 Un avenant s'ouvre sur des éléments choisis")]
    public void Opens() => Given(Waiting).When(Request("r1", Granted.Id)).Then(Opened(1, Granted.Id));

    [Fact(DisplayName = "R-055 Un avenant s'ouvre sans élément, pour des engagements")]
    public void Opens_empty() => Given(Waiting).When(Request("r1")).Then(Opened(1));

    [Fact(DisplayName = "R-055 Un contrat porte plusieurs avenants")]
    public void Opens_another() => Given([.. EnVigueur, Opened(1), Opened(2)]).When(Request("r3")).Then(Opened(3));

    [Fact(DisplayName = "Un avenant prend tout ce qui attend, sauf les conflits")]
    public void Opens_on_all()
    {
        var all = Request("r1") with { AllPending = true };
        Given([.. Waiting, Pended(Act(1, null, OtherRc), OtherRc, conflict: true), Pended(Act(1, null, Amm))]).When(all)
            .Then(new AvenantOpened(Today, 1, all, [$"{Amm.Id}#1", Granted.Id]));
    }

    [Fact(DisplayName = "Un avenant prend aussi les conflits quand on les accepte")]
    public void Opens_on_all_and_conflicts()
    {
        var all = Request("r1") with { AllPending = true, AcceptConflicts = true };
        Given([.. EnVigueur, Pended(Granted, Rc12, conflict: true)]).When(all).Then(new AvenantOpened(Today, 1, all, [Granted.Id]));
    }

    [Fact(DisplayName = "R-059 Un conflit ne s'intègre pas sans accord, et le refus montre les deux valeurs")]
    public void Conflict_needs_consent() =>
        Given([.. EnVigueurAvec(Rc), Pended(Act(7, Rc12, Rc14), Rc, conflict: true)]).When(Request("r1", $"{Rc.Id}#7"))
            .ThenRefusedSaying(RefusalCode.ItemInConflict, "l'acte part de « R4/M1/F1, capacité 12 », le contrat dit « R4/M1/F1, capacité 10 »");

    [Fact(DisplayName = "Un élément nommé deux fois n'est pris qu'une fois")]
    public void Item_named_twice()
    {
        var request = Request("r1", Granted.Id, Granted.Id);
        Given(Waiting).When(request).Then(new AvenantOpened(Today, 1, request, [Granted.Id]));
    }

    [Fact(DisplayName = "La même demande un autre jour n'ouvre pas un second avenant")]
    public void Request_repeated() => Given(Ouvert).When(Request("r1", Granted.Id) with { On = Today.AddDays(1) }).ThenNothing();

    [Fact(DisplayName = "Une demande reprise pour un autre contenu est refusée")]
    public void Request_reused() =>
        Given(Ouvert).When(Request("r1", Granted.Id) with { Motif = AvenantMotif.Perimetre }).ThenRefused(RefusalCode.AvenantRequestReused);

    [Fact(DisplayName = "Une demande sans identifiant est refusée")]
    public void Request_without_id() => Given(Waiting).When(Request("")).ThenRefused(RefusalCode.RequestIdMissing);

    [Theory(DisplayName = "R-059 Un avenant ne prend pas effet hors du contrat")]
    [InlineData("2025-12-31")]
    [InlineData("2031-01-01")]
    public void Outside_the_contrat(string day) =>
        Given(Waiting).When(Request("r1") with { DateEffet = Day(day) }).ThenRefused(RefusalCode.AvenantOutsideContrat);

    [Theory(DisplayName = "R-059 Un avenant prend effet du premier au dernier jour du contrat")]
    [InlineData("2026-01-01")]
    [InlineData("2030-12-31")]
    public void Inside_the_contrat(string day)
    {
        var request = Request("r1") with { DateEffet = Day(day) };
        Given(Waiting).When(request).Then(new AvenantOpened(Today, 1, request, []));
    }

    [Fact(DisplayName = "R-056 Un élément inconnu ne se prend pas")]
    public void Unknown_item() => Given(Waiting).When(Request("r1", "x")).ThenRefused(RefusalCode.ItemUnknown);

    [Fact(DisplayName = "R-056 Un élément n'est que dans un avenant")]
    public void Item_taken() => Given(Ouvert).When(Request("r2", Granted.Id)).ThenRefusedSaying(RefusalCode.ItemNotPending, "dans l'avenant 1");

    [Fact(DisplayName = "R-056 Un élément annulé, remplacé ou intégré ne se prend pas")]
    public void Item_settled()
    {
        Given([.. Waiting, new ItemCancelled(Today, Granted.Id, "y")]).When(Request("r2", Granted.Id)).ThenRefusedSaying(RefusalCode.ItemNotPending, "annulé par y");
        Given([.. Waiting, new ItemSuperseded(Today, Granted.Id, "y")]).When(Request("r2", Granted.Id)).ThenRefusedSaying(RefusalCode.ItemNotPending, "remplacé par y");
        Given([.. Signe, new AvenantIntegrated(Today, 1)]).When(Request("r2", Granted.Id)).ThenRefusedSaying(RefusalCode.ItemNotPending, "intégré par l'avenant 1");
    }

    [Fact(DisplayName = "R-097 Le représentant légal signe l'avenant d'abord")]
    public void Signed_first() =>
        Given(Ouvert).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today)).Then(Signed(1)[0]);

    [Fact(DisplayName = "R-097 Le directeur général signe l'avenant ensuite")]
    public void Signed_second() =>
        Given([.. Ouvert, Signed(1)[0]]).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today)).Then(Signed(1)[1]);

    [Fact(DisplayName = "R-097 Le directeur général ne signe pas l'avenant d'abord")]
    public void Agency_not_first() =>
        Given(Ouvert).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today)).ThenRefused(RefusalCode.SignatureOutOfOrder);

    [Fact(DisplayName = "R-097 Le directeur général ne signe pas l'avenant à une date antérieure")]
    public void Agency_not_earlier() =>
        Given([.. Ouvert, Signed(1)[0]]).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today.AddDays(-1)))
            .ThenRefused(RefusalCode.SignatureOutOfOrder);

    [Fact(DisplayName = "R-097 Une signature d'avenant ne se refait pas autrement")]
    public void Signed_otherwise() =>
        Given(Signe).When(SignAvenant(1, Signatory.DgArs, "Mme Noir", Today)).ThenRefused(RefusalCode.AlreadySignedOtherwise);

    [Fact(DisplayName = "R-097 Une signature d'avenant a un nom")]
    public void Signed_by_nobody() =>
        Given(Ouvert).When(SignAvenant(1, Signatory.RepresentantLegal, " ", Today)).ThenRefused(RefusalCode.SignatoryMissing);

    [Fact(DisplayName = "R-059 Un avenant vide ne se signe pas")]
    public void Signed_empty() =>
        Given([.. EnVigueur, Opened(1)]).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today)).ThenRefused(RefusalCode.AvenantEmpty);

    [Fact(DisplayName = "R-059 Le contenu entre dans le contrat à la date d'effet")]
    public void Integrated() => Given(Signe).When(new IntegrateAvenant(1, DateEffetAvenant.AddDays(3))).Then(new AvenantIntegrated(DateEffetAvenant, 1));

    [Fact(DisplayName = "R-059 Un avenant s'intègre le jour même où il prend effet")]
    public void Integrated_on_its_day() => Given(Signe).When(new IntegrateAvenant(1, DateEffetAvenant)).Then(new AvenantIntegrated(DateEffetAvenant, 1));

    [Fact(DisplayName = "R-059 Le contenu n'entre pas dans le contrat la veille de la date d'effet")]
    public void Integrated_too_soon() =>
        Given(Signe).When(new IntegrateAvenant(1, DateEffetAvenant.AddDays(-1))).ThenRefused(RefusalCode.AvenantNotYetEffective);

    [Fact(DisplayName = "R-059 La ligne intégrée tient à partir de la date d'effet de l'avenant")]
    public void Integrated_line()
    {
        var state = After([.. Signe, new AvenantIntegrated(DateEffetAvenant, 1)]);
        Assert.Equal(new ItemPlace.Integrated(1), state.Items[Granted.Id].Place);
        Assert.Equal(Rc, state.Consolidated(Rc.Id));
        Assert.Null(state.Lignes[Rc.Id].On(DateEffetAvenant.AddDays(-1)));
        Assert.Equal(Rc, state.Lignes[Rc.Id].On(DateEffetAvenant));
        Assert.Equal(new LigneVersion(DateEffetAvenant, Rc, Granted.Id, 1), state.Lignes[Rc.Id].Versions[^1]);
    }

    [Fact(DisplayName = "Intégrer deux fois ne change rien")]
    public void Integrated_twice() =>
        Given([.. Signe, new AvenantIntegrated(DateEffetAvenant, 1)]).When(new IntegrateAvenant(1, DateEffetAvenant)).ThenNothing();

    [Fact(DisplayName = "R-097 Un avenant signé d'un seul côté ne s'intègre pas")]
    public void Integrated_half_signed() =>
        Given([.. Ouvert, Signed(1)[0]]).When(new IntegrateAvenant(1, DateEffetAvenant)).ThenRefused(RefusalCode.AvenantNotSigned);

    [Fact(DisplayName = "Un avenant abandonné ne s'intègre pas")]
    public void Integrated_abandoned() =>
        Given([.. Ouvert, new AvenantAbandoned(Today, 1, "retard")]).When(new IntegrateAvenant(1, DateEffetAvenant)).ThenRefused(RefusalCode.AvenantAbandoned);

    [Fact(DisplayName = "Un avenant abandonné ne se signe pas")]
    public void Signed_abandoned() =>
        Given([.. Ouvert, new AvenantAbandoned(Today, 1, "retard")])
            .When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today)).ThenRefused(RefusalCode.AvenantAbandoned);

    [Fact(DisplayName = "Un avenant inconnu se refuse, quoi qu'on lui demande")]
    public void Unknown()
    {
        Given(EnVigueur).When(SignAvenant(9, Signatory.DgArs, "M. Roy", Today)).ThenRefused(RefusalCode.AvenantUnknown);
        Given(EnVigueur).When(new IntegrateAvenant(9, Today)).ThenRefused(RefusalCode.AvenantUnknown);
        Given(EnVigueur).When(new AbandonAvenant(9, "retard", Today)).ThenRefused(RefusalCode.AvenantUnknown);
        Given(EnVigueur).When(new ChangeEngagement(9, new EngagementChange.Remove(1), Today)).ThenRefused(RefusalCode.AvenantUnknown);
    }

    [Fact(DisplayName = "Un avenant abandonné rend ses éléments")]
    public void Abandoned()
    {
        Given(Ouvert).When(new AbandonAvenant(1, "retard", Today)).Then(new AvenantAbandoned(Today, 1, "retard"));
        var state = After([.. Ouvert, new AvenantAbandoned(Today, 1, "retard")]);
        Assert.Equal(new ItemPlace.Pending(), state.Items[Granted.Id].Place);
        Assert.Equal(Granted.Id, state.PendingByLigne[Rc.Id]);
    }

    [Fact(DisplayName = "Un avenant rendu par l'abandon se reprend dans un autre")]
    public void Taken_again_after_abandon() =>
        Given([.. Ouvert, new AvenantAbandoned(Today, 1, "retard")]).When(Request("r2", Granted.Id)).Then(Opened(2, Granted.Id));

    [Fact(DisplayName = "Un avenant signé par le seul représentant légal peut être abandonné")]
    public void Abandoned_half_signed() =>
        Given([.. Ouvert, Signed(1)[0]]).When(new AbandonAvenant(1, "retard", Today)).Then(new AvenantAbandoned(Today, 1, "retard"));

    [Fact(DisplayName = "R-097 Un avenant signé des deux parties ne s'abandonne plus")]
    public void Abandoned_signed() => Given(Signe).When(new AbandonAvenant(1, "retard", Today)).ThenRefused(RefusalCode.AvenantAlreadySigned);

    [Fact(DisplayName = "R-058 Un abandon a un motif")]
    public void Abandoned_without_reason() => Given(Ouvert).When(new AbandonAvenant(1, "", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "Un abandon ne se refait pas pour un autre motif")]
    public void Abandoned_otherwise() =>
        Given([.. Ouvert, new AvenantAbandoned(Today, 1, "retard")])
            .When(new AbandonAvenant(1, "erreur", Today)).ThenRefused(RefusalCode.AvenantAbandoned);

    [Fact(DisplayName = "À l'abandon, l'élément que suit un autre en attente est remplacé, et l'autre repart de ce que dit le contrat")]
    public void Abandoned_with_a_later_pending_item() =>
        Given([.. Ouvert, Pended(Changed, expected: Rc)]).When(new AbandonAvenant(1, "retard", Today)).Then(
            new AvenantAbandoned(Today, 1, "retard"),
            new ItemSuperseded(Today, Granted.Id, Changed.Id),
            new ItemRebased(Today, Changed.Id, Expected: null, Conflict: false));

    [Fact(DisplayName = "À l'abandon, un octroi et son retrait en attente s'annulent")]
    public void Abandoned_with_a_pending_withdrawal()
    {
        var withdrawn = Act(2, Rc, null);
        Given([.. Ouvert, Pended(withdrawn, expected: Rc)]).When(new AbandonAvenant(1, "retard", Today)).Then(
            new AvenantAbandoned(Today, 1, "retard"),
            new ItemCancelled(Today, Granted.Id, withdrawn.Id),
            new ItemCancelled(Today, withdrawn.Id, Granted.Id));
    }

    [Fact(DisplayName = "À l'abandon, l'élément que suit un autre dans un second avenant est remplacé")]
    public void Abandoned_with_a_later_item_in_another_avenant() =>
        Given([.. Ouvert, Pended(Changed, expected: Rc), Opened(2, Changed.Id)]).When(new AbandonAvenant(1, "retard", Today)).Then(
            new AvenantAbandoned(Today, 1, "retard"),
            new ItemSuperseded(Today, Granted.Id, Changed.Id),
            new ItemRebased(Today, Changed.Id, Expected: null, Conflict: false));

    [Fact(DisplayName = "Octroi et retrait dans deux avenants abandonnés l'un après l'autre : le retrait n'attend pas, il n'a plus rien à retirer")]
    public void Abandoned_grant_then_abandoned_withdrawal()
    {
        var withdrawn = Act(2, Rc, null);
        Given(
            [
                .. Ouvert, Pended(withdrawn, expected: Rc), Opened(2, withdrawn.Id),
                new AvenantAbandoned(Today, 1, "retard"),
                new ItemSuperseded(Today, Granted.Id, withdrawn.Id),
                new ItemRebased(Today, withdrawn.Id, Expected: null, Conflict: false),
            ])
            .When(new AbandonAvenant(2, "retard", Today))
            .Then(new AvenantAbandoned(Today, 2, "retard"), new ItemCancelled(Today, withdrawn.Id, Granted.Id));
    }

    [Fact(DisplayName = "À l'abandon du second avenant, l'élément en attente repart de ce que dira le premier")]
    public void Abandoned_in_the_middle() =>
        Given([.. Ouvert, Pended(Changed, Rc), Opened(2, Changed.Id), Pended(Again, Rc12)]).When(new AbandonAvenant(2, "retard", Today)).Then(
            new AvenantAbandoned(Today, 2, "retard"),
            new ItemSuperseded(Today, Changed.Id, Again.Id),
            new ItemRebased(Today, Again.Id, Expected: Rc, Conflict: false));

    [Fact(DisplayName = "Le second avenant intégré d'abord, le premier ne remet pas une valeur dépassée")]
    public void Integrated_out_of_order()
    {
        var state = After([.. Overtaken(), .. Signed(1), new AvenantIntegrated(DateEffetAvenant, 1)]);
        Assert.Equal(Rc12, state.Consolidated(Rc.Id));
        Assert.Equal(Rc12, state.Lignes[Rc.Id].On(DateEffetAvenant));
        Assert.Equal(new ItemPlace.Integrated(1), state.Items[Granted.Id].Place);
    }

    [Fact(DisplayName = "Le second avenant intégré d'abord, un acte nouveau part de ce qu'il dit")]
    public void Act_after_integration_out_of_order() =>
        Given(Overtaken()).When(new RecordAct(Again, false)).Then(Pended(Again, expected: Rc12));

    [Fact(DisplayName = "Le second avenant intégré d'abord, le premier abandonné ne rend pas un élément dépassé")]
    public void Abandoned_after_integration_out_of_order() =>
        Given(Overtaken()).When(new AbandonAvenant(1, "retard", Today))
            .Then(new AvenantAbandoned(Today, 1, "retard"), new ItemSuperseded(Today, Granted.Id, Changed.Id));

    [Fact(DisplayName = "Le second avenant intégré d'abord, le premier abandonné n'emporte pas l'élément en attente")]
    public void Abandoned_after_integration_out_of_order_with_a_pending_item() =>
        Given([.. Overtaken(), Pended(Again, Rc12)]).When(new AbandonAvenant(1, "retard", Today))
            .Then(new AvenantAbandoned(Today, 1, "retard"), new ItemSuperseded(Today, Granted.Id, Changed.Id));

    /// <summary>Avenant 1 is still open when avenant 2, which changes the same line after it, is integrated.</summary>
    private static ContratEvent[] Overtaken() =>
        [.. Ouvert, Pended(Changed, Rc), Opened(2, Changed.Id), .. Signed(2), new AvenantIntegrated(DateEffetAvenant, 2)];

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static ContratState.Ouvert After(ContratEvent[] history) =>
        (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
