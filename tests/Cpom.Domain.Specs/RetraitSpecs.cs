using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.GroupeSpecs;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// A member leaves the contrat of its GHT: <see cref="Limits.RetraitYearsMin"/>, <see cref="Limits.RetraitNoticeMonths"/>, <see cref="Limits.RetraitModalitesMonths"/>,
/// <see cref="Limits.RetraitModalitesLeadMonths"/>.
/// </summary>
public sealed class RetraitSpecs
{
    private static readonly RetraitNotified Notified = new(Today, OtherEj, "D-2026-4");
    private static readonly MembreWithdrawn Withdrawn = new(new(2029, 1, 1), OtherEj);
    private static readonly RetraitModalites Modalites = new("Reprise de l'activité de soins par le membre.", null, new(2026, 8, 1));

    [Fact(DisplayName = "L-05 Un membre donne son préavis")]
    public void Notifies() => Given(Force).When(new NotifyRetrait(OtherEj, "D-2026-4", Today)).Then(Notified);

    [Fact(DisplayName = "L-05 Un préavis se donne une fois")]
    public void Notified_otherwise() => Given([.. Force, Notified]).When(new NotifyRetrait(OtherEj, null, Today)).ThenRefused(RefusalCode.RecordedOtherwise);

    [Fact(DisplayName = "L-05 Le signataire ne sort pas du contrat, ni qui n'en est pas")]
    public void Unfit()
    {
        Given(Force).When(new NotifyRetrait(Ej, null, Today)).ThenRefusedSaying(RefusalCode.RetraitUnfit, "au nom des membres");
        Given(Force).When(new NotifyRetrait("750000003", null, Today)).ThenRefusedSaying(RefusalCode.RetraitUnfit, "750000003");
        Given(EnVigueur).When(new NotifyRetrait(OtherEj, null, Today)).ThenRefused(RefusalCode.RetraitUnfit);
    }

    [Theory(DisplayName = "L-05 Le retrait prend effet au plus tôt après trois ans, et six mois après le préavis")]
    [InlineData("2026-03-01", "2029-01-01")]
    [InlineData("2028-07-01", "2029-01-01")]
    [InlineData("2028-07-02", "2029-01-02")]
    [InlineData("2029-08-31", "2030-02-28")]
    public void Day(string notice, string effet) => Assert.Equal(
        DateOnly.Parse(effet, System.Globalization.CultureInfo.InvariantCulture),
        new Retrait(OtherEj, DateOnly.Parse(notice, System.Globalization.CultureInfo.InvariantCulture), null, null, null).EffetOn(DateEffet));

    [Fact(DisplayName = "L-05 Un retrait qui viendrait après la fin du contrat est refusé")]
    public void Too_late()
    {
        Given(Force).When(new NotifyRetrait(OtherEj, null, new(2030, 6, 30))).Then(new RetraitNotified(new(2030, 6, 30), OtherEj, null));
        Given(Force).When(new NotifyRetrait(OtherEj, null, new(2030, 7, 1))).ThenRefusedSaying(RefusalCode.RetraitUnfit, "01/01/2031");
        Given([.. Force, new ContratTerminated(new(2029, 1, 2), "P-1")]).When(new NotifyRetrait(OtherEj, "D-2026-4", Today)).Then(Notified);
        Given([.. Force, new ContratTerminated(new(2029, 1, 1), "P-1")]).When(new NotifyRetrait(OtherEj, "D-2026-4", Today)).ThenRefused(RefusalCode.RetraitUnfit);
    }

