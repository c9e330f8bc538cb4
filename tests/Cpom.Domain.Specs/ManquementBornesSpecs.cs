using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sanctions.Manquements, Cpom.Domain.Sanctions.ManquementsState,
    Cpom.Domain.Sanctions.ManquementsCommand, Cpom.Domain.Sanctions.ManquementsEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The edges of a procedure: its first and last days, what it no longer takes once ended, and the length of what is written in it.</summary>
public sealed class ManquementBornesSpecs
{
    private static readonly Courrier Unnumbered = new(" ");
    private static readonly JustificationAccepted Classe = new(Received, Numero, "Corrigé.", Answer);
    private static readonly Sanction Restitution = new Sanction.Restitution(10);
    private static readonly Sanction Modification = new Sanction.Modification("Retirer l'engagement 2.");

    [Theory(DisplayName = "L-13 Un contrat est en vigueur de son premier à son dernier jour compris")]
    [InlineData(0, 100)]
    [InlineData(-100, 0)]
    public void First_and_last_day(int from, int to) => Given()
        .When(new RecordConstat(Ej, LeConstat, Preuve with { From = Noticed.AddDays(from), To = Noticed.AddDays(to) })).Then(new ConstatRecorded(Noticed, Ej, LeConstat));

    [Fact(DisplayName = "L-13 Les procédures en cours d'un contrat sont les siennes, tant qu'elles n'ont pas pris fin")]
    public void Under_way()
    {
        var state = ((ManquementsEvent[])[.. MisEnDemeure, new ConstatRecorded(Noticed, Ej, LeConstat with { Numero = "SAN-2", Contrat = "2026-002" })]).Aggregate(Manquements.Initial, Manquements.Evolve);
        Assert.Equal(Numero, Assert.Single(state.UnderWay(FicheEps.Numero)).Constat.Numero);
        Assert.Equal("SAN-2", Assert.Single(state.UnderWay("2026-002")).Constat.Numero);
        Assert.Empty(Manquements.Evolve(state, Classe).UnderWay(FicheEps.Numero));
    }

    [Fact(DisplayName = "R-116 Un dialogue du jour même, ou du jour du constat, suffit à la mise en demeure de ce jour")]
    public void Same_day()
    {
        var lettre = Lettre with { On = Noticed };
        Given([.. Constate, new DialogueRecorded(Noticed, Numero, LeDialogue with { On = Noticed })]).When(new SendMiseEnDemeure(Numero, lettre)).Then(new MiseEnDemeureSent(Noticed, Numero, lettre));
    }

    [Fact(DisplayName = "R-113 La structure peut répondre le jour où elle reçoit la mise en demeure")]
    public void Answered_at_once()
    {
        var observations = new Observations(Received, ObservationForme.Orale, "Ouverture prévue.", null);
        Given(MisEnDemeure).When(new RecordObservations(Numero, observations)).Then(new ObservationsRecorded(Received, Numero, observations));
    }

