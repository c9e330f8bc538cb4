using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Faits;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Edges of what follows from what: days, orders, and what a copy of the coverage keeps.</summary>
public sealed class ReactionBornesSpecs
{
    [Fact(DisplayName = "R-001 Un contrat couvre son entité jusqu'à son dernier jour compris")]
    public void Last_day()
    {
        Assert.DoesNotContain(OnDay(DateFin), r => r is Reaction.ToEntite { Command: EntiteCommand.RequireContrat });
        Assert.Contains(OnDay(DateFin.AddDays(1)), r => r is Reaction.ToEntite { Command: EntiteCommand.RequireContrat });

        static IReadOnlyList<Reaction> OnDay(DateOnly day) =>
            Known(day, Hopital, FicheEps).EnterIntoForce("2026-001").Then(Ej, new EntiteEvent.EntiteIdentiteChanged(Today, Hopital)).Then(SiteA, Granted(Amm)).Last;
    }

    [Fact(DisplayName = "R-001 Une échéance qui n'est pas la fin, ou pas encore dépassée, n'alerte personne")]
    public void Only_at_the_end()
    {
        var region = Region().Then(SiteA, Granted(Amm)).Open(FicheEps);
        Assert.Empty(region.Then("2026-001", new ContratEvent.EcheanceReached(Today, EcheanceKind.Evaluation, 1, EcheanceStade.Depassee, Today)).Last);
        Assert.Empty(region.Then("2026-001", new ContratEvent.EcheanceReached(DateFin, EcheanceKind.Fin, 0, EcheanceStade.Echue, DateFin)).Last);
        Assert.NotEmpty(region.Then("2026-001", new ContratEvent.EcheanceReached(DateFin.AddDays(1), EcheanceKind.Fin, 0, EcheanceStade.Depassee, DateFin)).Last);
    }

    [Fact(DisplayName = "L-11 L'alerte d'une entité sans contrat vaut du jour de la résiliation ou, apprise après, du jour où elle l'est")]
    public void Terminated()
    {
        Assert.Equal(Today.AddDays(40), RequiredOn(Today.AddDays(40)));
        Assert.Equal(Today, RequiredOn(Today));
        Assert.Equal(Today, RequiredOn(Today.AddDays(-40)));

        static DateOnly RequiredOn(DateOnly effet) => Region(FicheEps).Then(SiteA, Granted(Amm)).EnterIntoForce("2026-001")
            .Then("2026-001", new ContratEvent.ContratTerminated(effet, "P-1")).Last
            .OfType<Reaction.ToEntite>().Select(r => r.Command).OfType<EntiteCommand.RequireContrat>().Single().AsOf;
    }

    [Fact(DisplayName = "Les sites qui attendent leur entité, et ceux d'un contrat, se disent dans l'ordre de leurs numéros")]
    public void In_order()
    {
        var waiting = Empty.Then(SiteB, new SiteEvent.SiteDeclared(Before, SiteB, Ej, "B")).Then(SiteA, new SiteEvent.SiteDeclared(Before, SiteA, Ej, "A"))
            .Then(Ej, new EntiteEvent.EntiteRegistered(Before, Ej, Hopital));
        Assert.Equal([SiteA, SiteB], waiting.Last.OfType<Reaction.ToSite>().Select(r => r.Site));
        var named = Region().Open(FicheEps with { WholeEntite = false }, SiteB, SiteA);
        Assert.Equal([SiteA, SiteB], named.Coverage.SitesIn("2026-001"));
    }

    [Fact(DisplayName = "R-004 Un site déclaré sous une entité et enregistré sous une autre n'est plus à la première")]
    public void Declared_elsewhere()
    {
        var region = Region().Then(SiteForeign, new SiteEvent.SiteDeclared(Before, SiteForeign, Ej, "C")).Then(SiteForeign, new SiteEvent.SiteRegistered(Before, SiteForeign, OtherEj, Identite));
        Assert.Equal(([SiteA, SiteB], [SiteForeign]), (region.Coverage.SitesOf(Ej).ToValueList(), region.Coverage.SitesOf(OtherEj).ToValueList()));
    }

    [Fact(DisplayName = "R-075 Une négociation parle dans la partition de la première de ses structures")]
    public void Partition()
    {
        var groupe = FicheDossier with { Structures = [Structure with { Entite = OtherEj }, Structure with { Contrat = "2026-002" }] };
        Assert.Equal(Ej, Empty.Then("N-1", new NegociationEvent.NegociationOpened(Before, groupe)).Coverage.EntiteOfNegociation("N-1"));
    }

    [Fact(DisplayName = "R-086 Ce qui s'accepte pour un avenant va au contrat en cours, non à celui à venir")]
    public void By_avenant()
    {
        DossierCover cover = new("2021-007", "2026-001", NegociationIssue.Avenant, 1, Today, null);
        Assert.Equal("2021-007", cover.Target);
        Assert.Equal("2026-001", (cover with { Issue = NegociationIssue.Contrat }).Target);
        Assert.Equal("2026-001", (cover with { Issue = NegociationIssue.Resignature }).Target);
    }

    [Fact(DisplayName = "Une copie de la couverture garde sites, contrats, négociations, avenants et ce qui attend")]
    public void Copied()
    {
        var facts = Region(FicheEps with { Negociation = "N-1" }).Then("N-1", new NegociationEvent.NegociationOpened(Before, FicheDossier))
            .Then("2026-001", new ContratEvent.AccordRecorded(Today, "N-1", 1, [], 3)).Then(SiteA, Recognised(Rc));
        var copy = Coverage.From(facts.Coverage.ToShape());
        Assert.Equal([SiteA, SiteB], copy.SitesOf(Ej));
        Assert.Equal(["2026-001"], copy.WholeContratsOf(Ej));
        Assert.Equal("N-1", copy.NegociationOf("2026-001", 3));
        Assert.Equal("N-1", copy.NegociationOf("2026-001", null));
        Assert.Null(copy.NegociationOf("2026-001", 2));
        Assert.Equal(Ej, copy.EntiteOfNegociation("N-1"));
        copy.Apply(SiteA, new SiteEvent.SiteTransferred(Today, SiteA, Ej, OtherEj));
        Assert.Equal([SiteB], copy.SitesOf(Ej));
        Assert.Equal([SiteA], copy.SitesOf(OtherEj));
    }

    [Fact(DisplayName = "Chaque droit n'oblige que par ce qu'il est : RC, autorisation, équipement lourd")]
    public void Holdings_apart()
    {
        Assert.Equal(new Holdings(false, false, true, false), HoldingsAfter(Recognised(Rc)));
        Assert.Equal(new Holdings(true, false, false, false), HoldingsAfter(Granted(Amm)));
        Assert.Equal(new Holdings(false, true, false, false), HoldingsAfter(Granted(Amm with { Nature = "EML" })));
    }

    private static Holdings HoldingsAfter(SiteEvent fact) => Known(Today, Hopital).Then(SiteA, fact).Coverage.UncoveredHoldings(Ej, Today)!.Value.Holdings;
}