    [Fact(DisplayName = "L-05 Le directeur général fixe les modalités du retrait")]
    public void Fixes()
    {
        Given([.. Force, Notified]).When(new FixRetrait(OtherEj, Modalites)).Then(new RetraitFixed(Modalites.On, OtherEj, Modalites));
        Given([.. Force, Notified, new RetraitFixed(Modalites.On, OtherEj, Modalites)]).When(new FixRetrait(OtherEj, Modalites with { Texte = "x" })).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "L-05 Il n'y a de modalités que d'un retrait notifié, et elles disent quelque chose")]
    public void Fix_unfit()
    {
        Given(Force).When(new FixRetrait(OtherEj, Modalites)).ThenRefused(RefusalCode.RetraitUnfit);
        Given([.. Force, Notified]).When(new FixRetrait(OtherEj, Modalites with { On = Today.AddDays(-1) })).ThenRefused(RefusalCode.RetraitUnfit);
        Given([.. Force, Notified]).When(new FixRetrait(OtherEj, Modalites with { Texte = " " })).ThenRefusedSaying(RefusalCode.RetraitUnfit, "modalités");
    }

    [Fact(DisplayName = "L-05 Les six mois des modalités se voient finir ; le jour venu, le membre sort de lui-même")]
    public void Leaves()
    {
        var passed = Of(new PassJour(new(2029, 1, 1)), [.. Force, Notified]);
        Assert.Equal(
            [new(2026, 8, 1), new(2026, 9, 1), new(2026, 9, 2)],
            passed.OfType<EcheanceReached>().Where(e => e.Kind == EcheanceKind.ModalitesRetrait).Select(e => e.ValidOn));
        Assert.Equal([new MembreWithdrawn(new(2029, 1, 1), OtherEj)], passed.OfType<MembreWithdrawn>());
        Assert.DoesNotContain(Of(new PassJour(new(2028, 12, 31)), [.. Force, Notified]), e => e is MembreWithdrawn);
        Assert.Empty(Of(new PassJour(new(2029, 1, 1)), [.. Force, Notified, .. passed]));

        var left = State([.. Force, Notified, .. passed]);
        Assert.Equal((new DateOnly(2028, 12, 31), DateFin), (left.LastDayOf(OtherEj), left.LastDayOf(Ej)));
        Assert.False(left.Groupe!.Has(OtherEj));
        Assert.Equal(new DateOnly(2029, 1, 1), Assert.Single(ContratEcheances.Of(left), e => e.Kind == EcheanceKind.EffetRetrait).DoneOn);
    }

    [Fact(DisplayName = "L-05 Un membre est engagé jusqu'à la veille de son retrait, ou jusqu'à la fin du contrat si elle vient avant")]
    public void Engaged()
    {
        var (told, left) = (State([.. Force, Notified]), State([.. Force, Notified, Withdrawn]));
        Assert.Equal((DateFin, new DateOnly(2028, 12, 31)), (State(Force).EngagedUntil(OtherEj), told.EngagedUntil(OtherEj)));
        Assert.Equal(DateFin, told.EngagedUntil(Ej));
        Assert.Equal((DateFin, new DateOnly(2028, 12, 31)), (told.LastDayOf(OtherEj), left.LastDayOf(OtherEj)));
        ContratTerminated first = new(new(2028, 6, 1), "P-1");
        Assert.Equal(new DateOnly(2028, 5, 31), State([.. Force, Notified, first]).EngagedUntil(OtherEj));
        Assert.Equal(new DateOnly(2028, 5, 31), State([.. Force, Notified, Withdrawn, first]).LastDayOf(OtherEj));
        Assert.Equal(new DateOnly(2028, 12, 31), State([.. Force, Notified, Withdrawn, first with { ValidOn = new(2029, 1, 2) }]).LastDayOf(OtherEj));
    }

    [Fact(DisplayName = "L-05 Le contrat unique est celui de chaque membre, et reste de qui en est sorti ; un contrat propre n'est que du sien")]
    public void Whose()
    {
        var (unique, left, own) = (State(Force), State([.. Force, Notified, Withdrawn]), State(EnVigueur));
        Assert.Equal([Ej, OtherEj], unique.Entites);
        Assert.Equal([Ej], left.Entites);
        Assert.Equal([Ej], own.Entites);
        Assert.All([unique, left], c => Assert.True(c.IsOf(Ej) && c.IsOf(OtherEj)));
        Assert.False(unique.IsOf("750000003"));
        Assert.Equal((true, false), (own.IsOf(Ej), own.IsOf(OtherEj)));
    }

    [Fact(DisplayName = "L-05 De deux membres qui partent, chacun a ses modalités et son jour")]
    public void Two_leave()
    {
        const string third = "750000003";
        ContratEvent[] two =
        [
            Ouverture with { Groupe = new([Ej, OtherEj, third], Before) }, .. Force[1..], Notified, new RetraitNotified(Today, third, null),
            new RetraitFixed(Modalites.On, third, Modalites), new MembreWithdrawn(new(2029, 1, 1), OtherEj),
        ];
        var groupe = State(two).Groupe!;
        Assert.Equal((EcheanceDepart.DateEffet, DateEffet), new Retrait(OtherEj, new(2028, 7, 1), null, null, null).Effet(DateEffet) is var (depart, from, _) ? (depart, from) : default);
        Assert.Equal((null, Modalites), (groupe.RetraitOf(OtherEj)!.Modalites, groupe.RetraitOf(third)!.Modalites));
        Assert.Equal((false, true), (groupe.Has(OtherEj), groupe.Has(third)));
        Assert.Equal([new MembreWithdrawn(new(2029, 1, 1), third)], Of(new PassJour(new(2029, 1, 1)), two).OfType<MembreWithdrawn>());
    }

    [Fact(DisplayName = "L-05 Le jour venu, le fait est enregistré une fois")]
    public void Withdrawn_once()
    {
        ContratEvent[] history = [.. Force, Notified, .. Of(new PassJour(new(2028, 12, 31)), [.. Force, Notified])];
        Given(history).When(new PassJour(new(2029, 1, 1))).Then(new MembreWithdrawn(new(2029, 1, 1), OtherEj));
    }

    [Fact(DisplayName = "R-115 Après la résiliation du contrat, nul n'en sort plus")]
    public void Over()
    {
        ContratEvent[] over = [.. Force, new ContratTerminated(new(2026, 6, 1), "P-1")];
        Given(over).When(new NotifyRetrait(OtherEj, null, new(2026, 6, 1))).ThenRefused(RefusalCode.ContratTerminated);
        Given([.. Force, Notified, over[^1]]).When(new NotifyRetrait(OtherEj, "D-2026-4", Today)).ThenNothing();
        Given([.. Force, Notified, over[^1]]).When(new FixRetrait(OtherEj, Modalites)).ThenRefused(RefusalCode.ContratTerminated);
        Given([.. Force, Notified, new RetraitFixed(Modalites.On, OtherEj, Modalites), over[^1]]).When(new FixRetrait(OtherEj, Modalites)).ThenNothing();
    }

    [Fact(DisplayName = "R-122 Chaque membre donne son propre préavis ; le directeur général fixe les modalités")]
    public void Own_only()
    {
        var notice = new NotifyRetrait(OtherEj, "D-2026-4", Today);
        Given(Force).When(notice with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(OtherEj)) }).Then(Notified);
        Given(Force).When(notice with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-119 Un membre ne fixe pas les modalités de son retrait")]
    public void Agency_fixes() =>
        Given([.. Force, Notified]).When(new FixRetrait(OtherEj, Modalites) { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "Le texte qui fixe les modalités d'un retrait se prouve par son empreinte")]
    public void Piece_unproved() => Given([.. Force, Notified])
        .When(new FixRetrait(OtherEj, Modalites with { Piece = new("modalites.pdf", "x") })).ThenRefused(RefusalCode.DocumentInvalid);

    [Fact(DisplayName = "L-05 Ce qui s'écrit d'un retrait est borné")]
    public void Too_long()
    {
        Given(Force).When(new NotifyRetrait(OtherEj, new string('x', 501), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given([.. Force, Notified]).When(new FixRetrait(OtherEj, Modalites with { Texte = new string('x', 4_001) })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "L-05 Les démarches disent le retrait de chaque membre, et les modalités de qui part")]
    public void Explained()
    {
        var demarches = Demarches.Of(State([.. Force, Notified]), Today, "75", null);
        Assert.Contains(demarches, d => d.Libelle.Contains($"modalités du retrait de {OtherEj}", StringComparison.Ordinal) && d.Refusal is null);
        Assert.Contains(
            Demarches.Of(State(Force), Today, "75", new(Role.RepresentantLegal, Perimetre.Entite(OtherEj))),
            d => d.Libelle.Contains($"retrait de {OtherEj}", StringComparison.Ordinal) && d.Refusal is null && d.Roles.Contains(Role.RepresentantLegal));
    }

    private static ContratState.Ouvert State(params IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);

    private static IReadOnlyList<ContratEvent> Of(ContratCommand command, params IEnumerable<ContratEvent> history) =>
        Assert.IsType<Decision<ContratEvent>.Accepted>(Contrat.Decide(State(history), command)).Events;
}
