using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Faits;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Who must have a contrat and has none is told to the délégation, once.</summary>
public sealed class AlerteReactionSpecs
{
    private const string Holder = "titulaire d'autorisations ou de reconnaissances contractuelles, sans contrat en vigueur";
    private static readonly Ligne.Autorisation Eml = Amm with { Nature = "EML", Code = "05701", Numero = "11-11-90000" };
    private static readonly DateOnly Day2018 = new(2024, 6, 1);

    [Fact(DisplayName = "R-001 Un hôpital titulaire sans contrat est signalé")]
    public void Hospital() => Assert.Equal([Alert("R-001", Holder)], Region().Then(SiteA, Recognised(Rc)).Last);

    [Fact(DisplayName = "R-001 La preuve d'un signalement est le fichier ou la demande, quel que soit le droit qui vient le premier")]
    public void Cause_of_the_alert()
    {
        Assert.NotNull(Proof.Piece);
        Assert.Equal(
            ContratRequirement.CauseOf(Proof),
            ContratRequirement.CauseOf(Proof with { Acte = null, Piece = Proof.Piece with { Place = "ligne 99" } }));
        Assert.Equal(new Cause(Request: "r1"), ContratRequirement.CauseOf(new(new("décision", "1", null, null), null, "r1")));
    }

    [Fact(DisplayName = "R-001 Un contrat ouvert mais pas en vigueur ne suffit pas")]
    public void Project_is_not_enough() => Assert.Equal(
        [Recorded("2026-001", Recognised(Rc)), Alert("R-001", Holder)], Region(FicheEps).Then(SiteA, Recognised(Rc)).Last);

    [Fact(DisplayName = "R-001 Un établissement public financé sans contrat est signalé")]
    public void Funded() => Assert.Equal(
        [Alert("R-001", "établissement public de santé financé, sans contrat en vigueur")], Region().Then(Ej, Notified(Mig)).Last);

    [Fact(DisplayName = "R-001 Une dotation hors FIR et MIGAC ne signale pas")]
    public void Other_money() => Assert.Empty(Region().Then(Ej, Notified(Mig with { Enveloppe = "DAF" })).Last);

    [Fact(DisplayName = "R-001 Ce qui s'est éteint n'oblige plus")]
    public void Ended()
    {
        var region = Region().Then(SiteA, Recognised(Rc)).Then(SiteA, new SiteEvent.RcWithdrawn(Today, Rc.Id, 2, Rc, Proof));
        Assert.Empty(region.Last);
    }

    [Fact(DisplayName = "R-001 Le signalement est fait une fois, et n'est plus à faire quand un contrat est en vigueur")]
    public void Once()
    {
        var region = Region().Then(SiteA, Recognised(Rc)).Then(Ej, new EntiteEvent.ContratRequired(Today, "R-001", Holder));
        Assert.Empty(region.Then(SiteA, Granted(Amm)).Last);

        var covered = Region(FicheEps).EnterIntoForce("2026-001");
        Assert.Equal([new Reaction.ToEntite(Ej, new EntiteCommand.NoteContratInForce("2026-001", DateEffet, DateFin))], covered.Last);
        Assert.Equal([Recorded("2026-001", Recognised(Rc))], covered.Then(SiteA, Recognised(Rc)).Last);
    }

    [Fact(DisplayName = "R-001 Une obligation remplie revient avec le terme du contrat : un droit de plus, ou le terme lui-même, la signalent")]
    public void Again()
    {
        var after = DateFin.AddDays(1);
        var over = Region(FicheEps).Then(SiteA, Recognised(Rc)).Then(Ej, new EntiteEvent.ContratRequired(Today, "R-001", Holder))
            .EnterIntoForce("2026-001").Then(Ej, new EntiteEvent.ContratRequirementMet(DateEffet, "2026-001", DateFin));
        Assert.Equal([new Reaction.ToEntite(Ej, new EntiteCommand.RequireContrat("R-001", Holder, after))], over.Then("2026-001", Reached(EcheanceStade.Depassee, after)).Last);
        Assert.Empty(over.Then("2026-001", Reached(EcheanceStade.Echue, DateFin)).Last);

        static ContratEvent.EcheanceReached Reached(EcheanceStade stade, DateOnly on) => new(on, EcheanceKind.Fin, 0, stade, DateFin);
    }

    [Theory(DisplayName = "R-002 Un laboratoire ou un cabinet titulaire est signalé sous le régime de 2018")]
    [InlineData("85")]
    [InlineData("75")]
    [InlineData("70")]
    public void Holders(string statut) => Assert.Equal(
        [new Reaction.ToEntite(Ej, new EntiteCommand.RequireContrat("R-002", "titulaire d'une autorisation, sans contrat en vigueur", Day2018))],
        Known(Day2018, Hopital with { Statut = statut }).Then(SiteA, Granted(Eml)).Last);

    [Fact(DisplayName = "R-007 Un GCS de moyens titulaire d'un équipement lourd est signalé sous le régime de 2018")]
    public void Gcs() => Assert.Equal(
        [new Reaction.ToEntite(Ej, new EntiteCommand.RequireContrat("R-007", "GCS de moyens titulaire d'une autorisation d'équipement lourd, sans contrat en vigueur", Day2018))],
        Known(Day2018, Hopital with { Statut = "66" }).Then(SiteA, Granted(Eml)).Last);

    [Fact(DisplayName = "R-007 Un GCS de moyens financé est signalé sous les deux régimes")]
    public void Gcs_funded() => Assert.Equal(
        [Alert("R-007", "GCS de moyens bénéficiant du FIR ou des MIGAC, sans contrat en vigueur")],
        Known(Today, Hopital with { Statut = "66" }).Then(Ej, Notified(Mig)).Last);

    [Theory(DisplayName = "L-03 Depuis 2025 les titulaires autres que les hôpitaux ne sont plus tenus")]
    [InlineData("85")]
    [InlineData("75")]
    [InlineData("66")]
    public void Freed(string statut) => Assert.Empty(Known(Today, Hopital with { Statut = statut }).Then(SiteA, Granted(Eml)).Last);

    [Fact(DisplayName = "R-001 Une entité dont le statut devient celui d'un hôpital est signalée")]
    public void Status_changed() => Assert.Equal(
        [Alert("R-001", Holder)],
        Known(Today, Hopital with { Statut = "85" }).Then(SiteA, Granted(Amm)).Then(Ej, new EntiteEvent.EntiteIdentiteChanged(Today, Hopital)).Last);

    [Fact(DisplayName = "R-001 Une entité enregistrée après les autorisations de ses sites est signalée")]
    public void Registered_after_its_sites() => Assert.Equal(
        [Alert("R-001", Holder)],
        Empty.Then(SiteA, new SiteEvent.SiteRegistered(Before, SiteA, Ej, Identite)).Then(SiteA, Granted(Amm))
            .Then(Ej, new EntiteEvent.EntiteRegistered(Before, Ej, Hopital)).Last);

    [Fact(DisplayName = "R-001 Une entité inconnue ou fermée n'est pas signalée ; rouverte, elle l'est")]
    public void Closed()
    {
        Assert.Empty(Empty.Then(SiteA, new SiteEvent.SiteRegistered(Before, SiteA, Ej, Identite)).Then(SiteA, Granted(Amm)).Last);
        var region = Region().Then(Ej, new EntiteEvent.EntiteClosed(Today)).Then(SiteA, Granted(Amm));
        Assert.Empty(region.Last);
        Assert.Equal([Alert("R-001", Holder)], region.Then(Ej, new EntiteEvent.EntiteReopened(Today)).Last);
    }
}
