using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Faits;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>From an act to the contrats that it concerns.</summary>
public sealed class ReactionSpecs
{
    private static readonly Fiche Second = FicheEps with { Numero = "2026-002" };
    private static readonly Fiche OfSiteA = FicheEps with { Numero = "2026-003", WholeEntite = false };
    private static readonly Ligne.Rc RcOfB = Rc with { Finess = SiteB };

    [Fact(DisplayName = "R-056 Un acte va au contrat qui couvre son site")]
    public void One() => Assert.Equal([Recorded("2026-001", Recognised(Rc))], Region(FicheEps).EnterIntoForce("2026-001").Then(SiteA, Recognised(Rc)).Last);

    [Fact(DisplayName = "R-056 Un acte va à chaque contrat qui couvre son site, et chacun sait qu'il est partagé")]
    public void Shared() => Assert.Equal(
        [Recorded("2026-001", Recognised(Rc), shared: true), Recorded("2026-002", Recognised(Rc), shared: true)],
        Region(FicheEps, Second).EnterIntoForce("2026-001").Then(SiteA, Recognised(Rc)).Last);

    [Fact(DisplayName = "R-056 Un contrat qui nomme ses sites ne reçoit pas les actes des autres")]
    public void Explicit_scope()
    {
        var region = Region().Open(OfSiteA, SiteA).EnterIntoForce("2026-003");
        Assert.Equal([Recorded("2026-003", Recognised(Rc))], region.Then(SiteA, Recognised(Rc)).Last);
        Assert.Empty(region.Then(SiteB, Recognised(RcOfB)).Last);
    }

    [Fact(DisplayName = "R-056 L'acte d'un site couvert par deux contrats de portées différentes est partagé, celui de l'autre site non")]
    public void Overlapping_scopes()
    {
        var region = Region(FicheEps).Open(OfSiteA, SiteA).EnterIntoForce("2026-001");
        Assert.Equal(
            [Recorded("2026-001", Recognised(Rc), shared: true), Recorded("2026-003", Recognised(Rc), shared: true)],
            region.Then(SiteA, Recognised(Rc)).Last);
        Assert.Equal([Recorded("2026-001", Recognised(RcOfB))], region.Then(SiteB, Recognised(RcOfB)).Last);
    }

    [Fact(DisplayName = "R-056 Le financement de l'entité va aussi au contrat qui nomme ses sites")]
    public void Money_of_the_entity()
    {
        var region = Region().Open(OfSiteA, SiteA).EnterIntoForce("2026-003");
        Assert.Equal([Recorded("2026-003", Notified(Mig))], region.Then(Ej, Notified(Mig)).Last);
        Assert.Empty(region.Then(Ej, Notified(Mig with { Finess = SiteB })).Last);
    }

    [Fact(DisplayName = "R-056 L'acte d'une autre entité ne concerne pas le contrat")]
    public void Foreign() => Assert.Empty(
        Region(FicheEps).Then(SiteForeign, new SiteEvent.SiteRegistered(Before, SiteForeign, OtherEj, Identite)).Then(SiteForeign, Recognised(Rc with { Finess = SiteForeign })).Last);

    [Theory(DisplayName = "R-056 Un droit concerne le contrat dont les jours rencontrent les siens")]
    [InlineData("2019-01-01", "2032-05-31", true)] // Accordé avant, encore valable.
    [InlineData("2019-01-01", "2026-01-01", true)] // Jusqu'au premier jour.
    [InlineData("2019-01-01", "2025-12-31", false)] // Fini la veille.
    [InlineData("2030-12-31", "2040-12-31", true)] // Dès le dernier jour.
    [InlineData("2031-01-01", "2040-12-31", false)] // Le lendemain de la fin.
    public void Days_of_a_right(string from, string until, bool concerns)
    {
        var granted = Granted(Amm with { Fin = Day(until) }, Day(from));
        Assert.Equal(concerns, Region(FicheEps).EnterIntoForce("2026-001").Then(SiteA, granted).Last.Count > 0);
    }

    [Theory(DisplayName = "R-056 L'argent va au contrat de sa campagne, quel que soit le mois de sa notification")]
    [InlineData(2025, false)]
    [InlineData(2026, true)]
    [InlineData(2030, true)]
    [InlineData(2031, false)]
    [InlineData(int.MaxValue, false)] // No year of the calendar: an act that says so stopped the relay for good (found by make fuzz).
    [InlineData(int.MinValue, false)]
    public void Days_of_money(int campagne, bool concerns)
    {
        var mouvement = Notified(Mig with { Campagne = campagne, Mois = new(2026, 2, 1) });
        Assert.Equal(concerns, Region(FicheEps).EnterIntoForce("2026-001").Then(Ej, mouvement).Last.Count > 0);
    }

