using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;

namespace Cpom.Server.Tests;

public sealed class AvenantProposalsTests
{
    private static readonly Fiche Fiche = new("75-C1", RunningServer.Entite, PartieKind.Eps, true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);

    [Fact(DisplayName = "R-056 Les éléments se regroupent par volet et date d'effet, les conflits à part")]
    public void Grouped_by_volet_and_day_conflicts_apart()
    {
        var contrat = Given(
            Rc("b", new(2026, 2, 1)), Rc("a", new(2026, 2, 1)), Rc("c", new(2026, 3, 1)), Money("d", new(2026, 2, 1)), Rc("e", new(2026, 2, 1), conflict: true));
        Assert.Equal(
            [
                new(Volet.A2V2, new(2026, 2, 1), false, ["a", "b"]),
                new(Volet.A2V4, new(2026, 2, 1), false, ["d"]),
                new(Volet.A2V2, new(2026, 3, 1), false, ["c"]),
                new(Volet.A2V2, new(2026, 2, 1), true, ["e"]),
            ],
            AvenantProposals.Of(contrat));
    }

    [Fact(DisplayName = "R-059 La date d'effet proposée tombe pendant le contrat")]
    public void The_day_is_the_contrats() => Assert.Equal(
        [new DateOnly(2026, 1, 1), new DateOnly(2030, 12, 31)],
        AvenantProposals.Of(Given(Rc("a", new(2025, 6, 1)), Money("b", new(2031, 1, 15)))).Select(p => p.DateEffet));

    [Fact]
    public void Nothing_pending_proposes_nothing() => Assert.Empty(AvenantProposals.Of(Given()));

    private static ContratState.Ouvert Given(params ContratEvent[] pended) => (ContratState.Ouvert)pended
        .Prepend(new ContratEvent.ContratOpened(new(2026, 1, 1), Fiche, []))
        .Aggregate(Contrat.Initial, Contrat.Evolve);

    private static ContratEvent.ItemPended Rc(string id, DateOnly validOn, bool conflict = false) =>
        Pended(id, validOn, new Ligne.Rc(RunningServer.Site, id, "R4", "01", "02", null), conflict);

    private static ContratEvent.ItemPended Money(string id, DateOnly validOn) =>
        Pended(id, validOn, new Ligne.Financement(RunningServer.Entite, 2026, new(2026, 1, 1), "FIR", "2", "R", id, 5), conflict: false);

    private static ContratEvent.ItemPended Pended(string id, DateOnly validOn, Ligne after, bool conflict) =>
        new(validOn, new(id, after.Id, after.Volet, after.Finess, validOn, null, after, Cause.Unknown), null, conflict, false);
}