    [Fact(DisplayName = "R-113 Une procédure classée ne reçoit plus ni mise en demeure ni observations")]
    public void Closed()
    {
        var observations = new Observations(Received, ObservationForme.Ecrite, "Trop tard.", null);
        Given([.. Dialogued, Classe]).When(new SendMiseEnDemeure(Numero, Lettre)).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "classée");
        Given([.. MisEnDemeure, Classe]).When(new RecordObservations(Numero, observations)).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "classée");
    }

    [Fact(DisplayName = "R-113 Une procédure sanctionnée ne se classe plus")]
    public void Sanctioned() => Given([.. MisEnDemeure, Decided(new Sanction.Penalite(1))])
        .When(new AcceptJustification(Numero, "Corrigé.", Answer, DecidedOn)).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "déjà sanctionnée");

    [Fact(DisplayName = "R-112 Un exercice n'est pas clos son dernier jour")]
    public void Last_day_of_exercise() =>
        Given().When(new RecordProduits(Ej, new(2026, 12, 31), 1, "Compte", new(2026, 12, 31))).ThenRefusedSaying(RefusalCode.ProduitsUnfit, "n'est pas clos");

    [Fact(DisplayName = "L-09 La restitution n'empêche pas de modifier ensuite le contrat ; l'annuler laisse la modification")]
    public void Both()
    {
        ManquementsEvent[] both = [.. Of(ManquementKind.Fir), Decided(Restitution), Decided(Modification)];
        Given(both[..^1]).When(Decide(Modification)).Then(both[^1]);
        var sanctions = State([.. both, new SanctionCancelled(DecidedOn, Numero, "jugement")]).Manquements[Numero].Sanctions;
        Assert.Equal([true, false], sanctions.Select(s => s.Annulation is not null));
    }

    [Fact(DisplayName = "L-10 Une somme payée puis annulée l'a été le jour du paiement")]
    public void Paid_then_cancelled()
    {
        var (notified, paid) = (DecidedOn.AddDays(2), DecidedOn.AddDays(9));
        var state = State(
        [
            .. MisEnDemeure, Decided(new Sanction.Penalite(1)), new NotificationRecorded(notified, Numero, Answer), new PaiementRecorded(paid, Numero, "VIR-1"),
            new SanctionCancelled(paid.AddDays(30), Numero, "jugement"),
        ]);
        Assert.Equal(paid, Manquements.EcheancesOf(state).Last().DoneOn);
    }

    [Fact(DisplayName = "L-10 Les échéances vont de la première procédure à la dernière, et une nouvelle procédure ne fait rien redire")]
    public void Second_procedure()
    {
        var other = LeConstat with { Numero = "SAN-2026-99" };
        ManquementsEvent[] second = [new ConstatRecorded(Noticed, Ej, other), new DialogueRecorded(LeDialogue.On, other.Numero, LeDialogue), new MiseEnDemeureSent(Received, other.Numero, Lettre)];
        Assert.Equal([1, 2], Manquements.EcheancesOf(State([.. MisEnDemeure, .. second])).Select(e => e.Numero));

        var pass = new PassJour(Received.AddDays(90));
        var told = Assert.IsType<Decision<ManquementsEvent>.Accepted>(Manquements.Decide(State(MisEnDemeure), pass)).Events;
        Assert.NotEmpty(told);
        Given([.. MisEnDemeure, .. told, second[0]]).When(pass).ThenNothing();
    }

    [Fact(DisplayName = "Ce qui s'écrit d'une procédure a sa longueur")]
    public void Texts()
    {
        foreach (var longer in new ManquementsCommand[]
        {
            new RecordProduits(Ej, Noticed, 1, Long(501), Received), new RenewDelai(Numero, Long(4_001), Letter, Received), new AcceptJustification(Numero, Long(4_001), Letter, Received),
            Decide(Restitution) with { Motifs = Long(4_001) }, new StartRecouvrement(Numero, Long(501), Letter, DecidedOn),
        })
        {
            Given(MisEnDemeure).When(longer).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "D-01 Les produits sont ceux d'une entité juridique")]
    public void Produits_of_an_entity() => Given().When(new RecordProduits("75", Noticed, 1, "Compte", Received)).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "R-114 Chaque courrier d'une procédure a son numéro")]
    public void Letters()
    {
        foreach (var command in new ManquementsCommand[]
        {
            new SendMiseEnDemeure(Numero, Lettre with { Courrier = Unnumbered }), new RenewDelai(Numero, "Travaux.", Unnumbered, Received),
            new RecordObservations(Numero, new(Received, ObservationForme.Ecrite, "Bientôt.", Unnumbered)), new AcceptJustification(Numero, "Corrigé.", Unnumbered, Received),
            Decide(Modification) with { Courrier = Unnumbered }, new StartRecouvrement(Numero, "CPAM 75", Unnumbered, DecidedOn),
        })
        {
            Given(Dialogued).When(command).ThenRefused(RefusalCode.CourrierIncomplete);
        }
    }

    private static string Long(int length) => new('x', length);

    private static ManquementsState State(IEnumerable<ManquementsEvent> history) => history.Aggregate(Manquements.Initial, Manquements.Evolve);
}