    [Fact(DisplayName = "R-056 Une autorisation renouvelée tard commence avec le contrat, sans contredire ce qu'il ne disait pas")]
    public void Renewed_late()
    {
        var ended = Amm with { Fin = new(2025, 12, 31) };
        var renewal = new SiteEvent.AutorisationChanged(Today, Amm.Id, 2, ended, Amm, Proof);
        Assert.Equal(
            [new Reaction.ToContrat("2026-001", new ContratCommand.RecordAct(Acts.Act.From(renewal) with { Before = null }, false))],
            Region(FicheEps).EnterIntoForce("2026-001").Then(SiteA, Granted(ended, Before)).Then(SiteA, renewal).Last);
    }

    [Fact(DisplayName = "R-056 Une autorisation ramenée avant le premier jour du contrat le quitte")]
    public void Cut_short()
    {
        var cut = new SiteEvent.AutorisationChanged(Today, Amm.Id, 2, Amm, Amm with { Fin = new(2025, 12, 31) }, Proof);
        Assert.Equal(
            [new Reaction.ToContrat("2026-001", new ContratCommand.RecordAct(Acts.Act.From(cut) with { After = null }, false))],
            Region(FicheEps).EnterIntoForce("2026-001").Then(SiteA, Granted(Amm, Before)).Then(SiteA, cut).Last);
    }

    [Theory(DisplayName = "R-015 La chirurgie esthétique et le médico-social ne vont à aucun contrat et n'en exigent aucun")]
    [InlineData("AASA", "A0/M1")]
    [InlineData("AMS", "354/14")]
    public void Outside(string nature, string code)
    {
        var granted = Granted(Amm with { Nature = nature, Code = code });
        Assert.Empty(Region().Then(SiteA, granted).Last);
        Assert.Empty(Region(FicheEps).EnterIntoForce("2026-001").Then(SiteA, granted).Last);
    }

    [Fact(DisplayName = "R-056 Le même fait relayé deux fois demande la même chose")]
    public void Repeated()
    {
        var region = Region(FicheEps, Second).Then(SiteA, Recognised(Rc));
        Assert.Equal(region.Last, region.Again(SiteA, Recognised(Rc)));
        Assert.NotEmpty(region.Last);
    }

    [Fact(DisplayName = "R-052 Un contrat qui s'ouvre reçoit d'abord les actes connus de son périmètre")]
    public void Catch_up_asked() => Assert.Equal(
        [new Reaction.CatchUp("2026-001", Ej, [SiteA, SiteB])], Region(FicheEps).Last);

    [Fact(DisplayName = "R-052 Un contrat qui nomme ses sites ne reçoit que leurs actes")]
    public void Catch_up_of_named_sites() => Assert.Equal(
        [new Reaction.CatchUp("2026-003", Ej, [SiteA])], Region().Open(OfSiteA, SiteA).Last);

    [Fact(DisplayName = "R-052 Les actes connus viennent dans leur ordre, puis la fin est dite")]
    public void Catch_up_in_order()
    {
        var changed = new SiteEvent.RcChanged(Today, Rc.Id, 2, Rc, Rc12, Proof);
        var region = Region()
            .Then(SiteA, Recognised(Rc)).Then(Ej, Notified(Mig)).Then(SiteB, Recognised(RcOfB)).Then(SiteA, changed)
            .Then(SiteA, Granted(Amm with { Fin = new(2025, 1, 1) })).Then(SiteA, Granted(Amm with { Nature = "AASA", Code = "A0/" }))
            .Open(FicheEps);

        Assert.Equal(
            [
                Told(Recognised(Rc)), Told(Notified(Mig)), Told(Recognised(RcOfB)), Told(changed), new ContratCommand.CompleteCatchUp(Today),
            ],
            ActToContrats.CatchUp("2026-001", region.Lignes.Select(l => (Ej, l.Fact)), region.Coverage, Today));
    }

    [Fact(DisplayName = "R-052 Un contrat sans acte connu est complet aussi")]
    public void Catch_up_of_nothing() => Assert.Equal(
        [new ContratCommand.CompleteCatchUp(Today)], ActToContrats.CatchUp("2026-001", [], Region(FicheEps).Coverage, Today));

    [Fact(DisplayName = "R-052 Un contrat qui s'ouvre à côté d'un autre reçoit des actes partagés")]
    public void Catch_up_shared()
    {
        var region = Region(FicheEps).Then(SiteA, Recognised(Rc)).Open(Second);
        Assert.Equal(
            [new ContratCommand.RecordAct(Acts.Act.From(Recognised(Rc)), Shared: true), new ContratCommand.CompleteCatchUp(Today)],
            ActToContrats.CatchUp("2026-002", region.Lignes.Select(l => (Ej, l.Fact)), region.Coverage, Today));
    }

    private static ContratCommand.RecordAct Told(ILigneFact fact) => new(Acts.Act.From(fact), Shared: false);

    private static DateOnly Day(string written) => DateOnly.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
}
